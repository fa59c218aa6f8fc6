;; Never ends, by tail calls.
(module
  (memory (export "memory") 1)
  (func $a (param i32) (result i32) (return_call $b (local.get 0)))
  (func $b (param i32) (result i32) (return_call $a (local.get 0)))
  (func (export "__invoke") (param i32) (result i32) (return_call $a (local.get 0))))
