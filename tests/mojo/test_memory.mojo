"""Linear memories."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Engine,
    Memory,
    MemoryType,
    Store,
    WasmtimeError,
    WTS_ERR_LIMIT,
    WTS_ERR_RANGE,
    WTS_ERR_UTF8,
)

comptime PAGE = 65_536


def new_memory() raises -> Memory:
    return Memory(Store(Engine()), MemoryType(1, 3))


def test_size_and_grow() raises:
    var memory = new_memory()
    assert_true(memory.type() == MemoryType(1, 3))
    assert_equal(memory.size(), 1)
    assert_equal(memory.data_size(), PAGE)
    assert_equal(memory.page_size(), PAGE)
    assert_equal(memory.grow(1), 1)
    assert_equal(memory.size(), 2)
    assert_equal(memory.data_size(), 2 * PAGE)


def test_growing_too_far() raises:
    var memory = new_memory()
    var error = WasmtimeError(0, "", "")
    try:
        _ = memory.grow(3)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_LIMIT)
    assert_equal(memory.size(), 1)
    try:
        _ = memory.grow(-1)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_RANGE)


def test_read_and_write() raises:
    var memory = new_memory()
    memory.write(10, [UInt8(1), 2, 3])
    assert_equal(memory.read(9, 5), [UInt8(0), 1, 2, 3, 0])
    var buffer: List[UInt8] = [9, 9]
    memory.read_into(11, buffer)
    assert_equal(buffer, [UInt8(2), 3])
    assert_equal(memory.read(PAGE, 0), List[UInt8]())


def test_text() raises:
    var memory = new_memory()
    memory.write_string(5, "grüße")
    assert_equal(memory.read_string(5, 7), "grüße")
    var error = WasmtimeError(0, "", "")
    try:
        _ = memory.read_string(5, 3)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_UTF8)


def test_fill() raises:
    var memory = new_memory()
    memory.fill(1, 3, 0xAB)
    assert_equal(memory.read(0, 5), [UInt8(0), 0xAB, 0xAB, 0xAB, 0])


def test_numbers() raises:
    var memory = new_memory()
    memory.store(0, Int8(-2))
    assert_equal(memory.load[Int8](0), -2)
    assert_equal(memory.load[UInt8](0), 254)
    memory.store(1, UInt8(255))
    assert_equal(memory.load[UInt8](1), 255)
    memory.store(3, Int16(-2))
    assert_equal(memory.load[Int16](3), -2)
    assert_equal(memory.load[UInt16](3), 65_534)
    memory.store(3, UInt16(65_535))
    assert_equal(memory.load[UInt16](3), 65_535)
    memory.store(5, Int32.MIN)
    assert_equal(memory.load[Int32](5), Int32.MIN)
    memory.store(5, UInt32.MAX)
    assert_equal(memory.load[UInt32](5), UInt32.MAX)
    memory.store(9, Int64.MIN)
    assert_equal(memory.load[Int64](9), Int64.MIN)
    memory.store(9, UInt64.MAX)
    assert_equal(memory.load[UInt64](9), UInt64.MAX)
    memory.store(17, Float32(0.1))
    assert_equal(memory.load[Float32](17), Float32(0.1))
    memory.store(21, Float64(0.1))
    assert_equal(memory.load[Float64](21), 0.1)


def test_numbers_are_little_endian() raises:
    var memory = new_memory()
    memory.store(0, UInt32(0x0403_0201))
    assert_equal(memory.read(0, 4), [UInt8(1), 2, 3, 4])


def test_view() raises:
    var memory = new_memory()
    var view = memory.data()
    assert_equal(len(view), PAGE)
    view[3] = 7
    assert_equal(memory.load[UInt8](3), 7)
    memory.store(4, UInt8(8))
    assert_equal(view[4], 8)


def test_view_keeps_the_memory_alive() raises:
    var view = Memory(Store(Engine()), MemoryType(1)).data()
    var sum = 0
    for byte in view:
        sum += Int(byte)
    assert_equal(sum, 0)


def test_out_of_bounds_names_offset_length_and_size() raises:
    var memory = new_memory()
    var errors = List[WasmtimeError]()
    try:
        _ = memory.read(65_530, 7)
    except e:
        errors.append(e.copy())
    try:
        memory.write(65_530, [UInt8(1), 2, 3, 4, 5, 6, 7])
    except e:
        errors.append(e.copy())
    try:
        memory.fill(65_530, 7, 0)
    except e:
        errors.append(e.copy())
    assert_equal(len(errors), 3)
    for error in errors:
        assert_equal(error.status, WTS_ERR_RANGE)
        for number in ["65530", "7", "65536"]:
            assert_true(number in error.message, error.message)


def test_every_access_is_checked() raises:
    var memory = new_memory()
    var refused = 0
    try:
        _ = memory.load[Int64](65_529)
    except:
        refused += 1
    try:
        memory.store(65_536, UInt8(1))
    except:
        refused += 1
    try:
        _ = memory.load[Int8](-1)
    except:
        refused += 1
    try:
        _ = memory.read(0, -1)
    except:
        refused += 1
    try:
        _ = memory.read(Int.MAX, Int.MAX)
    except:
        refused += 1
    try:
        memory.write_string(65_535, "ab")
    except:
        refused += 1
    assert_equal(refused, 6)
