"""Values of WebAssembly's collector: numbers of 31 bits, in a table, in a global, and through calls."""

from wasmtime_mojo import (
    AnyRef,
    Engine,
    Instance,
    Module,
    Store,
    ValKind,
    WasmtimeVal,
)

comptime WAT = """
(module
  (table (export "table") 10 anyref)
  (global (export "global") (mut anyref) (ref.null any))
  (func (export "is_null") (param anyref) (result i32)
    (ref.is_null (local.get 0)))
  (func (export "forty_two") (result anyref) (ref.i31 (i32.const 42))))
"""


def report(source: String, reference: AnyRef) raises:
    var kind = "i31" if reference.matches(ValKind.I31REF) else "another"
    print(t"from {source}: {kind} {reference.i31()}")


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(store, Module(engine, WAT))
    var reference = AnyRef.from_i31(store, 1234)
    var value = WasmtimeVal.from_any(reference)

    var table = instance.table("table")
    table.set(3, value)
    report("the table", table.get(3).get_any().value())

    var global_ = instance.global_("global")
    global_.set_value(value)
    report("the global", global_.value().get_any().value())

    print("is it null?", instance.call[Int32]("is_null", reference))
    report("the function", instance.call[AnyRef]("forty_two"))
    store.gc()
