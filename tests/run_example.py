#!/usr/bin/env python3
"""Runs mojo/examples/run.mojo as from a command line: what it prints, and its exit status.

    run_example.py PROGRAM      with WASMTIME_MOJO_LIB set
"""

import os
import pty
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUEST = "tests/wasm/wasi.wasm"

LIBRARY_OF_FUNCTIONS = """
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 2)))
  (func (export "add") (param i32 i32) (result i32) (i32.mul (global.get $ready) (i32.add (local.get 0) (local.get 1))))
  (func (export "half") (param f64) (result f64) (f64.div (local.get 0) (f64.const 2)))
  (func (export "leave") (call $exit (i32.const 12)))
  (func (export "fail") unreachable))
"""
COMPONENT = """;; The beginning of a text may be another one.
(component
  (core module $m
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "run") (result i32) (i32.const 0))
    (func (export "fail") (result i32) (i32.const 1)))
  (core instance $i (instantiate $m))
  (func $add (param "a" u8) (param "b" u8) (result u8) (canon lift (core func $i "add")))
  (func $run (result (result)) (canon lift (core func $i "NAME")))
  (instance $command (export "run" (func $run)))
  (instance $tools (export "add" (func $add)))
  (export "ns:pkg/tools" (instance $tools))
  (export "wasi:cli/run@0.2.0" (instance $command)))
"""
SPINS = '(module (func (export "_start") (loop (br 0))))'
GROWS = '(module (memory 100) (func (export "_start")))'
LACKS = '(module (import "env" "f" (func)) (func (export "_start")))'

failures = []


def run(program, *arguments, stdin=b""):
    done = subprocess.run([program, *arguments], input=stdin, capture_output=True, cwd=ROOT, timeout=120)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check(program, arguments, status, out=None, err=None, stdin=b""):
    """`out` is all that it prints, `err` are words on its standard error; None stands for nothing."""
    got = run(program, *arguments, stdin=stdin)
    words = [err] if isinstance(err, str) else err or []
    wrong = got[0] != status or got[1] != (out or "") or not all(word in got[2] for word in words)
    if wrong or (not words and got[2]):
        failures.append(f"{arguments}: {got}, not {(status, out, words)}")


def check_progress(program, module):
    """On a terminal a line says that a large module compiles, and goes away."""
    terminal, end = pty.openpty()
    # One of them is large: a module of many functions.
    nothing = subprocess.DEVNULL
    done = subprocess.run([program, str(module)], stdin=nothing, stdout=nothing, stderr=end, cwd=ROOT, timeout=120)
    os.close(end)
    said = os.read(terminal, 4096).decode()
    os.close(terminal)
    if done.returncode != 0 or not said.startswith(f"compiling {module} (") or not said.endswith("\r\x1b[K"):
        failures.append(f"progress: {done.returncode} {said!r}")


