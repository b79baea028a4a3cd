"""Compile once, load many times: a module as an artifact, in memory and in a file.

`Engine(cache=True)` does the same by itself for every module.
"""

from std.os.path import join
from std.tempfile import TemporaryDirectory
from std.testing import assert_equal

from wasmtime_mojo import Engine, Instance, Module, Store, WTS_ERR_CORRUPT

comptime WAT = """
(module
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1))))
"""


def add(engine: Engine, module: Module) raises -> Int32:
    var instance = Instance(Store(engine), module)
    return instance.call[Int32]("add", Int32(40), Int32(2))


def main() raises:
    var engine = Engine()
    var artifact = Module(engine, WAT).serialize()
    var sum = add(engine, Module.deserialize(engine, artifact))
    print("loaded from memory: 40 + 2 =", sum)
    assert_equal(sum, 42)

    with TemporaryDirectory() as folder:
        var path = join(folder, "add.cwasm")
        Module(engine, WAT).serialize_file(path)
        sum = add(engine, Module.deserialize_file(engine, path))
    print("loaded from a file: 40 + 2 =", sum)
    assert_equal(sum, 42)

    # A damaged artifact is refused before any of it runs.
    artifact[len(artifact) // 2] ^= 1
    try:
        _ = Module.deserialize(engine, artifact)
    except error:
        print("after a flipped bit:", error)
        assert_equal(error.status, WTS_ERR_CORRUPT)
    else:
        raise Error("a damaged artifact was loaded")
