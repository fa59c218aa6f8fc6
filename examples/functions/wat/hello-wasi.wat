;; {"name": "x"} on standard input -> {"payload": "Hello x!"} on standard output
;;
;; The same as hello.wat but for where the input comes from and where the answer goes to.
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\22name\22")                       ;; 6 bytes
  (data (i32.const 16) "{\22payload\22: \22Hello ")       ;; 19 bytes
  (data (i32.const 48) "{\22payload\22: \22Hello World!\22}") ;; 27 bytes
  ;; 96: address and length of a buffer, as fd_read and fd_write take it; 104: how many bytes they moved.
  ;; The input starts at 128, which leaves room for what is written before the name.

  (func (export "_start")
    (local $name i32) (local $end i32)
    (local.set $end (call $read_all))
    (local.set $name (call $find_name (i32.const 128) (local.get $end)))
    (if (i32.eqz (local.get $name)) (then
      (call $write_all (i32.const 48) (i32.const 75))
      (return)))
    (local.set $end (call $string_end (local.get $name) (local.get $end)))
    (call $copy (i32.const 16) (i32.sub (local.get $name) (i32.const 19)) (i32.const 19))
    (i32.store8 (local.get $end) (i32.const 33))                                    ;; !
    (i32.store8 (i32.add (local.get $end) (i32.const 1)) (i32.const 34))            ;; "
    (i32.store8 (i32.add (local.get $end) (i32.const 2)) (i32.const 125))           ;; }
    (call $write_all
      (i32.sub (local.get $name) (i32.const 19))
      (i32.add (local.get $end) (i32.const 3))))

  ;; Reads standard input to 128 and on; the answer is the address after its last byte.
  (func $read_all (result i32)
    (local $end i32)
    (local.set $end (i32.const 128))
    (loop $next
      ;; Always room for 4 KiB more, so that there is some left for the end of the answer.
      (if (i32.gt_u
            (i32.add (local.get $end) (i32.const 8192))
            (i32.shl (memory.size) (i32.const 16)))
        (then (call $check (i32.lt_s (memory.grow (i32.const 1)) (i32.const 0)))))
      (i32.store (i32.const 96) (local.get $end))
      (i32.store (i32.const 100) (i32.const 4096))
      (call $check (call $fd_read (i32.const 0) (i32.const 96) (i32.const 1) (i32.const 104)))
      (local.set $end (i32.add (local.get $end) (i32.load (i32.const 104))))
      (br_if $next (i32.load (i32.const 104))))
    (local.get $end))

  (func $write_all (param $at i32) (param $end i32)
    (loop $next
      (i32.store (i32.const 96) (local.get $at))
      (i32.store (i32.const 100) (i32.sub (local.get $end) (local.get $at)))
      (call $check (call $fd_write (i32.const 1) (i32.const 96) (i32.const 1) (i32.const 104)))
      (local.set $at (i32.add (local.get $at) (i32.load (i32.const 104))))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  (func $check (param $error i32)
    (if (local.get $error) (then (call $proc_exit (i32.const 1)) (unreachable))))

  ;; The first byte of the name, or 0 where the input has none.
  (func $find_name (param $at i32) (param $end i32) (result i32)
    (local $after i32)
    (loop $next
      (if (i32.gt_u (i32.add (local.get $at) (i32.const 6)) (local.get $end)) (then (return (i32.const 0))))
      (if (call $is_key (local.get $at)) (then
        (local.set $after (call $skip_space (i32.add (local.get $at) (i32.const 6))))
        (if (i32.eq (i32.load8_u (local.get $after)) (i32.const 58)) (then          ;; :
          (local.set $after (call $skip_space (i32.add (local.get $after) (i32.const 1))))
          (if (i32.eq (i32.load8_u (local.get $after)) (i32.const 34)) (then        ;; "
            (return (i32.add (local.get $after) (i32.const 1)))))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
    (unreachable))

  ;; Whether "name", with its quotes, stands here, and its first quote is not an escaped one.
  (func $is_key (param $at i32) (result i32)
    (i32.and
      (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 92)) ;; \
      (i32.and
        (i32.eq (i32.load (local.get $at)) (i32.load (i32.const 0)))
        (i32.eq (i32.load16_u offset=4 (local.get $at)) (i32.load16_u (i32.const 4))))))

  (func $skip_space (param $at i32) (result i32)
    (local $byte i32)
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.or
            (i32.eq (local.get $byte) (i32.const 32))
            (i32.and (i32.ge_u (local.get $byte) (i32.const 9)) (i32.le_u (local.get $byte) (i32.const 13))))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (local.get $at))

  ;; The quote that ends the string, passing by escaped ones.
  (func $string_end (param $at i32) (param $end i32) (result i32)
    (local $byte i32)
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.and
            (i32.ne (local.get $byte) (i32.const 34))
            (i32.lt_u (local.get $at) (local.get $end)))
        (then
          (local.set $at (i32.add (local.get $at)
            (select (i32.const 2) (i32.const 1) (i32.eq (local.get $byte) (i32.const 92)))))
          (br $next))))
    (local.get $at))

  (func $copy (param $from i32) (param $to i32) (param $length i32)
    (loop $next
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (i32.store8
        (i32.add (local.get $to) (local.get $length))
        (i32.load8_u (i32.add (local.get $from) (local.get $length))))
      (br_if $next (local.get $length)))))
