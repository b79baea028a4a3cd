"""The same as c/start_ours.c, from Mojo."""

from std.sys import argv

from wasmtime_mojo import Config, Engine, Instance, Module, Store


def main() raises:
    var folder = String(argv()[1])
    var config = Config()
    config.set_cache_dir(folder + "/cache_ours")
    var engine = Engine(config)
    var instance = Instance(
        Store(engine), Module.from_file(engine, folder + "/zlib.wasm")
    )
    var address = instance.call[UInt32]("z_version")
    print(instance.memory("memory").read_string(Int(address), 5))
