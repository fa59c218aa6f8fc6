;; Copies standard input to standard output, 4 KiB at a time.
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  ;; 0: address and length of a buffer, as both calls take it; 8: how many bytes were read or written;
  ;; 16: the bytes.

  (func (export "_start")
    (local $end i32)
    (loop $read
      (i32.store (i32.const 0) (i32.const 16))
      (i32.store (i32.const 4) (i32.const 4096))
      (call $check (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (if (i32.eqz (i32.load (i32.const 8))) (then (return)))
      (local.set $end (i32.add (i32.const 16) (i32.load (i32.const 8))))
      (loop $write
        (i32.store (i32.const 4) (i32.sub (local.get $end) (i32.load (i32.const 0))))
        (call $check (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
        (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 8))))
        (br_if $write (i32.lt_u (i32.load (i32.const 0)) (local.get $end))))
      (br $read)))

  (func $check (param $error i32)
    (if (local.get $error) (then (call $proc_exit (i32.const 1)) (unreachable)))))
