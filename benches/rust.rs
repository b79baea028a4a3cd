//! The benches through the crate `wasmtime`, as a Rust program uses it, with the same engine settings.

use crate::peer::Work;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use wasmtime::{
    Caller, Config, Engine, Instance, InstanceAllocationStrategy, InstancePre, Linker, Memory, Module,
    PoolingAllocationConfig, Store,
};

/// Of batches, as in `c/bench.h`.
const ROWS: i32 = 1_000_000;
const MIB: usize = 1 << 20;

pub struct Rust {
    modules: PathBuf,
    engine: Engine,
    module: Module,
    pooled_engine: Engine,
    pre: InstancePre<()>,
}

impl Rust {
    pub fn new(modules: &Path) -> Self {
        let wasm = fs::read(modules.join("guest.wasm")).unwrap();
        let engine = Engine::default();
        let module = Module::new(&engine, &wasm).unwrap();
        let pooled_engine = pooled(PoolingAllocationConfig::default());
        let pooled_module = Module::new(&pooled_engine, &wasm).unwrap();
        let pre = linker(&pooled_engine).instantiate_pre(&pooled_module).unwrap();
        Rust { modules: modules.into(), engine, module, pooled_engine, pre }
    }

    /// A store of its own for each.
    fn instance(&self) -> (Store<()>, Instance) {
        let mut store = Store::new(&self.engine, ());
        let instance = linker(&self.engine).instantiate(&mut store, &self.module).unwrap();
        (store, instance)
    }

    pub fn work(&self, name: &str) -> Option<Work> {
        Some(match name {
            "call" => self.call(),
            "call_mixed" => self.call_mixed(),
            "callback" => self.callback(),
            "lookup" => self.lookup(),
            "instantiate_call" | "instantiate_call_one" => self.instantiate_call(),
            "lookup_index" => self.lookup_index(),
            "batch" | "columns" => self.rows(),
            "memory_read_64" => self.memory_read(64),
            "memory_read_1m" => self.memory_read(MIB),
            "memory_write_64" => self.memory_write(64),
            "memory_write_1m" => self.memory_write(MIB),
            "compile_zlib" => self.compile("zlib.wasm"),
            "compile_sqlite" => self.compile("sqlite.wasm"),
            "load_zlib" => self.load("zlib.wasm"),
            "load_sqlite" => self.load("sqlite.wasm"),
            "density" => self.density(),
            _ => return None,
        })
    }

    /// What memory copies are beside: `memcpy` with the same memory.
    pub fn native(&self, name: &str) -> Option<Work> {
        let len = if name.ends_with("64") { 64 } else { MIB };
        let (store, memory) = self.memory();
        let guest = memory.data_ptr(&store);
        let mut buffer = vec![0; MIB];
        let host: *mut u8 = buffer.as_mut_ptr();
        let (from, to) = match name {
            "memory_read_64" | "memory_read_1m" => (guest, host),
            "memory_write_64" | "memory_write_1m" => (host, guest),
            _ => return None,
        };
        Some(Box::new(move |n| {
            let _alive = (&store, &buffer);
            for _ in 0..n {
                // SAFETY: both have a MiB, and nobody else uses them.
                unsafe { std::ptr::copy_nonoverlapping(black_box(from), to, black_box(len)) };
            }
        }))
    }

    fn call(&self) -> Work {
        let (mut store, instance) = self.instance();
        let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add").unwrap();
        let mut sum = 0;
        Box::new(move |n| {
            for _ in 0..n {
                sum = add.call(&mut store, (sum, 1)).unwrap();
            }
        })
    }

    fn call_mixed(&self) -> Work {
        type Params = (i32, i64, f32, f64, i32, i64, f32, f64);
        let (mut store, instance) = self.instance();
        let mixed = instance.get_typed_func::<Params, (i64, f64)>(&mut store, "mixed").unwrap();
        Box::new(move |n| {
            let mut sums = (0, 0.0);
            for _ in 0..n {
                sums = mixed.call(&mut store, (1, sums.0, 1.5, sums.1, -1, 3, 0.5, -2.0)).unwrap();
            }
        })
    }

    /// One call of WebAssembly, which calls the host n times.
    fn callback(&self) -> Work {
        let (mut store, instance) = self.instance();
        let count = instance.get_typed_func::<i32, i32>(&mut store, "loop").unwrap();
        Box::new(move |n| {
            count.call(&mut store, n as i32).unwrap();
        })
    }

