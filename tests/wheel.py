#!/usr/bin/env python3
"""Installs the wheel into a fresh virtual environment and runs the program that its description shows.

    python3 tests/wheel.py target/wheel/wasmtime_mojo-0.1.0-py3-none-manylinux_2_34_x86_64.whl [mojo==1.2.0]

Nothing else is there: no flag, no environment variable, no other library. What is built runs from another folder.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def shown():
    """The program, the commands and what they print."""
    text = (ROOT / "packaging/README-wheel.md").read_text(encoding="utf-8")
    return re.findall(r"^```(?:mojo|sh|text)\n(.*?)^```", text, re.M | re.S)


def timed(what, *command, **options):
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False, **options)
    if done.returncode != 0:
        sys.exit(f"{what}: ended with {done.returncode}\n{done.stdout}{done.stderr}")
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)
    return done.stdout


def check_contents(wheel):
    """The whole package, one library, the licence; and the description is what `pip` shows."""
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"modular/lib/mojo/wasmtime_mojo/{path.name}" for path in (ROOT / "mojo/wasmtime_mojo").glob("*.mojo")}
    missing = wanted - names
    if missing or not any(re.fullmatch(r"modular/lib/libwasmtime_shim\.(so|dylib)", name) for name in names):
        sys.exit(f"{wheel}: has no library, or not {sorted(missing)}")
    extra = [name for name in names if not name.endswith("/") and not re.match(r"modular/lib/|wasmtime_mojo-[\d.]+\.dist-info/", name)]
    licences = [name for name in names if re.search(r"licenses/(LICENSE|.*THIRD-PARTY\.txt)$", name)]
    if extra or len(licences) != 2:
        sys.exit(f"{wheel}: has the licences {licences}, and {extra} that is not looked for")


def main(wheel, mojo="mojo"):
    check_contents(wheel)
    program, commands, printed = shown()
    with tempfile.TemporaryDirectory() as folder:
        environment, work = Path(folder) / "venv", Path(folder) / "work"
        work.mkdir()
        venv.create(environment, with_pip=True)
        timed("pip install", environment / "bin/python", "-m", "pip", "install", "--quiet", wheel, mojo)
        (work / "hello.mojo").write_text(program, encoding="utf-8")
        # Nothing of the caller's own environment helps.
        clean = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        clean["PATH"] = f"{environment}/bin:/usr/bin:/bin"
        got = ""
        for command in commands.splitlines():
            got += timed(command, "sh", "-eu", "-c", command, cwd=work, env=clean)
        if got.rstrip() != printed.rstrip():
            sys.exit(f"printed\n{got}instead of\n{printed}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*sys.argv[1:])
