;; Answers a digest of all state that it finds, then changes what its input asks for: a number of
;; two bytes with a bit for each kind of change. Every call must find what the first one found.
(module
  (import "fl_imps" "__get_input_data" (func $input (param i32)))
  (import "fl_imps" "__insert_response" (func $respond (param i32 i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $fdstat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (memory (export "memory") 2 9)
  (type $number (func (result i64)))
  (table $functions 4 12 funcref)
  (table $names 2 9 externref)
  (global $word (mut i32) (i32.const 1))
  (global $long (mut i64) (i64.const 2))
  (global $single (mut f32) (f32.const 3))
  (global $double (mut f64) (f64.const 4))
  (global $function (mut funcref) (ref.null func))
  (elem (table $functions) (i32.const 0) func $one $two)
  (elem $more func $two $one)
  (elem declare func $one)
  (data (i32.const 1020) "across the border of two blocks")
  (data (i32.const 100000) "more")
  (data $passive "passive")

  (func $one (type $number) (i64.const 11))
  (func $two (type $number) (i64.const 22))

  (func $mix (param $digest i64) (param $value i64) (result i64)
    (i64.mul
      (i64.xor (i64.rotl (local.get $digest) (i64.const 5)) (local.get $value))
      (i64.const 0x9E3779B97F4A7C15)))

  (func $memory (param $digest i64) (result i64)
    (local $at i32) (local $end i32)
    (local.set $end (i32.mul (memory.size) (i32.const 65536)))
    (loop $next
      (local.set $digest (call $mix (local.get $digest) (i64.load (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $digest))

  (func $tables (param $digest i64) (result i64)
    (local $at i32)
    (loop $next
      (local.set $digest
        (call $mix
          (local.get $digest)
          (if (result i64) (ref.is_null (table.get $functions (local.get $at)))
            (then (i64.const 0))
            (else (call_indirect $functions (type $number) (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (table.size $functions))))
    (call $mix (local.get $digest) (i64.extend_i32_u (table.size $names))))

  (func $digest (result i64)
    (local $digest i64)
    (local.set $digest (call $memory (i64.const 0)))
    (local.set $digest (call $mix (local.get $digest) (i64.extend_i32_u (memory.size))))
    (local.set $digest (call $mix (local.get $digest) (i64.extend_i32_u (global.get $word))))
    (local.set $digest (call $mix (local.get $digest) (global.get $long)))
    (local.set $digest
      (call $mix (local.get $digest)
        (i64.extend_i32_u (i32.reinterpret_f32 (global.get $single)))))
    (local.set $digest
      (call $mix (local.get $digest) (i64.reinterpret_f64 (global.get $double))))
    (local.set $digest
      (call $mix (local.get $digest)
        (i64.extend_i32_u (ref.is_null (global.get $function)))))
    (local.set $digest (call $tables (local.get $digest)))
    (call $mix (local.get $digest) (i64.extend_i32_u (call $fdstat (i32.const 2) (i32.const 200)))))

  (func $asked (param $mask i32) (param $bit i32) (result i32)
    (i32.and (i32.shr_u (local.get $mask) (local.get $bit)) (i32.const 1)))

  ;; Writes eight bytes at every 97th address, which meets every place in a block.
  (func $scribble
    (local $at i32) (local $end i32)
    (local.set $end (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 8)))
    (loop $next
      (i64.store (local.get $at) (i64.const -1))
      (local.set $at (i32.add (local.get $at) (i32.const 97)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  (func (export "__invoke") (param $len i32) (result i32)
    (local $digest i64) (local $mask i32) (local $at i32)
    (local.set $digest (call $digest))
    (call $input (i32.const 300))
    (local.set $mask (i32.load16_u (i32.const 300)))
    (i32.store16 (i32.const 300) (i32.const 0))
    (if (call $asked (local.get $mask) (i32.const 0)) (then (call $scribble)))
    (if (call $asked (local.get $mask) (i32.const 1))
      (then
        (drop (memory.grow (i32.add (i32.const 1) (call $asked (local.get $mask) (i32.const 2)))))
        (call $scribble)))
    (if (call $asked (local.get $mask) (i32.const 3))
      (then
        (global.set $word (i32.const -1))
        (global.set $long (i64.const -1))
        (global.set $single (f32.const -1))
        (global.set $double (f64.const -1))
        (global.set $function (ref.func $one))))
    (if (call $asked (local.get $mask) (i32.const 4))
      (then
        (table.set $functions (i32.const 0) (ref.null func))
        (table.set $functions (i32.const 3) (ref.func $one))
        (table.fill $names (i32.const 0) (ref.null extern) (i32.const 2))))
    (if (call $asked (local.get $mask) (i32.const 5))
      (then (table.copy $functions $functions (i32.const 1) (i32.const 0) (i32.const 3))))
    (if (call $asked (local.get $mask) (i32.const 6))
      (then
        (drop (table.grow $functions (ref.func $one) (i32.const 3)))
        (drop (table.grow $names (ref.null extern) (i32.const 3)))))
    ;; These trap where an earlier call's drop is left.
    (if (call $asked (local.get $mask) (i32.const 7))
      (then
        (memory.init $passive (i32.const 400) (i32.const 0) (i32.const 7))
        (data.drop $passive)))
    (if (call $asked (local.get $mask) (i32.const 8))
      (then
        (table.init $functions $more (i32.const 2) (i32.const 0) (i32.const 2))
        (elem.drop $more)))
    (if (call $asked (local.get $mask) (i32.const 9))
      (then (drop (call $close (i32.const 2)))))
    (if (call $asked (local.get $mask) (i32.const 10))
      (then (memory.copy (i32.const 65530) (i32.const 1020) (i32.const 2000))))
    (if (call $asked (local.get $mask) (i32.const 11))
      (then (memory.fill (i32.const 99000) (i32.const 7) (i32.const 3000))))
    (if (call $asked (local.get $mask) (i32.const 12)) (then (unreachable)))
    ;; With this one it answers what it left, not what it found.
    (if (call $asked (local.get $mask) (i32.const 13)) (then (local.set $digest (call $digest))))
    ;; The digest in sixteen letters, as a string of JSON.
    (i32.store8 (i32.const 500) (i32.const 34))
    (loop $next
      (i32.store8
        (i32.add (i32.const 501) (local.get $at))
        (i32.add (i32.const 97) (i32.and (i32.wrap_i64 (local.get $digest)) (i32.const 15))))
      (local.set $digest (i64.shr_u (local.get $digest) (i64.const 4)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 16))))
    (i32.store8 (i32.const 517) (i32.const 34))
    (call $respond (i32.const 500) (i32.const 18))
    (i32.const 0)))
