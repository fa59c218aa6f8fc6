;; Fails, and says so.
(module
  (import "fl_imps" "__insert_error" (func $insert_error (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "This function always fails.")

  (func (export "__invoke") (param $length i32) (result i32)
    (call $insert_error (i32.const 0) (i32.const 27))
    (i32.const 1)))
