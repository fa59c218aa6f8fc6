(module (memory (export "memory") 1) (table 1 funcref) (func (export "__invoke") (param i32) (result i32) (table.size 5)))
