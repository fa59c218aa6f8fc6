;; What a random module found the wasm library to get wrong. The first byte of the input chooses one;
;; the answer is true, or the call traps.
(module
  (import "fl_imps" "__get_input_data" (func $input (param i32)))
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (memory (export "memory") 1)
  (table $small 2 funcref)
  (table $large 8 funcref)
  (type $number (func (result i32)))
  (data $passive "x")
  (data (i32.const 100) "true false")
  (data (i32.const 120) "\00\00\01\00")
  (elem (table $small) (i32.const 0) func $one $one)
  (elem $functions func $one)

  (func $one (type $number) (i32.const 1))

  (func $answer (param $right i32)
    (if (local.get $right)
      (then (call $respond (i32.const 100) (i32.const 4)))
      (else (call $respond (i32.const 105) (i32.const 5)))))

  (func $is (param $letter i32) (result i32)
    (i32.eq (local.get $letter) (i32.load8_u (i32.const 0))))

  (func (export "__invoke") (param i32) (result i32)
    (call $input (i32.const 0))
    ;; d: a dropped data segment is empty
    (if (call $is (i32.const 100))
      (then
        (data.drop $passive)
        (memory.init $passive (i32.const 200) (i32.const 0) (i32.const 1))
        (call $answer (i32.const 0))))
    ;; c: the target of a copy may be longer than its source
    (if (call $is (i32.const 99))
      (then
        (table.copy $large $small (i32.const 5) (i32.const 0) (i32.const 2))
        (call $answer (call_indirect $large (type $number) (i32.const 6)))))
    ;; i: indices of a segment are unsigned
    (if (call $is (i32.const 105))
      (then
        (table.init $small $functions (i32.const 0) (i32.const -1) (i32.const 1))
        (call $answer (i32.const 0))))
    ;; j: even where nothing is written
    (if (call $is (i32.const 106))
      (then
        (table.init $small $functions (i32.const 0) (i32.const -1) (i32.const 0))
        (call $answer (i32.const 0))))
    ;; k: and those of a table
    (if (call $is (i32.const 107))
      (then
        (table.init $small $functions (i32.const -1) (i32.const 0) (i32.const 0))
        (call $answer (i32.const 0))))
    ;; f: nor does a sum overflow
    (if (call $is (i32.const 102))
      (then
        (table.fill $small (i32.const 0x7fffffff) (ref.null func) (i32.const 1))
        (call $answer (i32.const 0))))
    ;; g: nothing is filled at an index that is outside
    (if (call $is (i32.const 103))
      (then
        (table.fill $small (i32.const -1) (ref.null func) (i32.const 0))
        (call $answer (i32.const 0))))
    ;; h: nor when copied
    (if (call $is (i32.const 104))
      (then
        (table.copy $small $small (i32.const 0) (i32.const 1) (i32.const 0x7fffffff))
        (call $answer (i32.const 0))))
    ;; n: the index of a segment does not overflow
    (if (call $is (i32.const 110))
      (then
        (table.init $small $functions (i32.const 0) (i32.const 0x7fffffff) (i32.const 1))
        (call $answer (i32.const 0))))
    ;; s: addresses do not wrap around
    (if (call $is (i32.const 115))
      (then
        (i64.store8 offset=16 (i32.const -8) (i64.const 1))
        (call $answer (i32.const 0))))
    ;; b
    (if (call $is (i32.const 98))
      (then
        (i32.store8 offset=0xfffffffe (i32.const 8) (i32.const 1))
        (call $answer (i32.const 0))))
    ;; w
    (if (call $is (i32.const 119))
      (then
        (i64.store32 offset=0xfffffff0 (i32.const 24) (i64.const 1))
        (call $answer (i32.const 0))))
    ;; p: a product has 32 bits
    (if (call $is (i32.const 112))
      (then
        (if (i32.mul (i32.load (i32.const 120)) (i32.load (i32.const 120)))
          (then (call $answer (i32.const 0)))
          (else (call $answer (i32.const 1))))))
    ;; m: what is as near to both is rounded to the even one, here to 2^64
    (if (call $is (i32.const 109))
      (then
        (call $answer
          (i32.eq
            (i32.reinterpret_f32 (f32.convert_i64_u (i64.const -0x8000000000)))
            (i32.const 0x5f800000)))))
    ;; u: the nearest number is the nearest
    (if (call $is (i32.const 117))
      (then
        (call $answer
          (i32.eq
            (i32.reinterpret_f32 (f32.convert_i64_u (i64.const -5846985796809427571)))
            (i32.const 0x5f2edb55)))))
    ;; v: the same below 2^63
    (if (call $is (i32.const 118))
      (then
        (call $answer
          (i32.eq
            (i32.reinterpret_f32 (f32.convert_i64_u (i64.const 0x4000008000000001)))
            (i32.const 0x5e800001)))))
    (i32.const 0)))
