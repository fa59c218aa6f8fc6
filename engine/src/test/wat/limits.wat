;; The first byte of the input chooses: t grows the table until it has 100 entries or is refused, and
;; answers whether it has them; anything else recurses 200,000 deep and answers true.
(module
  (import "fl_imps" "__get_input_data" (func $input (param i32)))
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (memory (export "memory") 1)
  (table $table 50 funcref)
  (data (i32.const 100) "true false")

  (func $answer (param $right i32)
    (if (local.get $right)
      (then (call $respond (i32.const 100) (i32.const 4)))
      (else (call $respond (i32.const 105) (i32.const 5)))))

  (func $depth (param $levels i32) (result i32)
    (if (i32.eqz (local.get $levels))
      (then (return (i32.const 0))))
    (i32.add (call $depth (i32.sub (local.get $levels) (i32.const 1))) (i32.const 1)))

  (func (export "__invoke") (param i32) (result i32)
    (call $input (i32.const 0))
    (if (i32.eq (i32.load8_u (i32.const 0)) (i32.const 116))
      (then
        (loop $more
          (br_if $more
            (i32.and
              (i32.ne (table.grow $table (ref.null func) (i32.const 1)) (i32.const -1))
              (i32.lt_u (table.size $table) (i32.const 100)))))
        (call $answer (i32.eq (table.size $table) (i32.const 100))))
      (else
        (call $answer
          (i32.eq (call $depth (i32.const 200000)) (i32.const 200000)))))
    (i32.const 0)))
