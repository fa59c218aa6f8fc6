;; {"url": "http://..."} -> {"status": 200, "body": "..."}; status 0 where the request failed.
;;
;; Takes the first "url": "..." in the text; the url must be plain, without JSON escapes. The body may be as
;; long as the host gives by default, 1024 bytes: do not raise http_response_bytes for this function. What is
;; not ASCII in it becomes a question mark, so that the answer is always valid JSON.
(module
  (import "fl_imps" "__get_input_data" (func $get_input_data (param i32)))
  (import "fl_imps" "__insert_response" (func $insert_response (param i32 i32)))
  (import "fl_imps" "__insert_error" (func $insert_error (param i32 i32)))
  ;; Where the answer, its length and the status go; the method, 0 for GET; and address and length of
  ;; the url, the headers and the body.
  (import "fl_imps" "__http_request"
    (func $http_request (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))

  (memory (export "memory") 1)
  ;; 8: the response's length, 12: its status, 1024: the response, 2048: the answer, at most six bytes for each
  ;; of the response, 16384: the input.
  (data (i32.const 16) "\22url\22")                        ;; 5 bytes
  (data (i32.const 32) "{\22status\22: ")                  ;; 11 bytes
  (data (i32.const 48) ", \22body\22: \22")                ;; 11 bytes
  (data (i32.const 64) "The input has no plain \22url\22.") ;; 29 bytes
  (data (i32.const 96) "0123456789abcdef")
  (global $out (mut i32) (i32.const 2048)) ;; where the next byte of the answer goes

  (func (export "__invoke") (param $length i32) (result i32)
    (local $url i32) (local $url_end i32) (local $at i32) (local $end i32)
    (global.set $out (i32.const 2048))
    (drop (memory.grow (i32.shr_u (i32.add (local.get $length) (i32.const 16640)) (i32.const 16))))
    (call $get_input_data (i32.const 16384))
    (local.set $end (i32.add (i32.const 16384) (local.get $length)))
    (local.set $url (call $find_url (i32.const 16384) (local.get $end)))
    (local.set $url_end (call $plain_end (local.get $url) (local.get $end)))
    (if (i32.eqz (local.get $url_end)) (then
      (call $insert_error (i32.const 64) (i32.const 29))
      (return (i32.const 1))))

    (call $http_request
      (i32.const 1024) (i32.const 8) (i32.const 12) (i32.const 0)
      (local.get $url) (i32.sub (local.get $url_end) (local.get $url))
      (i32.const 1024) (i32.const 0)
      (i32.const 1024) (i32.const 0))
    (if (i32.gt_u (i32.load (i32.const 8)) (i32.const 1024)) (then (unreachable)))

    (call $put_bytes (i32.const 32) (i32.const 11))
    (call $put_number (i32.load16_u (i32.const 12)))
    (call $put_bytes (i32.const 48) (i32.const 11))
    (local.set $at (i32.const 1024))
    (local.set $end (i32.add (i32.const 1024) (i32.load (i32.const 8))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (call $put_escaped (i32.load8_u (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next)))
    (call $put (i32.const 34))  ;; "
    (call $put (i32.const 125)) ;; }
    (call $insert_response (i32.const 2048) (i32.sub (global.get $out) (i32.const 2048)))
    (i32.const 0))

  ;; The first byte of the url, or the end where the input has none.
  (func $find_url (param $at i32) (param $end i32) (result i32)
    (local $after i32)
    (loop $next
      (if (i32.gt_u (i32.add (local.get $at) (i32.const 5)) (local.get $end)) (then (return (local.get $end))))
      (if (call $is_key (local.get $at)) (then
        (local.set $after (call $skip_space (i32.add (local.get $at) (i32.const 5))))
        (if (i32.eq (i32.load8_u (local.get $after)) (i32.const 58)) (then          ;; :
          (local.set $after (call $skip_space (i32.add (local.get $after) (i32.const 1))))
          (if (i32.eq (i32.load8_u (local.get $after)) (i32.const 34)) (then        ;; "
            (return (i32.add (local.get $after) (i32.const 1)))))))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next))
    (unreachable))

  ;; Whether "url", with its quotes, stands here, and its first quote is not an escaped one.
  (func $is_key (param $at i32) (result i32)
    (i32.and
      (i32.ne (i32.load8_u (i32.sub (local.get $at) (i32.const 1))) (i32.const 92)) ;; \
      (i32.and
        (i32.eq (i32.load (local.get $at)) (i32.load (i32.const 16)))
        (i32.eq (i32.load8_u offset=4 (local.get $at)) (i32.const 34)))))

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

  ;; The quote that ends the string; 0 where a backslash or the end of the input comes first.
  (func $plain_end (param $at i32) (param $end i32) (result i32)
    (local $byte i32)
    (loop $next
      (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (i32.const 0))))
      (local.set $byte (i32.load8_u (local.get $at)))
      (if (i32.eq (local.get $byte) (i32.const 92)) (then (return (i32.const 0))))
      (if (i32.ne (local.get $byte) (i32.const 34)) (then
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next))))
    (local.get $at))

  (func $put (param $byte i32)
    (i32.store8 (global.get $out) (local.get $byte))
    (global.set $out (i32.add (global.get $out) (i32.const 1))))

  (func $put_bytes (param $at i32) (param $length i32)
    (loop $next
      (call $put (i32.load8_u (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (br_if $next (local.get $length))))

  (func $put_number (param $number i32)
    (if (i32.ge_u (local.get $number) (i32.const 10)) (then
      (call $put_number (i32.div_u (local.get $number) (i32.const 10)))))
    (call $put (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10)))))

  ;; One byte of the body, as it stands in a JSON string.
  (func $put_escaped (param $byte i32)
    (if (i32.ge_u (local.get $byte) (i32.const 128)) (then
      (call $put (i32.const 63)) ;; ?
      (return)))
    (if (i32.lt_u (local.get $byte) (i32.const 32)) (then
      (call $put (i32.const 92)) ;; \
      (call $put (i32.const 117)) ;; u
      (call $put (i32.const 48))
      (call $put (i32.const 48))
      (call $put (i32.load8_u offset=96 (i32.shr_u (local.get $byte) (i32.const 4))))
      (call $put (i32.load8_u offset=96 (i32.and (local.get $byte) (i32.const 15))))
      (return)))
    (if (i32.or (i32.eq (local.get $byte) (i32.const 34)) (i32.eq (local.get $byte) (i32.const 92)))
      (then (call $put (i32.const 92))))
    (call $put (local.get $byte))))
