(module (memory (export "memory") 1) (global (export "__invoke") i32 (i32.const 1)))
