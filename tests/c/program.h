/* A program for WASI 0.1 that several tests run: it reads a byte and writes it to both outputs. */
#ifndef PROGRAM_H
#define PROGRAM_H

#define PASSES_A_BYTE                                                                              \
    "(module"                                                                                      \
    "  (import \"wasi_snapshot_preview1\" \"fd_read\" (func $read (param i32 i32 i32 i32) (result i32)))" \
    "  (import \"wasi_snapshot_preview1\" \"fd_write\" (func $write (param i32 i32 i32 i32) (result i32)))" \
    "  (memory (export \"memory\") 1) (data (i32.const 0) \"\\10\\00\\00\\00\\01\\00\\00\\00\")"      \
    "  (func (export \"_start\")"                                                                  \
    "    (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))" \
    "    (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))" \
    "    (if (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))))"

#endif
