#!/usr/bin/env python3
"""Runs what the documents show, and compares what they say with the library.

    python3 tests/readme.py target/release/libwasmtime_shim.so .venv/bin/mojo [docs/c.md ...]

A block ```c, ```cpp, ```mojo or ```python is a program. The block after it, ```sh, has the commands that compile and run it, and
the one after that, ```text, what they print. ```c fragment and ```mojo fragment are not run, nor are commands
without a program. WTS_GENERATE=1 rewrites README's table of options. With names of documents
only what has such a name is checked.
"""

import ctypes
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
# With the ending of their files.
PROGRAMS = {"c": "c", "cpp": "cpp", "mojo": "mojo", "python": "py"}
OTHERS = ["sh", "text", "cmake", "c fragment", "mojo fragment", "rust fragment"]
TIMEOUT = 300


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def need(condition, complaint):
    if not condition:
        raise AssertionError(complaint)


# ---- Programs ----


class Block:
    def __init__(self, document, line, language, text):
        self.place, self.language, self.text = f"{document}:{line}", language, text


def blocks(document):
    """The fenced blocks of a document."""
    found, open_block = [], None
    for number, line in enumerate(read(document).splitlines(), 1):
        fence = line.lstrip()
        if not fence.startswith("```"):
            if open_block:
                open_block.text += line + "\n"
        elif open_block:
            open_block.text = textwrap.dedent(open_block.text)
            found.append(open_block)
            open_block = None
        else:
            open_block = Block(document, number, fence[3:].strip(), "")
    need(open_block is None, f"{document}: a block is not closed")
    for block in found:
        need(block.language in [*PROGRAMS, *OTHERS], f"{block.place}: what is a block of `{block.language}`?")
    return found


def programs(document):
    """Each program with its commands and what they print."""
    all_blocks = blocks(document)
    for index, block in enumerate(all_blocks):
        if block.language in PROGRAMS:
            following = all_blocks[index + 1 : index + 3]
            languages = [after.language for after in following]
            need(languages == ["sh", "text"], f"{block.place}: `sh` and `text` must follow, not {languages}")
            yield block, following[0].text, following[1].text


def run_program(library, mojo, program, commands, expected):
    """Runs the commands where they find what they find in a clone that was built."""
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder)
        for name in ["include", "mojo", "examples", "tests"]:
            (clone / name).symlink_to(ROOT / name)
        (clone / "target").mkdir()
        (clone / "target/release").symlink_to(library.parent)
        (clone / ".venv").symlink_to(mojo.parent.parent)
        ending = PROGRAMS[program.language]
        name = re.search(rf"\b(\w+\.{ending})\b", commands)
        need(name, f"{program.place}: its commands do not name a .{ending} file")
        (clone / name[1]).write_text(program.text, encoding="utf-8")
        done = subprocess.run(
            ["sh", "-eu", "-c", commands.replace(".so", library.suffix)],
            cwd=clone, capture_output=True, text=True, timeout=TIMEOUT, check=False,
        )
    need(done.returncode == 0, f"{program.place}: ended with {done.returncode}\n{done.stdout}{done.stderr}")
    # Warnings of the compilers come here, and a program that is shown has none.
    need(done.stderr == "", f"{program.place}: printed to standard error\n{done.stderr}")
    # The last line of a block cannot be empty.
    need(done.stdout.rstrip() == expected.rstrip(), f"{program.place}: printed\n{done.stdout}instead of\n{expected}")


# ---- Options ----


class Options:
    """The options of the library, through its C ABI."""

    KINDS = {1: "0 or 1", 2: "number", 3: "bytes", 4: "choice", 5: "text"}

    def __init__(self, library):
        self.library = ctypes.CDLL(str(library))

    def call(self, name, *arguments):
        status = getattr(self.library, name)(*arguments)
        need(status == 0, f"{name} answered {status}")

    def get(self, name, *arguments, kind=ctypes.c_int32):
        out = kind()
        self.call(name, *arguments, ctypes.byref(out))
        return out.value

    def text(self, name, option):
        size = self.get(name, option, None, ctypes.c_size_t(0), kind=ctypes.c_size_t)
        buffer = ctypes.create_string_buffer(size)
        self.call(name, option, buffer, ctypes.c_size_t(size), ctypes.byref(ctypes.c_size_t()))
        return buffer.raw.decode()

    def values(self, option):
        kind = self.KINDS[self.get("wts_option_kind", option)]
        if kind in ("0 or 1", "text"):
            return kind
        low, high = ctypes.c_int64(), ctypes.c_int64()
        self.call("wts_option_range", option, ctypes.byref(low), ctypes.byref(high))
        show = size if kind == "bytes" else "{:,}".format
        return f"{kind}: {show(low.value)} to {show(high.value)}"

    def table(self):
        lines = ["| option | value | what it does |", "|---|---|---|"]
        for index in range(self.get("wts_option_count", kind=ctypes.c_size_t)):
            option = self.get("wts_option_at", ctypes.c_size_t(index))
            name, doc = self.text("wts_option_name", option), self.text("wts_option_doc", option)
            lines.append(f"| `{name}` | {self.values(option)} | {doc} |")
        return "\n".join(lines) + "\n"


def size(number):
    """A number of bytes, in the unit that makes it short."""
    if number == 2**63 - 1:
        return "2^63 - 1"
    units = ["", " KiB", " MiB", " GiB", " TiB"]
    while number and number % 1024 == 0 and len(units) > 1:
        number //= 1024
        units.pop(0)
    return f"{number}{units[0]}"


