"""What is about the running thread."""

from std.testing import assert_equal
from wasmtime_mojo import thread_init, thread_set_stack


def test_init_twice() raises:
    thread_init()
    thread_init()


def test_the_own_stack_is_known() raises:
    thread_set_stack(1)
    thread_set_stack(0)
