;; Shows what it finds of each kind of state, then changes all of it:
;; [global, memory, pages, table entries, table grown, dropped data, dropped elements]
(module
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (memory (export "memory") 1 9)
  (global $count (mut i32) (i32.const 0))
  (table $table 1 9 funcref)
  (table $names 1 9 externref)
  (elem $functions func $one)
  (data $passive "7")
  (data (i32.const 100) "[0,0,0,0,0,0,0]")
  (type $number (func (result i32)))
  (elem (table $table) (i32.const 0) func $zero)

  (func $zero (type $number) (i32.const 0))
  (func $one (type $number) (i32.const 1))

  (func $show (param $place i32) (param $value i32)
    (i32.store8
      (i32.add (i32.const 101) (i32.mul (local.get $place) (i32.const 2)))
      (i32.add (i32.const 48) (local.get $value))))

  (func (export "__invoke") (param i32) (result i32)
    (call $show (i32.const 0) (global.get $count))
    (call $show (i32.const 1) (i32.load8_u (i32.const 5000)))
    (call $show (i32.const 2) (memory.size))
    (call $show (i32.const 3) (call_indirect (type $number) (i32.const 0)))
    (call $show (i32.const 4)
      (i32.add (table.size $table) (table.size $names)))
    ;; Both trap where an earlier call's drop is left.
    (memory.init $passive (i32.const 113) (i32.const 0) (i32.const 1))
    (table.init $table $functions (i32.const 0) (i32.const 0) (i32.const 1))
    (call $respond (i32.const 100) (i32.const 15))

    (global.set $count (i32.const 9))
    (i32.store8 (i32.const 5000) (i32.const 9))
    (drop (memory.grow (i32.const 3)))
    (drop (table.grow $table (ref.func $one) (i32.const 4)))
    (drop (table.grow $names (ref.null extern) (i32.const 4)))
    (data.drop $passive)
    (elem.drop $functions)
    (i32.const 0)))
