"""A component with types of its own, called from Mojo: Mojo values where there are some, text in WAVE for the rest."""

from wasmtime_mojo import (
    Component,
    ComponentInstance,
    ComponentLinker,
    Engine,
    Resource,
    Store,
    WasmtimeError,
    WTS_ERR_STALE,
)

comptime SHOP = "example:inventory/shop@1.0.0#"


def log(line: String):
    """Is the import `log: func(line: string)`."""
    print("log:", line)


def shop(store: Store, instance: ComponentInstance) raises:
    var add = instance.func(SHOP + "[method]basket.add")
    var basket = Resource(
        store,
        taking=UInt64(
            Int(instance.call_wave(SHOP + "[constructor]basket", '("Ada")'))
        ),
    )
    var it = String("(", basket.handle(), ", ")
    print(
        "add:",
        add.call_wave(
            it + '{name: "kite", category: toy, price: 12.5, tags: {fragile},'
            ' note: "red"}, 2)'
        ),
    )
    print(
        "add:",
        add.call_wave(
            it + '{name: "saw", category: tool, price: 30, tags: {heavy,'
            " reduced}}, 1)"
        ),
    )
    print(
        "add:",
        add.call_wave(
            it + '{name: "void", category: toy, price: -1, tags: {}}, 1)'
        ),
    )
    print(
        "find:",
        instance.call_wave(
            SHOP + "[method]basket.find", it + "cheaper-than(20))"
        ),
    )
    # The basket is given away: its handle is gone, and the guest drops it.
    var check_out = instance.func(SHOP + "check-out")
    var whole = String("(", basket.give(), ")")
    print("check-out:", check_out.call_wave(whole))
    try:
        _ = check_out.call_wave(whole)
    except e:
        if e.status == WTS_ERR_STALE:
            print("the basket is gone")


def main() raises:
    var engine = Engine()
    var component = Component.from_file(engine, "tests/wasm/inventory.wasm")
    var linker = ComponentLinker(engine)
    linker.func[log]("", "log")
    var store = Store(engine)
    var instance = linker.instantiate(store, component)
    shop(store, instance)
    print("is-even:", Int(instance.call[Bool]("is-even", UInt32(42))))
    print("shout:", instance.call[String]("shout", "hello"))
