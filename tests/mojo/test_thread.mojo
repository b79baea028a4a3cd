"""What is about the running thread."""

from std.testing import TestSuite, assert_equal
from wasmtime_mojo import live_count, thread_init, thread_set_stack


def test_init_twice() raises:
    thread_init()
    thread_init()


def test_the_own_stack_is_known() raises:
    thread_set_stack(1)
    thread_set_stack(0)


def main() raises:
    TestSuite.discover_tests[__functions_in_module()]().run()
    assert_equal(live_count(), 0)
