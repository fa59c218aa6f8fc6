(module (memory (export "memory") 1) (func (export "__invoke") (param i32) (result i32) (i32.const 0)) (func (drop (v128.const i32x4 0 0 0 0))))
