"""The memory of an instance: checked reads and writes, and a view of the bytes themselves."""

from std.testing import assert_equal

from wasmtime_mojo import Engine, Instance, Module, Store, WTS_ERR_RANGE

comptime WAT = """
(module
  (memory (export "memory") 1 4)
  (func (export "sum") (param $start i32) (param $length i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $length)))
        (local.set $length (i32.sub (local.get $length) (i32.const 1)))
        (local.set $sum
          (i32.add
            (local.get $sum)
            (i32.load8_u
              (i32.add (local.get $start) (local.get $length)))))
        (br $next)))
    (local.get $sum)))
"""


def main() raises:
    var engine = Engine()
    var instance = Instance(Store(engine), Module(engine, WAT))
    var memory = instance.memory("memory")
    print(t"{memory.size()} page of {memory.data_size()} bytes")

    # Copies in and out. Every access is checked against the size.
    memory.write(0, [UInt8(1), UInt8(2), UInt8(3)])
    var sum = instance.call[Int32]("sum", Int32(0), Int32(3))
    print("1 + 2 + 3 =", sum)
    assert_equal(sum, 6)
    memory.write_string(16, "Grüße")
    assert_equal(memory.read_string(16, 7), "Grüße")
    assert_equal(memory.read(0, 4), [UInt8(1), UInt8(2), UInt8(3), UInt8(0)])

    # Numbers of any width, as WebAssembly stores them: little-endian.
    memory.store(32, UInt16(0x1234))
    memory.store(40, Float64(0.5))
    assert_equal(memory.load[UInt8](32), 0x34)
    assert_equal(memory.load[Float64](40), 0.5)

    # The bytes themselves, without a copy; valid until the store runs
    # WebAssembly again or a memory grows, so get the view anew after that.
    var bytes = memory.data()
    for i in range(256):
        bytes[1024 + i] = UInt8(i)
    sum = instance.call[Int32]("sum", Int32(1024), Int32(256))
    print("0 + 1 + ... + 255 =", sum)
    assert_equal(sum, 32640)

    # Three more pages, which is the maximum.
    assert_equal(memory.grow(3), 1)
    assert_equal(memory.size(), 4)
    try:
        _ = memory.read(4 * 65536 - 1, 2)
    except error:
        print("refused:", error)
        assert_equal(error.status, WTS_ERR_RANGE)
    else:
        raise Error("read behind the end")
