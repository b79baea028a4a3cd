"""Runs the programs that CTest knows under a checker of memory: no error, and no leak after everything was deleted.

    memory.py valgrind BUILD [WORD...]    # valgrind's memcheck, with the ordinary library
    memory.py address BUILD [WORD...]     # AddressSanitizer and LeakSanitizer; library and programs are made for them

BUILD is a folder of CMake's, see tests/CMakeLists.txt. With words, only the programs whose names contain one of them.
What a checker cannot judge stands in tests/memory.tsv, each with its reason. First programs that are wrong are run, of
which each has to be found (tests/c/broken.c, tests/mojo/broken/broken.mojo).
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXCEPTIONS = ROOT / "tests/memory.tsv"
SUPPRESSIONS = ROOT / "tests/memory.supp"

# So long a program may take: a checker makes it some twenty times slower.
SECONDS = 1200


@dataclass
class Report:
    """What a checker says of one program."""

    name: str
    status: int = 0
    cases: int = 0
    seconds: float = 0.0
    errors: list = field(default_factory=list)
    output: str = ""
    # Of valgrind alone: accesses of guests that hit a guard page, and became traps.
    faults: int = 0

    def failed(self):
        return self.status != 0 or bool(self.errors)


class Valgrind:
    """Memcheck. Blocks to which only pointers into their middle lead, such as the tables of hash maps, may be lost or
    not as far as it can tell; they are LeakSanitizer's to judge, which follows such pointers too."""

    # Mojo's own allocator is none that it knows.
    BROKEN = ["broken"]
    OPTIONS = [
        "--quiet", "--tool=memcheck", "--leak-check=full", "--show-leak-kinds=definite,indirect",
        "--smc-check=all-non-file", "--fair-sched=yes", "--num-callers=40", "--xml=yes",
        # Stacks of fibers lie closer to each other than valgrind believes that stacks do.
        "--max-stackframe=1000000",
        # Traps are found by the address of the instruction that faults, which it loses where it follows jumps.
        "--vex-guest-chase=no",
    ]

    def command(self, folder, command):
        log = f"--xml-file={folder}/%p.xml"
        return ["valgrind", *self.OPTIONS, f"--suppressions={SUPPRESSIONS}", log, *command]

    def environment(self, folder):
        return {}

    def judge(self, folder, report):
        processes = [process for process in map(read_process, folder.glob("*.xml")) if process is not None]
        pids = {process.findtext("pid") for process in processes}
        for process in processes:
            forked = process.findtext("ppid") in pids
            for error in process.iter("error"):
                if is_fault_of_guest(error):
                    report.faults += 1
                elif not (forked and is_leak(error)):
                    report.errors.append(describe(error))


def read_process(path):
    """What valgrind says of a process; nothing of one that was killed, as some tests want it."""
    try:
        return ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        return None


def is_leak(error):
    """Of a forked child these say nothing: what the threads of its parent held, nobody holds there."""
    return error.findtext("kind").startswith("Leak_")


def is_fault_of_guest(error):
    """Whether an access was wrong of compiled WebAssembly itself, whose code is in no file: it is to hit a guard page,
    and a trap is what comes of that."""
    frame = error.find("stack/frame")
    return error.findtext("kind") in ("InvalidRead", "InvalidWrite") and frame.find("obj") is None


def describe(error):
    what = error.findtext("what") or error.findtext("xwhat/text")
    frames = [frame.findtext("fn") or frame.findtext("obj") or "?" for frame in error.iterfind("stack/frame")]
    return f"{error.findtext('kind')}: {what}\n" + "\n".join(f"        {frame}" for frame in frames[:20])


class Address:
    """AddressSanitizer, and LeakSanitizer at the end of each process."""

    BROKEN = ["broken", "mojo/broken"]
    OPTIONS = [
        "detect_leaks=1",
        # Faults are Wasmtime's to catch, on its own signal stacks.
        "handle_segv=0", "handle_sigbus=0", "handle_sigfpe=0", "handle_sigill=0", "use_sigaltstack=0",
        # A count that is too large has to come back as a status.
        "allocator_may_return_null=1",
        # Code that is compiled at run time leaves frames without telling.
        "detect_stack_use_after_return=0",
        # Mojo's list tells what it does not use of its room, even where it has none.
        "detect_container_overflow=0",
        "exitcode=99",
    ]

    def command(self, folder, command):
        return command

    def environment(self, folder):
        return {"ASAN_OPTIONS": ":".join([*self.OPTIONS, f"log_path={folder}/report"])}

    def judge(self, folder, report):
        texts = [path.read_text(errors="replace") for path in folder.glob("report.*")]
        # It also warns of what it expects to be wrong soon, such as a count that is too large.
        report.errors.extend(text for text in texts if "ERROR: " in text)


CHECKERS = {"valgrind": Valgrind(), "address": Address()}


@dataclass
class Program:
    """A test of CTest's that is a program which was built there, and how it is run."""

    command: list
    environment: dict

    def without(self, cases):
        if "MOJO_PART" in self.environment:
            options = ["--skip", *cases] if cases else []
        else:
            options = [f"-{case}" for case in cases]
        return Program(self.command + options, self.environment)


