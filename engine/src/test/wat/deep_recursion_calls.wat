;; Recurses to the end of its stack, calling the host at every depth.
(module
  (import "fl_imps" "__console_log" (func $log (param i32 i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (table $table 0 funcref)
  (func $recurse (param i32) (result i32)
    (call $log (i32.const 0) (i32.const 1))
    (drop (memory.grow (i32.and (local.get 0) (i32.const 1))))
    (drop (table.grow $table (ref.null func) (i32.const 1)))
    (drop (call $poll (i32.const 0) (i32.const 100) (i32.const 1) (i32.const 200)))
    (i32.add (call $recurse (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))
  (func (export "__invoke") (param i32) (result i32)
    (i64.store (i32.const 24) (i64.const 1000)) ;; a sleep of a microsecond
    (call $recurse (i32.const 0))))