def check_all(program, folder):
    files = {}
    texts = {"functions": LIBRARY_OF_FUNCTIONS, "spins": SPINS, "grows": GROWS, "lacks": LACKS, "wrong": "(module ("}
    texts.update({"command": COMPONENT.replace("NAME", "run"), "fails": COMPONENT.replace("NAME", "fail")})
    for name, text in texts.items():
        files[name] = str(Path(folder, name + ".wat"))
        Path(files[name]).write_text(text)
    Path(folder, "data").mkdir()
    Path(folder, "data", "file").write_text("of the host")
    large = Path(folder, "large.wat")
    large.write_text("(module " + '(func (result i32) (i32.const 1))\n' * 8000 + '(func (export "_start")))')
    data = f"{folder}/data::/"

    check(program, [GUEST, "say=hello", "env=HOME", "exit=3"], 3, "hello\nenv HOME: none\n")
    check(program, [GUEST, "say=--env", "say=x"], 0, "--env\nx\n")
    check(program, ["--env", "A=1=2", "--env=B=", GUEST, "env=A", "env=B"], 0, "env A: 1=2\nenv B: \n")
    check(program, [GUEST, "echo="], 0, "from a pipe", stdin=b"from a pipe")
    check(program, [GUEST, "warn=careful"], 0, None, "careful")
    read = "cat file: SUCCESS\n  of the host\n"
    check(program, ["--dir", data, GUEST, "cat=file", "write=new"], 0, read + "write new: SUCCESS\n")
    check(program, ["--dir", data + ":ro", GUEST, "cat=file", "write=other"], 0, read + "write other: PERM\n")
    check(program, [GUEST, "cat=file"], 0, "cat file: BADF\n")
    check(program, ["--timeout", "100", files["spins"]], 124, None, "timeout of 100 ms")
    check(program, ["--timeout", "100", GUEST, "sleep=60000"], 124, None, "timeout of 100 ms")
    check(program, ["--timeout", "60000", GUEST, "say=in time"], 0, "in time\n")
    check(program, ["--fuel", "100000", files["spins"]], 134, None, "fuel")
    check(program, ["--fuel", "100000000", GUEST, "say=enough"], 0, "enough\n")
    check(program, ["--memory-max", "1000000", files["grows"]], 125, None, "memory")
    check(program, ["--memory-max", "10000000", files["grows"]], 0)
    check(program, ["--invoke", "add", files["functions"], "20", "1"], 0, "i32:42\n")
    check(program, ["--invoke", "half", files["functions"], "5"], 0, "f64:2.5\n")
    check(program, ["--invoke", "leave", files["functions"]], 12)
    check(program, ["--invoke", "fail", files["functions"]], 134, None, "unreachable")
    check(program, ["--invoke", "add", files["functions"], "1"], 125, None, "add takes 2 arguments, not 1")
    check(program, ["--invoke", "add", files["functions"], "1", "x"], 125, None, ["x is no i32"])
    check(program, ["--invoke", "sub", files["functions"]], 125, None, ["sub", "add"])
    check(program, ["--invoke", "main", GUEST], 125, None, "command")
    check(program, [files["functions"]], 125, None, "_start")
    check(program, [files["lacks"]], 125, None, ["env", "f"])
    check(program, [files["wrong"]], 125, None, "wrong.wat")
    check(program, [files["command"]], 0)
    check(program, [files["fails"]], 1)
    check(program, ["--invoke", "ns:pkg/tools#add", files["command"], "40", "2"], 0, "42\n")
    check(program, ["--invoke", "ns:pkg/tools#add", files["command"], "40"], 125, None, "takes 2 arguments")
    check(program, ["--invoke", "sub", files["command"]], 125, None, ["sub", "ns:pkg/tools#add"])
    check(program, ["/nowhere.wasm"], 125, None, "there is no file /nowhere.wasm")
    check(program, [folder], 125, None, "is a folder")
    check(program, [], 125, None, "--help")
    check(program, ["--fules", "1", GUEST], 125, None, "--fules")
    check(program, ["--fuel"], 125, None, "--fuel")
    check(program, ["--fuel", "many", GUEST], 125, None, "not many")
    check(program, ["--dir", "here", GUEST], 125, None, "HOST::GUEST")
    check(program, ["--dir", "/nowhere::/", GUEST], 125, None, "/nowhere")
    check(program, ["--env", "A", GUEST], 125, None, "NAME=VALUE")
    status, out, _ = run(program, "--help")
    if status != 0 or "--memory-max BYTES" not in out:
        failures.append("--help does not help")
    check_progress(program, large)
    began = time.monotonic()
    check(program, ["--timeout", "1000", GUEST, "sleep=60000"], 124, None, "timeout")
    if time.monotonic() - began > 30:
        failures.append("the timeout took too long")


def main():
    with tempfile.TemporaryDirectory() as folder:
        check_all(os.path.abspath(sys.argv[1]), folder)
    sys.exit("\n".join(failures) or 0)


main()