    fn lookup(&self) -> Work {
        let (mut store, instance) = self.instance();
        Box::new(move |n| {
            for _ in 0..n {
                black_box(instance.get_export(&mut store, black_box("add")).unwrap());
            }
        })
    }

    fn lookup_index(&self) -> Work {
        let (mut store, instance) = self.instance();
        let index = self.module.get_export_index("add").unwrap();
        Box::new(move |n| {
            for _ in 0..n {
                black_box(instance.get_module_export(&mut store, black_box(&index)).unwrap());
            }
        })
    }

    /// One call for each row.
    fn rows(&self) -> Work {
        let (mut store, instance) = self.instance();
        let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add").unwrap();
        let rows: Vec<(i32, i32)> = (0..ROWS).map(|row| (row, 1)).collect();
        let mut sums = vec![0; rows.len()];
        Box::new(move |n| {
            for _ in 0..n {
                for (row, sum) in rows.iter().zip(&mut sums) {
                    *sum = add.call(&mut store, *row).unwrap();
                }
            }
            assert_eq!(sums.last(), Some(&ROWS));
        })
    }

    fn memory(&self) -> (Store<()>, Memory) {
        let (mut store, instance) = self.instance();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        memory.grow(&mut store, MIB as u64 / 65536).unwrap();
        (store, memory)
    }

    fn memory_read(&self, len: usize) -> Work {
        let (store, memory) = self.memory();
        let mut buffer = vec![0; MIB];
        Box::new(move |n| {
            for _ in 0..n {
                memory.read(&store, 0, &mut buffer[..black_box(len)]).unwrap();
            }
        })
    }

    fn memory_write(&self, len: usize) -> Work {
        let (mut store, memory) = self.memory();
        let buffer = vec![0; MIB];
        Box::new(move |n| {
            for _ in 0..n {
                memory.write(&mut store, 0, &buffer[..black_box(len)]).unwrap();
            }
        })
    }

    fn compile(&self, name: &str) -> Work {
        let (engine, wasm) = (self.engine.clone(), fs::read(self.modules.join(name)).unwrap());
        Box::new(move |n| {
            for _ in 0..n {
                Module::new(&engine, &wasm).unwrap();
            }
        })
    }

    /// From a file. Rust's own way compares no checksum.
    fn load(&self, name: &str) -> Work {
        let (engine, path) = (self.engine.clone(), self.modules.join(format!("{name}.rust")));
        if !path.exists() {
            let module = Module::from_file(&engine, self.modules.join(name)).unwrap();
            fs::write(&path, module.serialize().unwrap()).unwrap();
        }
        Box::new(move |n| {
            for _ in 0..n {
                // SAFETY: this program wrote it.
                unsafe { Module::deserialize(&engine, fs::read(&path).unwrap()) }.unwrap();
            }
        })
    }

    /// n instances, which stay alive.
    fn density(&self) -> Work {
        let modules = self.modules.clone();
        Box::new(move |n| {
            let mut pool = PoolingAllocationConfig::default();
            pool.total_core_instances(n as u32).total_memories(n as u32);
            let engine = pooled(pool);
            let module = Module::from_file(&engine, modules.join("guest.wasm")).unwrap();
            let pre = linker(&engine).instantiate_pre(&module).unwrap();
            for _ in 0..n {
                let mut store = Store::new(&engine, ());
                let instance = pre.instantiate(&mut store).unwrap();
                let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add").unwrap();
                assert_eq!(add.call(&mut store, (40, 2)).unwrap(), 42);
                std::mem::forget(store);
            }
        })
    }

    fn instantiate_call(&self) -> Work {
        let (engine, pre) = (self.pooled_engine.clone(), self.pre.clone());
        Box::new(move |n| {
            for _ in 0..n {
                let mut store = Store::new(&engine, ());
                let instance = pre.instantiate(&mut store).unwrap();
                let add = instance.get_typed_func::<(i32, i32), i32>(&mut store, "add").unwrap();
                assert_eq!(add.call(&mut store, (40, 2)).unwrap(), 42);
            }
        })
    }
}

fn pooled(pool: PoolingAllocationConfig) -> Engine {
    let mut config = Config::new();
    config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Engine::new(&config).unwrap()
}

fn linker(engine: &Engine) -> Linker<()> {
    let mut linker = Linker::new(engine);
    linker.func_wrap("env", "add", |_: Caller<'_, ()>, a: i32, b: i32| a.wrapping_add(b)).unwrap();
    linker
}
