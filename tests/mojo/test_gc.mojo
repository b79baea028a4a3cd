"""Structs, arrays, 31-bit integers, and full types."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    AnyRef,
    ArrayRef,
    ArrayType,
    Engine,
    ExternRef,
    Field,
    Func,
    Instance,
    Module,
    RefType,
    Store,
    StructRef,
    StructType,
    ValKind,
    WasmtimeError,
    WasmtimeVal,
    WTS_ERR_RANGE,
    WTS_ERR_STATE,
    WTS_ERR_TYPE,
    WTS_KIND_TYPE,
)


def _point(engine: Engine) raises -> StructType:
    return StructType(
        engine, [Field(ValKind.I8), Field(ValKind.I64, mutable=True)]
    )


def test_struct() raises:
    var engine = Engine()
    var store = Store(engine)
    var type = _point(engine)
    assert_equal(String(type), "(struct (field i8) (field (mut i64)))")
    var point = StructRef(
        store, type, [WasmtimeVal.from_i32(-1), WasmtimeVal.from_i64(7)]
    )
    assert_equal(point.field_count(), 2)
    assert_equal(point.get(0).get_i32(), 255)
    point.set(1, WasmtimeVal.from_i64(-9))
    store.gc()
    assert_equal(point.get(1).get_i64(), -9)
    assert_true(point.type().matches(type))
    assert_true(point.type().fields()[1].mutable)


def test_struct_refuses_what_does_not_fit() raises:
    var engine = Engine()
    var store = Store(engine)
    var point = StructRef(
        store,
        _point(engine),
        [WasmtimeVal.from_i32(1), WasmtimeVal.from_i64(2)],
    )
    var statuses = List[Int32]()
    try:
        _ = point.get(2)
    except e:
        statuses.append(e.status)
    try:
        point.set(2, WasmtimeVal.from_i32(1))
    except e:
        statuses.append(e.status)
    try:
        point.set(0, WasmtimeVal.from_i32(1))
    except e:
        statuses.append(e.status)
    var type = _point(engine)
    try:
        _ = StructRef(store, type, [WasmtimeVal.from_i32(1)])
    except e:
        statuses.append(e.status)
    assert_equal(
        statuses, [WTS_ERR_RANGE, WTS_ERR_RANGE, WTS_ERR_STATE, WTS_ERR_TYPE]
    )


def test_array() raises:
    var engine = Engine()
    var store = Store(engine)
    var type = ArrayType(engine, Field(ValKind.I32, mutable=True))
    assert_equal(String(type), "(array (mut i32))")
    var array = ArrayRef(store, type, WasmtimeVal.from_i32(5), 3)
    array.set(1, WasmtimeVal.from_i32(-5))
    assert_equal(array.size(), 3)
    assert_equal(array.get(1).get_i32(), -5)
    assert_equal(array.get(2).get_i32(), 5)
    var fixed = ArrayRef(
        store, type, [WasmtimeVal.from_i32(8), WasmtimeVal.from_i32(9)]
    )
    assert_equal(fixed.size(), 2)
    assert_equal(fixed.get(1).get_i32(), 9)
    var status = Int32(0)
    try:
        _ = array.get(3)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_RANGE)


def test_bytes() raises:
    var engine = Engine()
    var store = Store(engine)
    var type = ArrayType(engine, Field(ValKind.I8))
    var array = ArrayRef.from_bytes(store, type, String("hello").as_bytes())
    assert_equal(array.size(), 5)
    assert_equal(String(from_utf8_lossy=array.bytes()), "hello")


def test_i31() raises:
    var store = Store(Engine())
    var one = AnyRef.from_i31(store, -5)
    assert_equal(one.i31(), -5)
    assert_equal(one.i31_unsigned(), 0x7FFF_FFFB)
    assert_true(one.same(AnyRef.from_i31(store, -5)))
    assert_false(one.same(AnyRef.from_i31(store, 5)))
    assert_true(one.matches(ValKind.EQREF))
    assert_false(one.matches(ValKind.STRUCTREF))
    assert_false(Bool(one.as_struct()))


def test_conversion() raises:
    var store = Store(Engine())
    var host = ExternRef(store, 42)
    var any = AnyRef.from_extern(host)
    assert_true(any.kind() == ValKind.ANYREF)
    assert_equal(any.to_extern().get[Int](), 42)


def test_narrowing() raises:
    var engine = Engine()
    var store = Store(engine)
    var array_type = ArrayType(engine, Field(ValKind.ANYREF))
    var array = ArrayRef(
        store,
        array_type,
        WasmtimeVal.from_any(AnyRef.from_i31(store, 3)),
        1,
    )
    var any = AnyRef(array)
    assert_true(any.kind() == ValKind.ARRAYREF)
    assert_true(any.matches(array_type))
    assert_false(any.matches(_point(engine)))
    var element = any.as_array().value().get(0).get_any().value()
    assert_equal(element.i31(), 3)


def test_full_types() raises:
    var engine = Engine()
    var base = StructType(engine, [Field(ValKind.I32)], final=False)
    var derived = StructType(
        engine,
        [Field(ValKind.I32), Field(RefType(engine, base, nullable=True))],
        supertype=base,
    )
    assert_true(derived.matches(base))
    assert_false(base.matches(derived))
    assert_equal(
        String(derived), "(struct (field i32) (field (ref null (struct ...))))"
    )
    var field = derived.fields()[1]
    assert_true(field.kind == ValKind.REF_NULL)
    assert_true(
        RefType(engine, derived, nullable=False).matches(field._type.value())
    )
    assert_equal(
        String(RefType(engine, ValKind.EXTERNREF, nullable=False)),
        "(ref extern)",
    )


def test_calls() raises:
    var engine = Engine()
    var store = Store(engine)
    var type = StructType(engine, [Field(ValKind.I32, mutable=True)])
    var instance = Instance(
        store,
        Module(
            engine,
            """
            (module
              (type $box (struct (field (mut i32))))
              (type $f (func (result i32)))
              (func $seven (export "seven") (result i32) (i32.const 7))
              (func (export "add") (param (ref $box) i32) (result (ref $box))
                (struct.set $box 0 (local.get 0) (i32.add
                  (struct.get $box 0 (local.get 0)) (local.get 1)))
                (local.get 0))
              (func (export "none") (result anyref) (ref.null any))
              (func (export "typed") (result (ref $f)) (ref.func $seven)))
            """,
        ),
    )
    var box = StructRef(store, type, [WasmtimeVal.from_i32(40)])
    var same = instance.call[AnyRef]("add", AnyRef(box), Int32(2))
    assert_true(same.same(box))
    assert_equal(box.get(0).get_i32(), 42)
    assert_false(Bool(instance.call[Optional[AnyRef]]("none")))
    assert_equal(instance.call[Func]("typed").call[Int32](), 7)
    var status = Int32(0)
    try:
        _ = instance.call[AnyRef]("add", AnyRef.from_i31(store, 1), Int32(2))
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_TYPE)
