#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| wasmtime_shim_fuzz::guests::run(data));
