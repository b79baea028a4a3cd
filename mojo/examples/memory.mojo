"""The memory of an instance: looked at, changed and grown from both sides, and a memory that the host makes.

`memory_bytes.mojo` has the ways to read and write.
"""

from wasmtime_mojo import Engine, Instance, Memory, MemoryType, Module, Store

comptime WAT = """
(module
  (memory (export "memory") 2 3)
  (data (i32.const 0x1000) "\\01\\02\\03\\04")
  (func (export "size") (result i32) (memory.size))
  (func (export "load") (param i32) (result i32)
    (i32.load8_s (local.get 0)))
  (func (export "store") (param i32 i32)
    (i32.store8 (local.get 0) (local.get 1))))
"""


def look(instance: Instance, address: Int) raises:
    """Prints the size, and a byte as the guest and as the host see it."""
    var memory = instance.memory("memory")
    var pages = instance.call[Int32]("size")
    var byte = instance.call[Int32]("load", Int32(address))
    var ours = memory.load[UInt8](address)
    print(
        t"{memory.size()} and {pages} pages,",
        t"byte {hex(address)} is {ours} and {byte}",
    )


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(store, Module(engine, WAT))
    var memory = instance.memory("memory")
    look(instance, 0x1000)
    look(instance, 0x1003)
    try:
        _ = instance.call[Int32]("load", Int32(0x20000))
    except error:
        print("load(0x20000):", error.name)

    # The host writes one byte, the guest the other. The view is valid until
    # WebAssembly runs.
    memory.data()[0x1003] = 5
    instance.call("store", Int32(0x1002), Int32(6))
    look(instance, 0x1003)
    look(instance, 0x1002)
    try:
        instance.call("store", Int32(0x20000), Int32(0))
    except error:
        print("store(0x20000, 0):", error.name)

    # The maximum is three pages.
    print("grown from", memory.grow(1), "pages")
    look(instance, 0x20000)
    try:
        _ = memory.grow(1)
    except error:
        print("grow by one more:", error.name)

    # A memory of the host: it can be an import of modules.
    var own = Memory(store, MemoryType(5, 5))
    print("a memory of", own.size(), "pages")
