"""A host function that reads JSON from the guest's memory and writes a number back there.

What it knows of JSON is a small counter of keys, written here: it follows strings and their escapes, takes a string
before a colon for a key, and does not validate.
"""

from std.testing import assert_equal

from wasmtime_mojo import Caller, Engine, Linker, Module, Store

comptime WAT = """
(module
  (import "env" "count_keys"
    (func $count_keys (param $text i32) (param $length i32) (param $count i32)))
  (memory (export "memory") 1)
  (func (export "keys") (param $text i32) (param $length i32) (result i32)
    (call $count_keys (local.get $text) (local.get $length) (i32.const 0))
    (i32.load (i32.const 0))))
"""

comptime DOCUMENT = r"""{
  "name": "a 3\" screw: tricky text",
  "tags": ["x", {"y": 1}],
  "size": {"w": 2, "h": 3}
}
"""

comptime QUOTE = UInt8(ord('"'))
comptime BACKSLASH = UInt8(ord("\\"))
comptime COLON = UInt8(ord(":"))


def count_keys_in(json: Span[UInt8, _]) -> Int32:
    var keys = Int32(0)
    var in_string = False
    var after_string = False
    var i = 0
    while i < len(json):
        var byte = json[i]
        if in_string:
            if byte == BACKSLASH:
                i += 1  # what is escaped ends no string
            elif byte == QUOTE:
                in_string = False
                after_string = True
        elif byte == QUOTE:
            in_string = True
        elif byte == COLON and after_string:
            keys += 1
            after_string = False
        elif byte > UInt8(ord(" ")):
            after_string = False
        i += 1
    return keys


def count_keys(
    mut caller: Caller, text: UInt32, length: UInt32, count: UInt32
) raises:
    var memory = caller.memory()
    var json = memory.read(Int(text), Int(length))
    memory.store(Int(count), count_keys_in(json))


def main() raises:
    var engine = Engine()
    var store = Store(engine)
    var linker = Linker(engine)
    linker.func[count_keys]("env", "count_keys")
    var instance = linker.instantiate(store, Module(engine, WAT))

    comptime ADDRESS = 1024
    instance.memory("memory").write_string(ADDRESS, DOCUMENT)
    var keys = instance.call[Int32](
        "keys", Int32(ADDRESS), Int32(DOCUMENT.byte_length())
    )
    print(t"{DOCUMENT}has {keys} keys")
    assert_equal(keys, 6)