def configured(build, name):
    return re.search(f"^{name}:.*=(.*)$", (build / "CMakeCache.txt").read_text(), re.M)[1]


def programs(build):
    """The programs that CTest runs and that were built there, by name."""
    ctest = configured(build, "CMAKE_CTEST_COMMAND")
    listed = subprocess.run([ctest, "--test-dir", build, "--show-only=json-v1"], check=True, capture_output=True)
    found = {}
    for test in json.loads(listed.stdout)["tests"]:
        command = test.get("command", [])
        if "--" in command:
            # What it prints is compared elsewhere.
            command = command[command.index("--") + 1:]
        if command and Path(command[0]).parent in (build, build / "mojo"):
            properties = {each["name"]: each["value"] for each in test["properties"]}
            environment = dict(each.split("=", 1) for each in properties.get("ENVIRONMENT", []))
            found[test["name"]] = Program(command, environment)
    return found


def read_exceptions(checker):
    """For the checker: what is left out of which program, and the line that says so."""
    exceptions = []
    for number, line in enumerate(EXCEPTIONS.read_text().splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        columns = line.split("\t")
        if len(columns) != 4 or not all(columns):
            sys.exit(f"{EXCEPTIONS}:{number}: checker, program, case, reason")
        if columns[0] in (checker, "both"):
            exceptions.append((number, columns[1], columns[2]))
    return exceptions


def cases_of(name):
    """The cases of a program, by its source; None when it has none."""
    if name.startswith("mojo_"):
        source, pattern = ROOT / f"tests/mojo/{name.removeprefix('mojo_')}.mojo", r"^def (test_\w+)\(\)"
    else:
        source, pattern = ROOT / f"tests/c/{name}.c", r"^\s*RUN\((\w+)\)"
    return re.findall(pattern, source.read_text(), re.M) if source.exists() else None


def run(checker, name, program):
    report = Report(name)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        environment = os.environ | program.environment | checker.environment(folder)
        start = time.monotonic()
        try:
            done = subprocess.run(checker.command(folder, program.command), cwd=ROOT, env=environment, timeout=SECONDS,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            report.status, output = done.returncode, done.stdout
        except subprocess.TimeoutExpired as expired:
            report.status, output = -1, expired.stdout or b""
            report.errors.append(f"not over after {SECONDS} s")
        report.seconds = time.monotonic() - start
        report.output = output.decode(errors="replace")
        report.cases = len(re.findall(r"^ok     \w+$|^ +PASS \[.*\] test_\w+$", report.output, re.M))
        checker.judge(folder, report)
    return report


def prove(checker, build):
    """Wrong programs, each of which has to be found."""
    environment = {"WASMTIME_MOJO_LIB": configured(build, "WTS_LIB")}
    wrong = []
    for broken in checker.BROKEN:
        cases = subprocess.run([build / broken], check=True, capture_output=True, text=True).stdout.split()
        wrong += [Program([str(build / broken), case], environment) for case in cases]
    missed = [program.command for program in wrong if not run(checker, program.command[1], program).errors]
    if missed or not wrong:
        sys.exit(f"not found to be wrong: {missed}")
    print(f"{len(wrong)} of {len(wrong)} wrong programs were found")


def chosen(build, name, words):
    """The programs to run, each without what is excepted."""
    left_out, wrong = {}, []
    for number, program, case in read_exceptions(name):
        cases = cases_of(program)
        if cases is None or case not in ("*", *cases):
            wrong.append(f"{EXCEPTIONS}:{number}: there is no {program} {case}")
        left_out.setdefault(program, []).append(case)
    if wrong:
        sys.exit("\n".join(wrong))
    found = {}
    for test, program in sorted(programs(build).items()):
        cases = left_out.get(test, [])
        if "*" not in cases and (not words or any(word in test for word in words)):
            found[test] = program.without(cases)
    if not found:
        sys.exit(f"no program in {build} is called {' or '.join(words)}")
    return found


def main():
    if len(sys.argv) < 3 or sys.argv[1] not in CHECKERS:
        sys.exit(__doc__)
    name, build, words = sys.argv[1], Path(sys.argv[2]).resolve(), sys.argv[3:]
    checker = CHECKERS[name]
    wanted = chosen(build, name, words)
    prove(checker, build)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        running = [pool.submit(run, checker, test, program) for test, program in wanted.items()]
        reports = []
        for report in (future.result() for future in running):
            reports.append(report)
            outcome = "FAILED" if report.failed() else "ok"
            print(f"{outcome:7} {report.name:32} {report.cases:4} cases {report.seconds:7.1f} s", flush=True)
            if report.failed():
                print(f"        status {report.status}\n{report.output}", *report.errors[:10], sep="\n")
    cases, errors = sum(report.cases for report in reports), sum(len(report.errors) for report in reports)
    failed, faults = sum(report.failed() for report in reports), sum(report.faults for report in reports)
    print(f"{name}: {len(reports)} programs, {cases} cases, {errors} errors and leaks, {failed} programs failed"
          + (f"; {faults} faults of guests, which became traps" if faults else ""))
    sys.exit(1 if failed else 0)


main()
