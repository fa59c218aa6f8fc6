(module (memory (export "memory") 1 2 shared) (func (export "__invoke") (param i32) (result i32) (i32.const 0)))
