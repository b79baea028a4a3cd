#!/usr/bin/env python3
"""Counts the lines of the examples, and compares README's table with them.

    python3 tests/example_lines.py                     is README's table what the files give? WTS_GENERATE=1 rewrites it
    python3 tests/example_lines.py --count FILE...     the lines of some files, together

A line counts unless it is blank or has nothing but a comment. The guest's text counts too: it stands in our programs,
and in files of their own (.wat) beside Wasmtime's.
"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What each shows, and the lines of Wasmtime's own, counted by this script: --count examples/gcd.c examples/gcd.wat. They
# are in the package wasmtime-cli 46.0.1 of crates.io; 47 and 48 leave them out. `linking` has a second .wat, `serialize`
# uses hello.wat, `async` is in C++ (.cc), and `debug_info` is fib-debug/main.c, without its guest.
OFFICIAL = {
    "hello": ("a module calls a function of the host", 100),
    "gcd": ("a call with arguments and a result", 108),
    "linking": ("what one module exports is what another imports", 151),
    "memory": ("reading, writing and growing a memory", 233),
    "multimemory": ("two memories in one module", 300),
    "multi": ("several results", 148),
    "serialize": ("compile once, load many times", 126),
    "fuel": ("a budget of instructions", 116),
    "interrupt": ("an endless loop ended from another thread", 104),
    "threads": ("a module on several threads", 154),
    "async": ("an event loop drives a call, and a function of the host waits", 238),
    "externref": ("values of the host in WebAssembly's hands", 140),
    "anyref": ("values of WebAssembly's collector", 158),
    "debug_info": ("the source of the guest, for debuggers and in backtraces", 112),
}


# Other languages: how each calls C, about how many minutes its program took, and what stood in the way.
LANGUAGES = {
    "Python": ("ctypes", 40, "examples/python/wts.py examples/python/hello.py", "An exception in a callback is printed and forgotten, so that the loader catches all."),
    "JavaScript": ("koffi, in Node", 30, "examples/javascript/wts.js examples/javascript/hello.js", "koffi runs C on a stack of its own: `wts_thread_set_stack`. 64-bit numbers are BigInt."),
    "Ruby": ("Fiddle", 5, "examples/ruby/hello.rb", "Nothing on the main stack; a fiber says `wts_thread_set_stack` first."),
    "Lua": ("LuaJIT ffi", 5, "examples/lua/hello.lua", "Nothing. It reads the header, without the preprocessor's lines."),
    "PHP": ("FFI", 5, "examples/php/hello.php", "It reads the header, too. Strings are not taken for `const uint8_t *`."),
    "Perl": ("FFI::Platypus", 5, "examples/perl/hello.pl", "The address of a text is taken from a variable."),
    "Java": ("JNA, JDK 17", 5, "examples/java/Hello.java", "Callbacks are garbage-collected unless a variable holds them."),
    "Go": ("cgo", 10, "examples/go/hello.go", "A callback is an exported function, whose parameters all need names."),
    "C++": ("wts.h", 5, "examples/cpp/hello.cpp", "Nothing."),
    "Zig": ("translate-c", 15, "examples/zig/hello.zig", "Nothing of the ABI; what reads files differs between releases of Zig."),
}


def code(text, suffix):
    """The text without comments. A marker of a comment inside a string is none."""
    if suffix == ".py":
        text = without(r'("(?:\\.|[^"\\\n])*"(?!"))|""".*?"""', text)
    if suffix in (".py", ".rb", ".pl"):
        return without(r'("(?:\\.|[^"\\\n])*")|(?<![$\S])#[^\n]*', text)
    if suffix == ".lua":
        return without(r'("(?:\\.|[^"\\\n])*")|--[^\n]*', text)
    if suffix == ".wat":
        return without(r"()\(;.*?;\)|;;[^\n]*", text)
    if suffix == ".mojo":
        # A string of three quotes that begins a line is a docstring; the one after `comptime WAT =` is the guest.
        text = without(r'(?<=[^ \t\n])( """.*?""")|""".*?"""', text)
        return without(r'("(?:\\.|[^"\\\n])*")|#[^\n]*', text)
    return without(r'("(?:\\.|[^"\\\n])*")|/\*.*?\*/|//[^\n]*', text)


def without(pattern, text):
    """The text without what matches, but for the group of the pattern. Lines stay apart."""
    return re.sub(pattern, lambda found: found[1] or "\n" * found[0].count("\n"), text, flags=re.S)


def count(text, suffix):
    return sum(1 for line in code(text, suffix).splitlines() if line.strip())


def lines(path):
    return count(Path(path).read_text(encoding="utf-8"), Path(path).suffix)


# Small programs with the number of their lines.
SAMPLES = [
    (".c", '/* none\n * none */\nint one; // that\n\n// none\nchar *two = "/* //";\n', 2),
    (".py", '"""None.\n\nNone."""\n# none\none = "# \\"" # that\ntwo = """\n"""\n', 2),
    (".lua", "-- none\none = '#' -- that\n", 1),
    (".rb", '# none\nputs "#{one}"\n', 1),
    (".cc", "int one; /* none\n*/ int two;\n", 2),
    (".wat", ";; none\n(module (; that ;)\n  br 0 (;@1;)\n  )\n", 3),
    (".mojo", '"""None.\n\nNone."""\nvar one = """\n(two)\n"""\n\n# none\ndef four():\n    """None."""\n    pass\n', 5),
]


def table():
    rows = ["| example | what it shows | Wasmtime's C API | ours in C | ours in Mojo |", "|---|---|---|---|---|"]
    for name, (shows, official) in OFFICIAL.items():
        c, mojo = lines(ROOT / f"tests/c/example_{name}.c"), lines(ROOT / f"mojo/examples/{name}.mojo")
        rows.append(f"| `{name}` | {shows} | {official} | {c} | {mojo} |")
    return "\n".join(rows) + "\n"


def languages():
    rows = ["| language | by | lines | minutes to write | what stood in the way |", "|---|---|---|---|---|"]
    for name, (by, minutes, files, hurdle) in LANGUAGES.items():
        number = " + ".join(str(lines(ROOT / file)) for file in files.split())
        rows.append(f"| {name}: `{files.split()[-1]}` | {by} | {number} | {minutes} | {hurdle} |")
    return "\n".join(rows) + "\n"


def check_table(document, what, fresh):
    start, end = f"<!-- {what} -->\n", f"<!-- end of {what} -->"
    text = (ROOT / document).read_text(encoding="utf-8")
    if not text.count(start) == text.count(end) == 1:
        sys.exit(f"{document}: the {what} stand between {start}and {end}")
    before, rest = text.split(start)
    old, after = rest.split(end)
    if os.environ.get("WTS_GENERATE") == "1":
        (ROOT / document).write_text(before + start + fresh + end + after, encoding="utf-8")
    elif old != fresh:
        sys.exit(f"{document}: the table of {what} is stale; WTS_GENERATE=1 rewrites it. It should be\n{fresh}")


def check():
    for suffix, text, number in SAMPLES:
        assert count(text, suffix) == number, f"{count(text, suffix)} lines, not {number}, are counted in {text}"
    check_table("README.md", "examples", table())
    check_table("docs/languages.md", "languages", languages())


if sys.argv[1:2] == ["--count"]:
    print(sum(lines(path) for path in sys.argv[2:]))
else:
    check()
