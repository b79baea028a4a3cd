"""What is about the running thread."""

from std.testing import TestSuite, assert_equal
from wasmtime_mojo import live_count, thread_init


def test_init_twice() raises:
    thread_init()
    thread_init()


def main() raises:
    TestSuite.discover_tests[__functions_in_module()]().run()
    assert_equal(live_count(), 0)
