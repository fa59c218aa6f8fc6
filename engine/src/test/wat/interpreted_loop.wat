;; Never ends. As in interpreted_tail_call, the first function has the whole module interpreted; the
;; first byte of the input chooses how the loop goes back.
(module
  (import "fl_imps" "__get_input_data" (func $input (param i32)))
  (memory (export "memory") 1)
  (func $not_compiled
    (i32.const 7)
    (loop (param i32)
      (br_if 1 (i32.const 0))
      (drop)))
  (func $again
    (return_call $again))
  (func $is (param $letter i32) (result i32)
    (i32.eq (local.get $letter) (i32.load8_u (i32.const 0))))
  (func (export "__invoke") (param i32) (result i32)
    (call $not_compiled)
    (call $input (i32.const 0))
    ;; i
    (if (call $is (i32.const 105))
      (then (loop $more (br_if $more (i32.const 1)))))
    ;; t
    (if (call $is (i32.const 116))
      (then (loop $more (br_table $more $more (i32.const 1)))))
    ;; c
    (if (call $is (i32.const 99))
      (then (call $again)))
    (i32.const 0)))
