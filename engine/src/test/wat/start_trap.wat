;; Its start function traps.
(module
  (memory (export "memory") 1)
  (func $start (unreachable))
  (func (export "__invoke") (param i32) (result i32) (i32.const 0))
  (start $start))
