"""A module with two memories. They differ in what they hold and in how far they grow."""

from wasmtime_mojo import Engine, Instance, Module, Store

comptime WAT = """
(module
  (memory (export "memory0") 2 3)
  (data (memory 0) (i32.const 0x1000) "\\01\\02\\03\\04")
  (func (export "size0") (result i32) (memory.size 0))
  (func (export "load0") (param i32) (result i32)
    (i32.load8_s 0 (local.get 0)))
  (func (export "store0") (param i32 i32)
    (i32.store8 0 (local.get 0) (local.get 1)))

  (memory (export "memory1") 2 4)
  (data (memory 1) (i32.const 0x1000) "\\04\\03\\02\\01")
  (func (export "size1") (result i32) (memory.size 1))
  (func (export "load1") (param i32) (result i32)
    (i32.load8_s 1 (local.get 0)))
  (func (export "store1") (param i32 i32)
    (i32.store8 1 (local.get 0) (local.get 1))))
"""


def look(instance: Instance, number: Int) raises:
    """Prints the size, and four bytes as the host and as the guest see them."""
    var memory = instance.memory(String("memory", number))
    var pages = instance.call[Int32](String("size", number))
    print(t"  {memory.size()} and {pages} pages, bytes", end="")
    for i in range(0x1000, 0x1004):
        var byte = instance.call[Int32](String("load", number), Int32(i))
        print(t" {memory.load[UInt8](i)}={byte}", end="")
    print()


def use(instance: Instance, number: Int, more_pages: Int) raises:
    print("memory", number)
    var memory = instance.memory(String("memory", number))
    look(instance, number)
    try:
        _ = instance.call[Int32](String("load", number), Int32(0x20000))
    except error:
        print("  load(0x20000):", error.name)

    memory.store(0x1003, UInt8(5 + 2 * number))
    var store = instance.typed_func[NoneType, Int32, Int32](
        String("store", number)
    )
    store(0x1002, Int32(6 + 2 * number))
    _ = memory.grow(more_pages)
    look(instance, number)
    try:
        _ = memory.grow(1)
    except error:
        print("  grow by one more:", error.name)


def main() raises:
    var engine = Engine()
    var instance = Instance(Store(engine), Module(engine, WAT))
    use(instance, 0, 1)
    use(instance, 1, 2)
