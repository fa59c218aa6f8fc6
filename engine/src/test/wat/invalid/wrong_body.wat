(module (memory (export "memory") 1) (func (export "__invoke") (param i32) (result i32) (i64.const 0)))
