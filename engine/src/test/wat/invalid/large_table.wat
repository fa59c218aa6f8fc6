(module (memory (export "memory") 1) (table 200000 funcref) (func (export "__invoke") (param i32) (result i32) (i32.const 0)))
