"""Ordinary Mojo functions as host functions."""

from std.testing import assert_equal, assert_false, assert_true
from wasmtime_mojo import (
    Caller,
    Engine,
    ExternRef,
    Func,
    Instance,
    Linker,
    Module,
    Results2,
    Results3,
    Results4,
    Store,
    WasmtimeError,
    WTS_ERR_HOST,
    WTS_ERR_TRAP,
    WTS_TRAP_INTEGER_OVERFLOW,
    WTS_TRAP_NONE,
)


def importing(type: StringSpan, call: StringSpan) -> String:
    """Writes a module with an import `env.f` and a function `run`."""
    # `type` twice in one String(...) is refused by Mojo 1.0.
    var import_ = String('(module (import "env" "f" (func $f ', type, ")) ")
    var export_ = String('(func (export "run") ', type, " ", call)
    return import_ + export_ + '(call $f)) (memory (export "memory") 1))'


struct Host(Movable):
    """A linker, with the store to instantiate in."""

    var engine: Engine
    var store: Store
    var linker: Linker

    def __init__(out self) raises WasmtimeError:
        self.engine = Engine()
        self.store = Store(self.engine)
        self.linker = Linker(self.engine)

    def run(
        self, type: StringSpan, call: StringSpan = ""
    ) raises WasmtimeError -> Instance:
        return self.linker.instantiate(
            self.store, Module(self.engine, importing(type, call))
        )


def none() -> None:
    pass


def forty_two() -> Int32:
    return 42


def negate(a: Int64) -> Int64:
    return -a


def add(a: Int32, b: Int32) -> Int32:
    return a + b


def mix(a: Int32, b: Int64, c: Float32, d: Float64) -> Float64:
    return Float64(a) + Float64(b) + Float64(c) + d


def eight(
    a: Int32,
    b: Int32,
    c: Int32,
    d: Int32,
    e: Int32,
    f: Int32,
    g: Int32,
    h: Int32,
) -> Int32:
    return a + b + c + d + e + f + g + h


def test_arities() raises:
    var host = Host()
    host.linker.allow_shadowing(True)
    host.linker.func[none]("env", "f")
    host.run("").call("run")
    host.linker.func[forty_two]("env", "f")
    assert_equal(host.run("(result i32)").call[Int32]("run"), 42)
    host.linker.func[negate]("env", "f")
    assert_equal(
        host.run("(param i64) (result i64)", "(local.get 0)").call[Int64](
            "run", Int64.MAX
        ),
        -Int64.MAX,
    )
    host.linker.func[add]("env", "f")
    assert_equal(
        host.run(
            "(param i32 i32) (result i32)", "(local.get 0) (local.get 1)"
        ).call[Int32]("run", Int32(-40), Int32(-2)),
        -42,
    )
    host.linker.func[mix]("env", "f")
    assert_equal(
        host.run(
            "(param i32 i64 f32 f64) (result f64)",
            "(local.get 0) (local.get 1) (local.get 2) (local.get 3)",
        ).call[Float64](
            "run", Int32(-1), Int64(1) << 40, Float32(0.5), Float64(0.25)
        ),
        Float64(1 << 40) - 0.25,
    )
    host.linker.func[eight]("env", "f")
    assert_equal(
        host.run(
            "(param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)",
            (
                "(local.get 0) (local.get 1) (local.get 2) (local.get 3)"
                " (local.get 4) (local.get 5) (local.get 6) (local.get 7)"
            ),
        ).call[Int32](
            "run",
            Int32(1),
            Int32(2),
            Int32(4),
            Int32(8),
            Int32(16),
            Int32(32),
            Int32(64),
            Int32(128),
        ),
        255,
    )


