;; {"name": "x"} -> {"payload": "Hello x!"}
;;
;; Simpler than a JSON parser: takes the first "name": "..." in the text, at whatever depth. What stands
;; between its quotes goes into the answer as it is, escapes and all, so the answer is valid JSON whenever
;; the input is. It is built in place: the beginning is written just before the name, the end just after.
(module
  (import "fl_imps" "__get_input_data" (func $get_input_data (param i32)))
  (import "fl_imps" "__insert_response" (func $insert_response (param i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\22name\22")                       ;; 6 bytes
  (data (i32.const 16) "{\22payload\22: \22Hello ")       ;; 19 bytes
  (data (i32.const 48) "{\22payload\22: \22Hello World!\22}") ;; 27 bytes
  ;; The input starts at 128, which leaves room for what is written before the name.

  (func (export "__invoke") (param $length i32) (result i32)
    (local $name i32) (local $end i32)
    (drop (memory.grow (i32.shr_u (i32.add (local.get $length) (i32.const 192)) (i32.const 16))))
    (call $get_input_data (i32.const 128))
    (local.set $end (i32.add (i32.const 128) (local.get $length)))
    (local.set $name (call $find_name (i32.const 128) (local.get $end)))
    (if (i32.eqz (local.get $name)) (then
      (call $insert_response (i32.const 48) (i32.const 27))
      (return (i32.const 0))))
    (local.set $end (call $string_end (local.get $name) (local.get $end)))
    (call $copy (i32.const 16) (i32.sub (local.get $name) (i32.const 19)) (i32.const 19))
    (i32.store8 (local.get $end) (i32.const 33))                                    ;; !
    (i32.store8 (i32.add (local.get $end) (i32.const 1)) (i32.const 34))            ;; "
    (i32.store8 (i32.add (local.get $end) (i32.const 2)) (i32.const 125))           ;; }
    (call $insert_response
      (i32.sub (local.get $name) (i32.const 19))
      (i32.add (i32.sub (local.get $end) (local.get $name)) (i32.const 22)))
    (i32.const 0))

  ;; The first byte of the name, or 0 where the input has none.
  (func $find_name (param $at i32) (param $end i32) (result i32)
    (local $after i32)
    (loop $next
      (if (i32.gt_u (i32.add (local.get $at) (i32.const 6)) (local.get $end)) (then (return (i32.const 0))))
      (if (call $is_key (local.get $at)) (then
        (local.set $after (call $skip_space (i32.add (local.get $at) (i32.const 6))))
        (if (i32.eq (i32.load8_u (local.get $after)) (i32.const 58)) (then          ;; :
          (local.set $after (call $skip_space (i32.add (local.get $after) (i32.const 1))))
          (if (i32.eq (i32.load8_u (local.get $after)) (i32.const 34)) (then        ;; "
            (return (i32.add (local.get $after) (i32.const 1)))))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
    (unreachable))

  ;; Whether "name", with its quotes, stands here, and its first quote is not an escaped one.
  (func $is_key (param $at i32) (result i32)
    (i32.and
      (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 92)) ;; \
      (i32.and
        (i32.eq (i32.load (local.get $at)) (i32.load (i32.const 0)))
        (i32.eq (i32.load16_u offset=4 (local.get $at)) (i32.load16_u (i32.const 4))))))

  (func $skip_space (param $at i32) (result i32)
    (local $byte i32)
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.or
            (i32.eq (local.get $byte) (i32.const 32))
            (i32.and (i32.ge_u (local.get $byte) (i32.const 9)) (i32.le_u (local.get $byte) (i32.const 13))))
        (then
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (local.get $at))

  ;; The quote that ends the string, passing by escaped ones.
  (func $string_end (param $at i32) (param $end i32) (result i32)
    (local $byte i32)
    (loop $next
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.and
            (i32.ne (local.get $byte) (i32.const 34))
            (i32.lt_u (local.get $at) (local.get $end)))
        (then
          (local.set $at (i32.add (local.get $at)
            (select (i32.const 2) (i32.const 1) (i32.eq (local.get $byte) (i32.const 92)))))
          (br $next))))
    (local.get $at))

  (func $copy (param $from i32) (param $to i32) (param $length i32)
    (loop $next
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (i32.store8
        (i32.add (local.get $to) (local.get $length))
        (i32.load8_u (i32.add (local.get $from) (local.get $length))))
      (br_if $next (local.get $length)))))
