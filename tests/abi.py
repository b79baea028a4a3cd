#!/usr/bin/env python3
"""Compares the ABI of a library with that of the last release: functions, their parameters, and numbers.

    python3 tests/abi.py compare LIBRARY     the library, with debug information, with tests/abi/
    python3 tests/abi.py keep LIBRARY        writes tests/abi/, when a release is made
    python3 tests/abi.py prove               tries the comparison on changes that it must refuse, and on one that it must not

tests/abi/ holds what abidw says of the last release's library, and its numbers. abidiff and abidw are of libabigail.
"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests/abi"
HEADER = ROOT / "include/wasmtime_shim.h"
# What abidiff answers is a set of bits: 4 is a change, and 8 one that breaks.
ERROR, USAGE, CHANGE, BREAKS = 1, 2, 4, 8


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)


def numbers(json_path):
    abi = json.loads(Path(json_path).read_text(encoding="utf-8"))
    return {c["name"]: c["value"] for c in abi["constants"] if not c["name"].startswith("WTS_VERSION_")}


def broken_functions(old, new, suppressions=None):
    """What abidiff has against the new one: removed functions, and those whose parameters changed."""
    done = run("abidiff", "--no-added-syms", *(["--suppressions", suppressions] if suppressions else []), old, new)
    if done.returncode & (ERROR | USAGE):
        sys.exit(f"abidiff failed\n{done.stdout}{done.stderr}")
    return done.stdout if done.returncode & (CHANGE | BREAKS) else ""


def broken_numbers(old, new):
    return [f"{name} was {value} and is {new.get(name, 'gone')}\n" for name, value in old.items() if new.get(name) != value]


def declared():
    """The prototypes of the header, without its comments."""
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(encoding="utf-8"), flags=re.S)
    return text, [" ".join(p.split()) for p in re.findall(r"^WTS_API\s+([^;]+);", text, re.M)]


def stub(folder, name, prototypes):
    """A library that has nothing but the ABI, from prototypes of C. It compiles in a second, with debug information."""
    text, _ = declared()
    types = re.sub(r"^WTS_API\s+[^;]+;", "", text, flags=re.M)
    bodies = "".join(f"WTS_API {p} {{ return 0; }}\n" for p in prototypes)
    source, library = folder / f"{name}.c", folder / f"lib{name}.so"
    source.write_text(types + bodies, encoding="utf-8")
    done = run("cc", "-g", "-shared", "-fPIC", "-w", source, "-o", library)
    if done.returncode:
        sys.exit(f"the stub does not compile\n{done.stderr}")
    return library


def prove():
    """One mutant of each kind; what is only added is no break."""
    _, prototypes = declared()
    if len(prototypes) < 100:
        sys.exit(f"{HEADER}: hardly any prototypes are found there")
    def changed(old, new):
        mutants = [p.replace(old, new) for p in prototypes]
        assert mutants != prototypes, old
        return mutants
    call = next(p for p in prototypes if "wts_func_call(" in p)
    mutants = {
        "a wider parameter": changed("wts_config_set(wts_config_t config, int32_t option", "wts_config_set(wts_config_t config, int64_t option"),
        "a pointer to another width": changed("wts_error_exit_status(wts_error_t error, int32_t *", "wts_error_exit_status(wts_error_t error, int64_t *"),
        "a parameter less": changed(call, call.replace(", size_t nresults", "")),
        "another result": changed("wts_status_t wts_engine_delete(", "int64_t wts_engine_delete("),
        "a function removed": [p for p in prototypes if p != call],
    }
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        old = stub(folder, "old", prototypes)
        added = stub(folder, "added", prototypes + ["wts_status_t wts_teapot_new(int32_t x)"])
        assert not broken_functions(old, added), "a function that is added is refused"
        for number, (what, mutant) in enumerate(mutants.items()):
            assert broken_functions(old, stub(folder, f"mutant{number}", mutant)), f"{what}: not refused"
            print("refused:", what)
    old = numbers(ROOT / "include/wasmtime_shim.json")
    assert not broken_numbers(old, old | {"WTS_ERR_TEAPOT": -99}), "a number that is added is refused"
    for what, new in {"another number": old | {"WTS_ERR_TRAP": -23}, "a number removed": {k: v for k, v in old.items() if k != "WTS_I32"}}.items():
        assert broken_numbers(old, new), f"{what}: not refused"
        print("refused:", what)


def keep(library):
    KEPT.mkdir(exist_ok=True)
    done = run("abidw", "--drop-undefined-syms", "--no-comp-dir-path", "--no-show-locs", "--no-corpus-path",
               "--no-parameter-names", library)
    if done.returncode:
        sys.exit(f"abidw failed\n{done.stderr}")
    (KEPT / "library.abi.gz").write_bytes(gzip.compress(done.stdout.encode(), mtime=0))
    (KEPT / "numbers.json").write_text(json.dumps(numbers(ROOT / "include/wasmtime_shim.json"), indent=1) + "\n", encoding="utf-8")


def mutants_of(kept):
    """The last release with a parameter of another width, and with a function more."""
    start = kept.index("<function-decl name='wts_config_set'")
    decl = kept[start : kept.index("</function-decl>", start)]
    _, option, value = re.findall(r"<parameter type-id='([^']+)'", decl)
    yield "another parameter", kept.replace(decl, decl.replace(f"'{option}'/>\n", f"'{value}'/>\n", 1), 1)
    yield "a function that is gone", re.sub(r"(name|id)='wts_config_set'", r"\1='wts_config_gone'", kept)


def compare(library):
    kept = gzip.decompress((KEPT / "library.abi.gz").read_bytes()).decode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.abi"
        for what, mutant in mutants_of(kept):
            assert mutant != kept, what
            path.write_text(mutant, encoding="utf-8")
            assert "wts_config" in broken_functions(path, library), f"{what}: not refused"
            print("refused:", what)
        path.write_text(kept, encoding="utf-8")
        broken = broken_functions(path, library)
    old = json.loads((KEPT / "numbers.json").read_text(encoding="utf-8"))
    broken += "".join(broken_numbers(old, numbers(ROOT / "include/wasmtime_shim.json")))
    if broken:
        sys.exit(f"breaks programs that were built against the last release:\n{broken}")
    print("nothing that the last release had was changed or removed")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prove"]:
            prove()
        case ["keep", library]:
            keep(library)
        case ["compare", library]:
            compare(library)
        case _:
            sys.exit(__doc__)