def divmod(a: Int32, b: Int32) -> Results2[Int32, Int32]:
    return Results2(a // b, a % b)


def three() -> Results3[Int32, Int64, Float32]:
    return Results3(Int32(1), Int64(2), Float32(3))


def four() -> Results4[Int32, Int64, Float32, Float64]:
    return Results4(Int32(1), Int64(2), Float32(3), Float64(4))


def test_several_results() raises:
    var host = Host()
    host.linker.allow_shadowing(True)
    host.linker.func[divmod]("env", "f")
    var two = host.run(
        "(param i32 i32) (result i32 i32)", "(local.get 0) (local.get 1)"
    ).call[Results2[Int32, Int32]]("run", Int32(17), Int32(5))
    assert_equal(two.first, 3)
    assert_equal(two.second, 2)
    host.linker.func[three]("env", "f")
    var a, b, c = (
        host.run("(result i32 i64 f32)")
        .call[Results3[Int32, Int64, Float32]]("run")
        .tuple()
    )
    assert_equal(Float64(a) + Float64(b) + Float64(c), 6)
    host.linker.func[four]("env", "f")
    var q = host.run("(result i32 i64 f32 f64)").call[
        Results4[Int32, Int64, Float32, Float64]
    ]("run")
    assert_equal(q.fourth, 4)


def both(a: UInt32, b: Bool) -> UInt64:
    return UInt64(a) if b else 0


def test_unsigned_and_boolean() raises:
    var host = Host()
    host.linker.func[both]("env", "f")
    var instance = host.run(
        "(param i32 i32) (result i64)", "(local.get 0) (local.get 1)"
    )
    assert_equal(instance.call[UInt64]("run", UInt32.MAX, True), 4_294_967_295)
    assert_equal(instance.call[UInt64]("run", UInt32.MAX, False), 0)


struct Counter(Movable):
    """Counts, and tells when it is destroyed."""

    var count: Int32
    var ended: Pointer[Int, MutUntrackedOrigin]

    def __init__(out self, ended: Pointer[Int, MutUntrackedOrigin]):
        self.count = 0
        self.ended = ended

    def __deinit__(deinit self):
        self.ended[] += 1


def count(mut counter: Counter, by: Int32) -> Int32:
    counter.count += by
    return counter.count


def reset(mut counter: Counter):
    counter.count = 0


def test_state_lives_as_long_as_the_function_and_is_destroyed_once() raises:
    var ended = 0
    var place = Pointer(to=ended).unsafe_origin_cast[MutUntrackedOrigin]()
    var host = Host()
    host.linker.func[count]("env", "f", Counter(place))
    var instance = host.run("(param i32) (result i32)", "(local.get 0)")
    assert_equal(instance.call[Int32]("run", Int32(2)), 2)
    assert_equal(instance.call[Int32]("run", Int32(40)), 42)
    _ = host^
    # The instance still calls it.
    assert_equal(instance.call[Int32]("run", Int32(1)), 43)
    assert_equal(place[], 0)
    _ = instance^
    assert_equal(place[], 1)
    _ = ended


def test_state_of_a_definition_that_is_refused_is_destroyed_once() raises:
    var ended = 0
    var place = Pointer(to=ended).unsafe_origin_cast[MutUntrackedOrigin]()
    var host = Host()
    host.linker.func[forty_two]("env", "f")
    var error = WasmtimeError(0, "", "")
    try:
        host.linker.func[reset]("env", "f", Counter(place))
    except e:
        error = e.copy()
    assert_true(error.status < 0)
    assert_true("env" in error.message and "f" in error.message)
    assert_equal(place[], 1)
    _ = host^
    assert_equal(place[], 1)
    _ = ended


def length(mut caller: Caller, start: Int32, size: Int32) raises -> Int32:
    var text = caller.memory().read_string(Int(start), Int(size))
    return Int32(text.count_codepoints())


def bump(mut caller: Caller):
    try:
        caller.set_user(caller.user() + 1)
    except:
        pass


def note(
    mut lines: List[String], mut caller: Caller, start: Int32, size: Int32
) raises:
    lines.append(caller.memory().read_string(Int(start), Int(size)))


def noted(mut lines: List[String], mut caller: Caller) -> Int32:
    return Int32(len(lines))


def test_caller() raises:
    var host = Host()
    host.linker.allow_shadowing(True)
    host.linker.func[length]("env", "f")
    var instance = host.run(
        "(param i32 i32) (result i32)", "(local.get 0) (local.get 1)"
    )
    instance.memory("memory").write_string(100, "grüße")
    assert_equal(instance.call[Int32]("run", Int32(100), Int32(7)), 5)
    host.linker.func[bump]("env", "f")
    instance = host.run("")
    instance.call("run")
    instance.call("run")
    assert_equal(host.store.user(), 2)


def test_state_and_caller() raises:
    var host = Host()
    host.linker.func[note]("env", "f", List[String]())
    var instance = host.run("(param i32 i32)", "(local.get 0) (local.get 1)")
    instance.memory("memory").write_string(0, "hello")
    instance.call("run", Int32(0), Int32(5))
    host.linker.func[noted]("env", "g", ["a", "b"])
    var func = host.linker.get(host.store, "env", "g").func()
    assert_equal(func.call[Int32](), 2)


def safe_divide(a: Int32, b: Int32) raises -> Int32:
    if b == 0:
        raise Error("division by zero: ", a, " / ", b)
    return a // b


def test_raising_becomes_a_trap_with_the_message() raises:
    var host = Host()
    host.linker.func[safe_divide]("env", "f")
    var instance = host.run(
        "(param i32 i32) (result i32)", "(local.get 0) (local.get 1)"
    )
    assert_equal(instance.call[Int32]("run", Int32(84), Int32(2)), 42)
    var error = WasmtimeError(0, "", "")
    try:
        _ = instance.call[Int32]("run", Int32(84), Int32(0))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_HOST)
    assert_true("division by zero: 84 / 0" in error.message, error.message)
    assert_equal(error.trap_code, WTS_TRAP_NONE)
    # It stays usable.
    assert_equal(instance.call[Int32]("run", Int32(84), Int32(2)), 42)


