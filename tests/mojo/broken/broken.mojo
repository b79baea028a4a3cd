"""Programs that are wrong, each in its own way, for who proves that a checker of memory finds it.

    broken CASE

What the library keeps or copies for a caller lies on the caller's heap.
"""

from std.sys import argv
from std.testing import assert_true
from wasmtime_mojo import Engine, Memory, MemoryType, Store
from wasmtime_mojo._box import _free, _heap


# What was to be handed to the library is handed to nobody. Its address is used, lest it be optimised away.
@no_inline
def lose(value: Int) -> Int:
    return Int(_heap(value))


def leaks() raises:
    var sum = 0
    for value in range(10):
        sum += lose(value)
    assert_true(sum > 0)


def write_to_memory(place: Pointer[Int, _], length: Int) raises:
    var memory = Memory(Store(Engine()), MemoryType(1))
    var bytes = place.unsafe_bitcast[UInt8]()
    memory.write(0, Span(unsafe_ptr=bytes, length=length))


# The library copies bytes that are gone.
def reads_freed() raises:
    var place = _heap(7)
    _free(place)
    write_to_memory(place, 8)


# The library copies a byte more than there is.
def reads_beyond() raises:
    var place = _heap(7)
    write_to_memory(place, 9)
    _free(place)


def main() raises:
    if len(argv()) == 1:
        print("leaks\nreads_freed\nreads_beyond")
    elif argv()[1] == "leaks":
        leaks()
    elif argv()[1] == "reads_freed":
        reads_freed()
    elif argv()[1] == "reads_beyond":
        reads_beyond()
    else:
        raise Error("there is no case ", argv()[1])
