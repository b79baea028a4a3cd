"""One module on several threads: each thread has a store of its own.

Mojo's standard library starts no threads, so the system's are called here.
"""

from std.ffi import external_call

from wasmtime_mojo import Caller, Engine, InstancePre, Linker, Module, Store

comptime WAT = """
(module
  (import "host" "hello" (func $hello))
  (func (export "run") (call $hello)))
"""

comptime THREADS = 10
comptime CALLS = 3


@fieldwise_init
struct Work(Copyable):
    """What a thread gets. Engine and pre-instance are the same in all of them."""

    var engine: Engine
    var pre: InstancePre
    var hellos: Int


def hello(mut caller: Caller) raises:
    caller.state[Int]() += 1


def run(mut work: Work) raises:
    var store = Store(work.engine, state=0)
    var instance = work.pre.instantiate(store)
    for _ in range(CALLS):
        instance.call("run")
    work.hellos = store.state[Int]()


def start(work: Pointer[Work, MutUntrackedOrigin]) abi("C") -> Int:
    # What is raised cannot leave a thread.
    try:
        run(work[])
    except error:
        print(error)
    return 0


def main() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[hello]("host", "hello")
    var pre = linker.instantiate_pre(Module(engine, WAT))

    var works = List[Work](length=THREADS, fill=Work(engine, pre, 0))
    var threads = List[UInt64]()
    for i in range(THREADS):
        var id = UInt64(0)
        if external_call["pthread_create", Int32](
            Pointer(to=id), UInt64(0), start, Pointer(to=works[i])
        ):
            break
        threads.append(id)
    for i in range(len(threads)):
        _ = external_call["pthread_join", Int32](threads[i], UInt64(0))
        print(t"thread {i} said hello {works[i].hellos} times")
