;; A jump to the end of a function that ends with a block; and a function that calls itself in place of
;; its return.
(module
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "true")
  (func $block_at_end
    (i32.const 7)
    (loop (param i32)
      (br_if 1 (i32.const 0))
      (drop)))
  (func $count_down (param $count i32) (result i32)
    (local $more i32)
    (if (i32.eqz (local.get $count))
      (then (return (i32.const 0))))
    ;; Locals are zero in each of the calls.
    (if (local.get $more)
      (then (return (i32.const 1))))
    (local.set $more (i32.const 5))
    (return_call $count_down (i32.sub (local.get $count) (i32.const 1))))
  (func (export "__invoke") (param i32) (result i32)
    (call $block_at_end)
    (call $respond (i32.const 0) (i32.const 4))
    (call $count_down (i32.const 3))))
