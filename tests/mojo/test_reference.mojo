"""References to Mojo values."""

from std.testing import assert_equal, assert_true
from wasmtime_mojo import (
    Config,
    Engine,
    ExternRef,
    Instance,
    live_count,
    Module,
    Results2,
    Store,
    WasmtimeError,
    WTS_ERR_STALE,
    WTS_ERR_TYPE,
    WTS_ERR_WRONG_STORE,
    WTS_KIND_REFERENCE,
)


struct Noisy(Movable):
    """Tells when it is destroyed."""

    var name: String
    var ended: Pointer[Int, MutUntrackedOrigin]

    def __init__(
        out self, var name: String, ended: Pointer[Int, MutUntrackedOrigin]
    ):
        self.name = name^
        self.ended = ended

    def __deinit__(deinit self):
        self.ended[] += 1


def test_value() raises:
    var reference = ExternRef(Store(Engine()), String("hello"))
    assert_equal(reference.get[String](), "hello")
    reference.get[String]() += ", world"
    var copy = reference
    assert_equal(live_count(WTS_KIND_REFERENCE), 1)
    assert_equal(copy.get[String](), "hello, world")


def test_value_is_destroyed_once_with_its_store() raises:
    var ended = 0
    var place = Pointer(to=ended).unsafe_origin_cast[MutUntrackedOrigin]()
    var store = Store(Engine())
    var reference = ExternRef(store, Noisy("value", place))
    assert_equal(reference.get[Noisy]().name, "value")
    _ = reference^
    assert_equal(live_count(WTS_KIND_REFERENCE), 0)
    _ = store^
    assert_equal(place[], 1)
    _ = ended


def test_value_is_destroyed_by_the_collector() raises:
    var ended = 0
    var place = Pointer(to=ended).unsafe_origin_cast[MutUntrackedOrigin]()
    var store = Store(Engine())
    _ = ExternRef(store, Noisy("value", place))
    store.gc()
    assert_equal(place[], 1)
    _ = store^
    assert_equal(place[], 1)
    _ = ended


def test_webassembly_holds_a_reference() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(
        store,
        Module(
            engine,
            """
            (module
              (global $kept (mut externref) (ref.null extern))
              (func (export "keep") (param externref)
                (global.set $kept (local.get 0)))
              (func (export "give") (result externref) (global.get $kept)))
            """,
        ),
    )
    instance.call("keep", ExternRef(store, 42))
    store.gc()
    assert_equal(live_count(WTS_KIND_REFERENCE), 0)
    assert_equal(instance.call[ExternRef]("give").get[Int](), 42)


def test_another_type() raises:
    var error = WasmtimeError(0, "", "")
    var reference = ExternRef(Store(Engine()), 42)
    try:
        _ = reference.get[String]()
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TYPE)
    assert_true("String" in error.message, error.message)


@fieldwise_init
struct Clumsy(Movable):
    """Fails at something when it is destroyed."""

    def __deinit__(deinit self):
        try:
            Config().set("no_such_option", Int64(1))
        except:
            pass


def test_a_failure_is_told_before_the_value_is_destroyed() raises:
    var error = WasmtimeError(0, "", "")
    var store = Store(Engine())
    store.close()
    try:
        _ = ExternRef(store, Clumsy())
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_STALE)
    assert_true("no_such_option" not in error.message, error.message)


def test_no_result_is_lost() raises:
    var engine = Engine()
    var store = Store(engine)
    var instance = Instance(
        store,
        Module(
            engine,
            """
            (module (func (export "f") (param externref)
              (result externref externref)
              (ref.null extern) (local.get 0)))
            """,
        ),
    )
    var status = Int32(0)
    var reference = ExternRef(store, 42)
    try:
        # The first of them is null.
        _ = instance.call[Results2[ExternRef, ExternRef]]("f", reference)
    except e:
        status = e.status
    assert_equal(status, WTS_ERR_TYPE)
    assert_equal(live_count(WTS_KIND_REFERENCE), 1)
    comptime Some = Results2[Optional[ExternRef], ExternRef]
    var both = instance.call[Some]("f", reference)
    assert_true(not both.first)
    assert_equal(both.second.get[Int](), 42)
    assert_equal(reference.get[Int](), 42)


def test_another_store() raises:
    var error = WasmtimeError(0, "", "")
    var engine = Engine()
    var instance = Instance(
        Store(engine),
        Module(engine, '(module (func (export "f") (param externref)))'),
    )
    var reference = ExternRef(Store(engine), 42)
    try:
        instance.call("f", reference)
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_WRONG_STORE)
