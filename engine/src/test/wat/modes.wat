;; Misbehaves in the way that the first byte of its input names.
(module
  (import "fl_imps" "__get_input_data" (func $input (param i32)))
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (import "fl_imps" "__insert_error" (func $error (param i32 i32)))
  (import "fl_imps" "__console_log" (func $log (param i32 i32)))
  (memory (export "memory") 1)
  (table $table 2 funcref)
  (data (i32.const 0) "[1]        true false    {\"a\"    not so good")
  (type $unary (func (param i32) (result i32)))

  (func $recurse (param i32) (result i32)
    (i32.add (call $recurse (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))

  (func $mode (param $mode i32) (result i32)
    (if (i32.eq (local.get $mode) (i32.const 0x75)) (then (unreachable))) ;; u
    (if (i32.eq (local.get $mode) (i32.const 0x72)) ;; r: recursion
      (then (return (call $recurse (i32.const 0)))))
    (if (i32.eq (local.get $mode) (i32.const 0x64)) ;; d: division by zero
      (then (return (i32.div_s (i32.const 1) (i32.sub (local.get $mode) (i32.const 0x64))))))
    (if (i32.eq (local.get $mode) (i32.const 0x6f)) ;; o: overflow of a division
      (then (return (i32.div_s (i32.const 0x80000000)
        (i32.sub (local.get $mode) (i32.const 0x70))))))
    (if (i32.eq (local.get $mode) (i32.const 0x66)) ;; f: float that fits no integer
      (then (return (i32.trunc_f32_s (f32.const 1e20)))))
    (if (i32.eq (local.get $mode) (i32.const 0x77)) ;; w: write past the end
      (then (i32.store (i32.const 65533) (i32.const -1))))
    (if (i32.eq (local.get $mode) (i32.const 0x57)) ;; W: write at the last address
      (then (i32.store8 (i32.const -1) (i32.const -1))))
    (if (i32.eq (local.get $mode) (i32.const 0x6d)) ;; m: an offset that overflows
      (then (i32.store8 offset=0xffffffff (i32.const 8) (i32.const -1))))
    (if (i32.eq (local.get $mode) (i32.const 0x78)) ;; x: fill past the end
      (then (memory.fill (i32.const 65000) (i32.const 1) (i32.const 1000))))
    (if (i32.eq (local.get $mode) (i32.const 0x79)) ;; y: copy past the end
      (then (memory.copy (i32.const 0) (i32.const 65000) (i32.const -1))))
    (if (i32.eq (local.get $mode) (i32.const 0x63)) ;; c: call of an empty table entry
      (then (return (call_indirect (type $unary) (i32.const 1) (i32.const 0)))))
    (if (i32.eq (local.get $mode) (i32.const 0x43)) ;; C: call beyond the table
      (then (return (call_indirect (type $unary) (i32.const 1) (i32.const 99)))))
    (if (i32.eq (local.get $mode) (i32.const 0x6e)) (then (return (i32.const 0)))) ;; n: no answer
    (if (i32.eq (local.get $mode) (i32.const 0x65)) ;; e: says that it failed
      (then (call $error (i32.const 33) (i32.const 11)) (return (i32.const 1))))
    (if (i32.eq (local.get $mode) (i32.const 0x45)) (then (return (i32.const 7)))) ;; E: without text
    (if (i32.eq (local.get $mode) (i32.const 0x74)) ;; t: two values
      (then (call $respond (i32.const 11) (i32.const 10)) (return (i32.const 0))))
    (if (i32.eq (local.get $mode) (i32.const 0x68)) ;; h: half a value
      (then (call $respond (i32.const 25) (i32.const 4)) (return (i32.const 0))))
    (if (i32.eq (local.get $mode) (i32.const 0x30)) ;; 0: an empty answer
      (then (call $respond (i32.const 0) (i32.const 0)) (return (i32.const 0))))
    (if (i32.eq (local.get $mode) (i32.const 0x62)) ;; b: large answer
      (then (call $respond (i32.const 0) (i32.const 60000)) (return (i32.const 0))))
    (if (i32.eq (local.get $mode) (i32.const 0x6c)) ;; l: logs for ever
      (then (loop $more (call $log (i32.const 0) (i32.const 3)) (br $more))))
    (call $respond (i32.const 0) (i32.const 3))
    (i32.const 0))

  (func (export "__invoke") (param i32) (result i32)
    (call $input (i32.const 1024))
    (call $mode (i32.load8_u (i32.const 1024)))))