def check_options(library):
    start, end = "<!-- options -->\n", "<!-- end of options -->"
    readme, fresh = read("README.md"), Options(library).table()
    need(readme.count(start) == readme.count(end) == 1, f"README.md: the options stand between {start}and {end}")
    before, rest = readme.split(start)
    table, after = rest.split(end)
    if os.environ.get("WTS_GENERATE") == "1":
        (ROOT / "README.md").write_text(before + start + fresh + end + after, encoding="utf-8")
        return
    stale = [line for line in fresh.splitlines() if line not in table.splitlines()]
    need(table == fresh, "README.md: the table of options is stale; WTS_GENERATE=1 rewrites it. New: " + "\n".join(stale))


# ---- What the documents name ----


def check_changelog_names_every_function():
    functions = re.findall(r"\b(wts_\w+)\(", re.sub(r"^typedef.*", "", read("tests/abi.lock"), flags=re.M))
    need(len(functions) > 100, "tests/abi.lock: hardly any functions are found there")
    named = set(re.findall(r"`(wts_\w+)`", read("CHANGELOG.md")))
    missing = sorted(set(functions) - named)
    need(not missing, "CHANGELOG.md does not name " + ", ".join(missing))


def check_changelog_names_every_dependency():
    manifest = read("Cargo.toml")
    sections = re.findall(r"^\[(?:dev-)?dependencies\]\n(.*?)(?=^\[|\Z)", manifest, re.M | re.S)
    names = re.findall(r"^([\w-]+) *=", "\n".join(sections), re.M) + re.findall(r"^\[dependencies\.([\w-]+)\]", manifest, re.M)
    need(len(names) > 10, "Cargo.toml: hardly any dependencies are found there")
    missing = [name for name in names if f"| `{name}` |" not in read("CHANGELOG.md")]
    need(not missing, "CHANGELOG.md does not say why there is " + ", ".join(missing))


def check_names(document):
    """Names of the ABI exist, and so do the files and the targets of make that a document speaks of."""
    text = read(document)
    known = read("tests/abi.lock") + read("include/wts.h")
    for name in set(re.findall(r"\b(?:wts|WTS)_\w+\b", text)) - {"WTS_LIB", "WTS_MOJO", "WTS_GENERATE", "WTS_MISUSE_ONLY"}:
        if re.fullmatch(r"wts_call(_(i32|i64|f32|f64))+(_void)?", name):
            continue  # made by macros
        found = name in known if name.endswith("_") else re.search(rf"\b{name}\b", known)
        need(found, f"{document}: there is no {name}")
    for path in set(re.findall(r"`((?:src|include|mojo|tests|benches|\.ci)/[\w./]*)`", text)):
        need((ROOT / path).exists(), f"{document}: there is no {path}")
    targets = re.findall(r"^([a-z-]+):", read("Makefile"), re.M)
    for target in set(re.findall(r"\bmake ([a-z-]+)", "\n".join(re.findall(r"`[^`]*`|^make.*", text, re.M)))):
        need(target in targets, f"{document}: there is no `make {target}`")


def check_figures():
    """Each measurement of `make bench` has a line with numbers, and the picture shows it."""
    listed = read("benches/bench.rs").split("fn benches()")[1].split("\n}\n")[0]
    measured = re.findall(r'^ +\w+\("(\w+)"', listed, re.M) + re.findall(r'\btiming\("(\w+)"', listed)
    section = read("README.md").split("\n## Figures\n")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `(\w+)` \|(.*)\|$", section, re.M))
    need(sorted(rows) == sorted(set(measured)), f"README.md: figures are of {sorted(rows)}, `make bench` prints {measured}")
    for name, row in rows.items():
        unit, *cells = [cell.strip() for cell in row.split("|")]
        need(all(re.fullmatch(r"[\d.]+|–", cell) for cell in cells), f"README.md: the figures of {name} are {cells}")
        alone = sum(cell != "–" for cell in cells) == 1
        need(unit == "x" or alone or f">{name}</text>" in read("benches/results.svg"), f"benches/results.svg does not show {name}")


# ---- All of them ----


def checks(library, mojo):
    """Name and function of each check, which runs before the next one is asked for, unless it is a program."""
    shown = []
    for document in DOCUMENTS:
        yield f"blocks of {document}", lambda: shown.extend(programs(document))
        yield f"names in {document}", lambda: check_names(document)
    for program, commands, printed in shown:
        yield f"program at {program.place}", partial(run_program, library, mojo, program, commands, printed)
    for language in PROGRAMS:
        found = [program for program, _, _ in shown if program.language == language]
        yield f"programs in {language}", lambda: need(found, f"the documents show no program in {language}")
    yield "options in README.md", lambda: check_options(library)
    yield "functions in CHANGELOG.md", check_changelog_names_every_function
    yield "dependencies in CHANGELOG.md", check_changelog_names_every_dependency
    yield "figures in README.md", check_figures


def run(name, check):
    """Runs a check and tells whether it passed."""
    try:
        check()
    except Exception as error:  # a check that breaks has failed
        print(f"FAILED {name}\n{error}", flush=True)
        return False
    print(f"ok     {name}", flush=True)
    return True


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    paths = [Path(argument).absolute() for argument in arguments[:2]]
    for path in paths:
        if not path.exists():
            sys.exit(f"{path} does not exist")
    only = arguments[2:]
    wanted = ((name, check) for name, check in checks(*paths) if not only or any(part in name for part in only))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        # Programs are compiled, which takes seconds. What comes before them finds them.
        started = [(pool.submit(run, *each) if each[0].startswith("program at ") else run(*each)) for each in wanted]
    results = [each.result() if isinstance(each, Future) else each for each in started]
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
