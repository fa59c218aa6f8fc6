;; Loops of many kinds. The input is the kind, a letter, and a number of 32 bits: how often each loop
;; goes round. A small number makes it hot; a large one never ends.
(module
  (import "fl_imps" "__get_input_data" (func $input (param i32)))
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (memory (export "memory") 4)
  (type $number (func (param i32) (result i32)))
  (table 1 funcref)
  (elem (i32.const 0) func $next)
  (data (i32.const 2000) "[1]")

  (func $next (type $number) (i32.add (local.get 0) (i32.const 1)))

  ;; Three counted loops in one another, with nothing that the JIT could not leave out.
  (func $counted (param $n i32)
    (local $i i32) (local $j i32) (local $k i32) (local $sum i32)
    (loop $outer
      (local.set $j (i32.const 0))
      (loop $middle
        (local.set $k (i32.const 0))
        (loop $inner
          (local.set $sum (i32.xor (i32.add (local.get $sum) (local.get $k)) (local.get $j)))
          (local.set $k (i32.add (local.get $k) (i32.const 1)))
          (br_if $inner (i32.lt_s (local.get $k) (local.get $n))))
        (local.set $j (i32.add (local.get $j) (i32.const 1)))
        (br_if $middle (i32.lt_s (local.get $j) (local.get $n))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $outer (i32.lt_s (local.get $i) (local.get $n))))
    (i32.store (i32.const 3000) (local.get $sum)))

  ;; Counted loops over an array, which the JIT unrolls and takes the bounds checks out of.
  (func $array (param $n i32)
    (local $i i32) (local $at i32)
    (loop $outer
      (local.set $at (i32.const 0))
      (loop $inner
        (i32.store offset=4096 (local.get $at) (local.get $i))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $inner (i32.lt_u (local.get $at) (i32.const 200000))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $outer (i32.lt_u (local.get $i) (local.get $n)))))

  (func $long (param $n i32)
    (local $i i64)
    (loop $again
      (local.set $i (i64.add (local.get $i) (i64.const 1)))
      (br_if $again
        (i64.lt_u (local.get $i)
          (i64.mul (i64.extend_i32_u (local.get $n)) (i64.extend_i32_u (local.get $n)))))))

  (func $switch (param $n i32)
    (local $i i32)
    (block $end
      (loop $again
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_table $again $again $end
          (select (i32.and (local.get $i) (i32.const 1)) (i32.const 2)
            (i32.lt_u (local.get $i) (local.get $n)))))))

  (func $calls (param $n i32)
    (local $i i32)
    (loop $again
      (local.set $i (call $next (local.get $i)))
      (br_if $again (i32.lt_u (local.get $i) (local.get $n)))))

  (func $indirect (param $n i32)
    (local $i i32)
    (loop $again
      (local.set $i (call_indirect (type $number) (local.get $i) (i32.const 0)))
      (br_if $again (i32.lt_u (local.get $i) (local.get $n)))))

  (func $recursion (param $n i32) (param $depth i32)
    (if (i32.eqz (local.get $depth)) (then (return)))
    (call $recursion (local.get $n) (i32.sub (local.get $depth) (i32.const 1)))
    (if (i32.gt_u (local.get $n) (i32.const 1000))
      (then (call $recursion (local.get $n) (i32.sub (local.get $depth) (i32.const 1))))))

  (func $bulk (param $n i32)
    (local $i i32)
    (loop $again
      (memory.fill (i32.const 4096) (local.get $i) (i32.const 200000))
      (memory.copy (i32.const 4096) (i32.const 8192) (i32.const 200000))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (local.get $n)))))

  (func $host (param $n i32)
    (local $i i32)
    (loop $again
      (drop (call $random (i32.const 4096) (i32.const 5000)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $again (i32.lt_u (local.get $i) (local.get $n)))))

  (func (export "__invoke") (param i32) (result i32)
    (local $kind i32) (local $n i32)
    (call $input (i32.const 1000))
    (local.set $kind (i32.load8_u (i32.const 1000)))
    (local.set $n (i32.load (i32.const 1001)))
    (if (i32.eq (local.get $kind) (i32.const 99)) (then (call $counted (local.get $n))))
    (if (i32.eq (local.get $kind) (i32.const 97)) (then (call $array (local.get $n))))
    (if (i32.eq (local.get $kind) (i32.const 108)) (then (call $long (local.get $n))))
    (if (i32.eq (local.get $kind) (i32.const 115)) (then (call $switch (local.get $n))))
    (if (i32.eq (local.get $kind) (i32.const 67)) (then (call $calls (local.get $n))))
    (if (i32.eq (local.get $kind) (i32.const 105)) (then (call $indirect (local.get $n))))
    (if (i32.eq (local.get $kind) (i32.const 114))
      (then (call $recursion (local.get $n) (i32.const 60))))
    (if (i32.eq (local.get $kind) (i32.const 98)) (then (call $bulk (local.get $n))))
    (if (i32.eq (local.get $kind) (i32.const 104)) (then (call $host (local.get $n))))
    (call $respond (i32.const 2000) (i32.const 3))
    (i32.const 0)))