struct Refusal(Writable):
    """An error type of the program's own."""

    var reason: String

    def __init__(out self, var reason: String):
        self.reason = reason^

    def write_to(self, mut writer: Some[Writer]):
        writer.write("refused: ", self.reason)


def refuse() raises Refusal:
    raise Refusal("no")


struct Mute:
    """An error type that has no text."""

    def __init__(out self):
        pass


def fail_mutely() raises Mute:
    raise Mute()


def overflow() raises WasmtimeError:
    raise WasmtimeError.trap(WTS_TRAP_INTEGER_OVERFLOW, "too much")


def test_errors_of_any_type() raises:
    var host = Host()
    host.linker.allow_shadowing(True)
    var error = WasmtimeError(0, "", "")
    host.linker.func[refuse]("env", "f")
    try:
        host.run("").call("run")
    except e:
        error = e.copy()
    assert_true("refused: no" in error.message, error.message)
    host.linker.func[fail_mutely]("env", "f")
    error.status = 0
    try:
        host.run("").call("run")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_HOST)
    host.linker.func[overflow]("env", "f")
    try:
        host.run("").call("run")
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_TRAP)
    assert_equal(error.trap_code, WTS_TRAP_INTEGER_OVERFLOW)
    assert_true("too much" in error.message, error.message)


def read_too_far(mut caller: Caller) raises WasmtimeError:
    _ = caller.memory().load[Int32](1_000_000)


def test_failed_access_in_a_host_function_keeps_its_message() raises:
    var host = Host()
    host.linker.func[read_too_far]("env", "f")
    var error = WasmtimeError(0, "", "")
    try:
        host.run("").call("run")
    except e:
        error = e.copy()
    assert_true("1000000" in error.message, error.message)


def call_back(mut caller: Caller, n: Int32) raises -> Int32:
    if n == 0:
        return 0
    return caller.func("run").call[Int32](n - 1) + 1


def test_a_host_function_calls_back() raises:
    var host = Host()
    host.linker.func[call_back]("env", "f")
    var instance = host.run("(param i32) (result i32)", "(local.get 0)")
    assert_equal(instance.call[Int32]("run", Int32(10)), 10)


def describe(reference: ExternRef, other: Optional[ExternRef]) raises -> Int32:
    var size = Int32(reference.get[String]().byte_length())
    return -size if other else size


def pass_on(reference: ExternRef) -> ExternRef:
    return reference


def call_it(func: Func) raises -> Int32:
    return func.call[Int32]()


def test_references() raises:
    var host = Host()
    host.linker.allow_shadowing(True)
    host.linker.func[describe]("env", "f")
    var reference = ExternRef(host.store, String("four"))
    var instance = host.run(
        "(param externref externref) (result i32)",
        "(local.get 0) (local.get 1)",
    )
    assert_equal(
        instance.call[Int32]("run", reference, Optional[ExternRef](None)), 4
    )
    assert_equal(
        instance.call[Int32]("run", reference, Optional(reference)), -4
    )
    host.linker.func[pass_on]("env", "f")
    instance = host.run("(param externref) (result externref)", "(local.get 0)")
    assert_equal(
        instance.call[ExternRef]("run", reference).get[String](), "four"
    )
    host.linker.func[call_it]("env", "f")
    instance = host.run("(param funcref) (result i32)", "(local.get 0)")
    host.linker.func[forty_two]("env", "forty_two")
    assert_equal(
        instance.call[Int32](
            "run", host.linker.get(host.store, "env", "forty_two").func()
        ),
        42,
    )
    var error = WasmtimeError(0, "", "")
    try:
        _ = instance.call[Int32]("run", Optional[Func](None))
    except e:
        error = e.copy()
    assert_equal(error.status, WTS_ERR_HOST)
    assert_false(error.is_trap())
