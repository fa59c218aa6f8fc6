;; Its start function never ends.
(module
  (memory (export "memory") 1)
  (func $start (loop $again (br $again)))
  (func (export "__invoke") (param i32) (result i32) (i32.const 0))
  (start $start))
