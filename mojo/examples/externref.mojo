"""A value of the host that WebAssembly holds without looking inside: in a table, in a global, through a call."""

from wasmtime_mojo import (
    Engine,
    ExternRef,
    Instance,
    Module,
    Store,
    ValKind,
    WasmtimeVal,
)

comptime WAT = """
(module
  (table (export "table") 10 externref)
  (global (export "global") (mut externref) (ref.null extern))
  (func (export "same") (param externref) (result externref) (local.get 0)))
"""


@fieldwise_init
struct Text(Movable):
    """Any Mojo type; this one tells when it is destroyed."""

    var text: String

    def __deinit__(deinit self):
        print(t'"{self.text}" is dropped')


def use(store: Store, instance: Instance) raises:
    var reference = ExternRef(store, Text("Hello, World!"))
    var value = WasmtimeVal.from_extern(reference)

    var table = instance.table("table")
    table.set(3, reference)
    var element = table.get_extern(3)
    print("from the table:", element.value().get[Text]().text)

    var global_ = instance.global_("global")
    global_.set_value(value)
    var held = global_.value().get_extern()
    print("from the global:", held.value().get[Text]().text)

    var same = instance.call[ExternRef]("same", reference)
    print("from the function:", same.get[Text]().text)

    # WebAssembly holds it no more, and at the end of this function Mojo neither.
    table.set(3, WasmtimeVal.null(ValKind.EXTERNREF))
    global_.set_value(WasmtimeVal.null(ValKind.EXTERNREF))


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(store, Module(engine, WAT))
    use(store, instance)
    store.gc()
