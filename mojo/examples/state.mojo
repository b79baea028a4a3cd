"""Three places for the host's state: in a store, in a host function, and a number that goes with a store."""

from std.testing import assert_equal

from wasmtime_mojo import Caller, Engine, InstancePre, Linker, Module, Store

comptime WAT = """
(module
  (import "host" "add_to_total" (func $add_to_total (param i64)))
  (import "host" "next_ticket" (func $next_ticket (result i32)))
  (import "host" "customer" (func $customer (result i64)))
  (func (export "count_to") (param $last i64) (local $i i64)
    (loop $next
      (local.set $i (i64.add (local.get $i) (i64.const 1)))
      (call $add_to_total (local.get $i))
      (br_if $next (i64.lt_s (local.get $i) (local.get $last)))))
  (func (export "draw_ticket") (result i32) (call $next_ticket))
  (func (export "who") (result i64) (call $customer)))
"""


@fieldwise_init
struct Account(Movable):
    """The state of one store."""

    var name: String
    var total: Int64


def add_to_total(mut caller: Caller, amount: Int64) raises:
    caller.state[Account]().total += amount


@fieldwise_init
struct Tickets(Movable):
    """The state of one host function, whichever store calls it."""

    var drawn: Int32


def next_ticket(mut tickets: Tickets) -> Int32:
    tickets.drawn += 1
    return tickets.drawn


def customer(mut caller: Caller) raises -> UInt64:
    """Finds the number that the store was made with."""
    return caller.user()


def count(engine: Engine, pre: InstancePre, last: Int64) raises -> Int64:
    """Counts in a store of its own."""
    var store = Store(engine, state=Account(String("up to ", last), 0))
    var instance = pre.instantiate(store)
    instance.call("count_to", last)
    ref account = store.state[Account]()
    print(account.name, ": ", account.total, sep="")
    return account.total


def draw(engine: Engine, pre: InstancePre, user: UInt64) raises -> Int32:
    """Draws a ticket in a store of its own."""
    var instance = pre.instantiate(Store(engine, user=user))
    var ticket = instance.call[Int32]("draw_ticket")
    var who = instance.call[UInt64]("who")
    print(t"customer {who} has ticket {ticket}")
    assert_equal(who, user)
    return ticket


def main() raises:
    var engine = Engine()
    var linker = Linker(engine)
    linker.func[add_to_total]("host", "add_to_total")
    linker.func[next_ticket]("host", "next_ticket", Tickets(0))
    linker.func[customer]("host", "customer")
    # Imports are looked up and checked once, for as many stores as there are.
    var pre = linker.instantiate_pre(Module(engine, WAT))

    assert_equal(count(engine, pre, 10), 55)
    assert_equal(count(engine, pre, 100), 5050)
    assert_equal(draw(engine, pre, user=1001), 1)
    assert_equal(draw(engine, pre, user=1002), 2)
