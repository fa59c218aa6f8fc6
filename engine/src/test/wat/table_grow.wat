;; Grows its table in steps until it is refused, and answers true when that was in bounds.
(module
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (memory (export "memory") 1)
  (table $table 0 funcref)
  (data (i32.const 0) "true false")
  (func (export "__invoke") (param i32) (result i32)
    (loop $more
      (br_if $more (i32.ne (table.grow $table (ref.null func) (i32.const 10000)) (i32.const -1))))
    (if (i32.le_u (table.size $table) (i32.const 131072))
      (then (call $respond (i32.const 0) (i32.const 4)))
      (else (call $respond (i32.const 5) (i32.const 5))))
    (i32.const 0)))
