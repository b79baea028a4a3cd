"""Resources: those of guests that the host holds, and the host's own."""

from std.memory import ArcPointer
from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Caller,
    Component,
    ComponentInstance,
    ComponentLinker,
    Engine,
    live_count,
    Resource,
    Store,
    WTS_ERR_STALE,
    WTS_ERR_TYPE,
    WTS_KIND_RESOURCE,
)

comptime BASKET = "example:inventory/shop@1.0.0#[constructor]basket"
comptime TOTAL = "example:inventory/shop@1.0.0#[method]basket.total"
comptime CHECK_OUT = "example:inventory/shop@1.0.0#check-out"

comptime LOOKS = """
(component
  (import "file" (type $file (sub resource)))
  (import "size" (func $size (param "f" (borrow $file)) (result u64)))
  (core func $size' (canon lower (func $size)))
  (core func $drop (canon resource.drop $file))
  (core module $m
    (import "" "size" (func $size (param i32) (result i64)))
    (import "" "drop" (func $drop (param i32)))
    (func (export "look") (param i32) (result i64)
      (call $size (local.get 0)) (call $drop (local.get 0)))
    (func (export "eat") (param i32) (call $drop (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance
    (export "size" (func $size')) (export "drop" (func $drop))))))
  (func (export "look") (param "f" (borrow $file)) (result u64)
    (canon lift (core func $i "look")))
  (func (export "eat") (param "f" (own $file))
    (canon lift (core func $i "eat"))))
"""


def log(mut caller: Caller, args: String) raises -> String:
    return ""


def make(store: Store, instance: ComponentInstance) raises -> Resource:
    var handle = instance.call_wave(BASKET, '("Ada")')
    return Resource(store, taking=UInt64(Int(handle)))


def total(instance: ComponentInstance, basket: Resource) raises -> Float64:
    return instance.call[Float64](TOTAL, basket.handle())


def inventory(store: Store, engine: Engine) raises -> ComponentInstance:
    var linker = ComponentLinker(engine)
    linker.func_wave[log]("", "log")
    return linker.instantiate(
        store, Component.from_file(engine, "tests/wasm/inventory.wasm")
    )


def test_resources_of_guests() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = inventory(store, engine)
    var one = make(store, instance)
    var two = make(store, instance)
    assert_equal(live_count(WTS_KIND_RESOURCE), 2)
    assert_equal(total(instance, one), 0)
    assert_true(one.is_owned())
    assert_true(one.same_type(two))
    var status = Int32(0)
    try:
        _ = one.value()
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_TYPE)
    assert_equal(
        instance.call_wave(CHECK_OUT, String("(", one.give(), ")")),
        '("Ada", 0)',
    )
    assert_equal(live_count(WTS_KIND_RESOURCE), 1)
    two.drop()
    assert_equal(live_count(WTS_KIND_RESOURCE), 0)
    status = 0
    try:
        _ = two.is_owned()
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_STALE)


struct Drops(Movable):
    var count: ArcPointer[Int]
    var sum: ArcPointer[UInt64]

    def __init__(out self, count: ArcPointer[Int], sum: ArcPointer[UInt64]):
        self.count = count
        self.sum = sum


def dropped(mut drops: Drops, value: UInt64) -> None:
    drops.count[] += 1
    drops.sum[] += value


def size(mut caller: Caller, args: String) raises -> String:
    var handle = UInt64(Int(args[byte = 1 : args.byte_length() - 1]))
    return String(Resource(caller.store(), taking=handle).value() + 1)


def test_resources_of_the_host() raises:
    var count = ArcPointer(0)
    var sum = ArcPointer(UInt64(0))
    var engine = Engine()
    var store = Store(engine)
    var linker = ComponentLinker(engine)
    var type = linker.define_resource[dropped]("", "file", Drops(count, sum))
    linker.func_wave[size]("", "size")
    var instance = linker.instantiate(store, Component(engine, LOOKS))
    var file = Resource(store, type, 41)
    assert_equal(file.value(), 41)
    assert_true(file.type() == type)
    assert_equal(instance.call[UInt64]("look", file.handle()), 42)
    assert_equal(count[], 0)
    _ = instance.call_wave("eat", String("(", file.give(), ")"))
    assert_equal(count[], 1)
    _ = Resource(store, type, 1)
    assert_equal(count[], 2)
    assert_equal(sum[], 42)
