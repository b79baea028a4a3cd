"""SQLite, compiled for WASI, works on a database file in the one folder that is open to it.

    mojo run -I mojo mojo/examples/sqlite.mojo      from the root of the repository, after `make sqlite`

The program inserts rows and sums them up, and says so on its standard output, which is kept for this one. The same
program, compiled for this machine, stands beside it.
"""

from std.os import makedirs
from std.subprocess import run

from wasmtime_mojo import Engine, Linker, Module, Store, Wasi

comptime ROWS = "100000"
comptime FOLDER = "target/sqlite/mojo"
comptime GUEST = "target/sqlite/sqlite.wasm"
comptime NATIVE = "target/sqlite/native"


struct Answer:
    """What the program prints: a name and a number in each line."""

    var names: List[String]
    var numbers: List[Int]

    def __init__(out self, text: String) raises:
        self.names = []
        self.numbers = []
        for line in text.strip().split("\n"):
            var parts = line.split(" ")
            self.names.append(String(parts[0]))
            self.numbers.append(Int(parts[1]))

    def get(self, name: String) raises -> Int:
        for index in range(len(self.names)):
            if self.names[index] == name:
                return self.numbers[index]
        raise Error("the program did not print ", name)


def run_inside() raises -> Answer:
    # Everything the program gets: its arguments, one folder, and where its output goes.
    var wasi = Wasi()
    wasi.args(["sqlite", "/items.db", ROWS])
    wasi.open_dir(FOLDER, "/", writable=True)
    wasi.keep_stdout(4096)
    wasi.inherit_stderr()
    var engine = Engine()
    var linker = Linker(engine)
    linker.define_wasi()
    var store = Store(engine)
    store.set_wasi(wasi)
    var status = linker.run_command(store, Module.from_file(engine, GUEST))
    if status != 0:
        raise Error("SQLite exited with ", status)
    return Answer(wasi.stdout_text())


def run_natively() raises -> Answer:
    return Answer(run(String(NATIVE, " ", FOLDER, "/native.db ", ROWS)))


def show(name: String, answer: Answer) raises:
    var rows_per_second = (
        answer.get("rows") * 1_000_000_000 // answer.get("insert_ns")
    )
    print(
        name,
        ": ",
        rows_per_second,
        " rows per second inserted, ",
        answer.get("sum_ns") // 1_000_000,
        " ms to sum them up",
        sep="",
    )


def main() raises:
    makedirs(FOLDER, exist_ok=True)
    var inside = run_inside()
    var natively = run_natively()
    for name in ["rows", "sum", "letters"]:
        if inside.get(name) != natively.get(name):
            raise Error("they do not agree on ", name)
    print(inside.get("rows"), "rows, their sum", inside.get("sum"))
    show("inside", inside)
    show("natively", natively)
