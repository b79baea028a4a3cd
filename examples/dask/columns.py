"""A sandboxed WebAssembly function over the partitions of a data set, on several worker processes of Dask.

    WASMTIME_SHIM_LIB=target/release/libwasmtime_shim.so python3 examples/dask/columns.py [--partitions 64] [--rows 100000]

The guest is compiled once, here; each worker loads the artifact once. A partition is one call over its columns, in a store of
its own with a bound on memory and time. On the way one worker is killed: its partitions are done anew, and the result is
the same as that of a single process. One partition has a row that makes the guest loop for ever: it ends by its timeout, alone.
"""

import argparse
import hashlib
import logging
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from distributed import Client, LocalCluster, WorkerPlugin, as_completed, get_worker

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples/python"))
os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "examples/python"), str(ROOT / "examples/dask")])
from wts import Error, Library  # noqa: E402

# Compound interest, month by month: what a user of a database might send. A negative number of months never ends.
GUEST = """
(module (func (export "balance") (param $amount f64) (param $months i64) (result f64)
  (loop $next
    (if (i64.ne (local.get $months) (i64.const 0)) (then
      (local.set $amount (f64.mul (local.get $amount) (f64.const 1.0025)))
      (local.set $months (i64.sub (local.get $months) (i64.const 1)))
      (br $next))))
  (local.get $amount)))
"""
TIMEOUT_MS = 60_000
MEMORY = 16 << 20


class Guest:
    """The library and the loaded artifact of one process."""

    def __init__(self, library, artifact=None):
        self.wts = Library(library, ROOT / "include/wasmtime_shim.json")
        config = self.wts.config_new()
        self.wts.config_set(config, self.wts.OPT_EPOCH_INTERRUPTION, 1)
        self.engine = self.wts.engine_new(config)
        self.wts.config_delete(config)
        load = self.wts.module_deserialize_file if artifact else self.wts.module_new
        self.module = load(self.engine, artifact or GUEST)

    def balances(self, amounts, months, timeout_ms=TIMEOUT_MS):
        """One partition, in a store of its own."""
        wts, results = self.wts, np.empty(len(amounts))
        store = wts.store_new(self.engine, 0)
        try:
            wts.store_set_limits(store, MEMORY, *[wts.UNLIMITED] * 4, 0)
            wts.store_set_timeout_ms(store, timeout_ms)
            func = wts.instance_get_export(wts.instance_new(store, self.module, []), "balance")
            columns = [amounts.ctypes.data, months.ctypes.data]
            wts.func_call_columns(func, len(amounts), columns, [], [results.ctypes.data], [])
        finally:
            wts.store_delete(store)
        return results


class Load(WorkerPlugin):
    """Loads the artifact when a worker starts, also one that takes the place of a killed one."""

    def __init__(self, library, artifact):
        self.library, self.artifact = library, artifact

    def setup(self, worker):
        worker.guest = Guest(self.library, self.artifact)


def partition(number, rows):
    """The data set: the same in every process."""
    random = np.random.default_rng(number)
    return random.uniform(1, 1000, rows), random.integers(0, 360, rows)


def digest(balances):
    return hashlib.blake2b(balances.tobytes(), digest_size=16).hexdigest()


def work(number, rows):
    return number, os.getpid(), digest(get_worker().guest.balances(*partition(number, rows)))


def poisoned(rows):
    amounts, months = partition(0, rows)
    months[rows // 2] = -1
    return digest(get_worker().guest.balances(amounts, months, timeout_ms=200))


def measure(client, options, kill):
    """All partitions: their digests, the seconds, and the process that was killed."""
    began, results, killed = time.perf_counter(), {}, None
    futures = client.map(work, range(options.partitions), rows=options.rows, pure=False, retries=5)
    done = as_completed(futures, with_results=True)
    for _, (number, pid, result) in done:
        results[number] = result
        if kill and len(results) == options.partitions // 4:
            killed, kill = pid, False
            os.kill(pid, signal.SIGKILL)
    return results, time.perf_counter() - began, killed


def check(condition, complaint):
    if not condition:
        sys.exit(complaint)


def main(options):
    library = os.environ["WASMTIME_SHIM_LIB"]
    with tempfile.TemporaryDirectory() as folder:
        artifact, here = os.path.join(folder, "guest.cwasm"), Guest(library)
        here.wts.module_serialize_file(here.module, artifact)
        expected = {n: digest(here.balances(*partition(n, options.rows))) for n in range(options.partitions)}
        for workers in options.workers:
            processes = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
            # The one that is killed would be reported at length.
            with LocalCluster(**processes, silence_logs=logging.CRITICAL) as cluster, Client(cluster) as client:
                client.register_plugin(Load(os.path.abspath(library), artifact))
                results, seconds, _ = measure(client, options, kill=False)
                check(results == expected, f"{workers} workers: the result is another")
                print(f"{workers} workers: {options.partitions * options.rows / seconds:,.0f} rows per second", flush=True)
                if workers != max(options.workers):
                    continue
                results, _, killed = measure(client, options, kill=True)
                check(killed and results == expected, "after a worker was killed the result is another")
                print(f"worker killed midway: {len(results)} partitions, the same result")
                try:
                    client.submit(poisoned, options.rows).result()
                    sys.exit("the guest that loops for ever came to an end")
                except Error as error:
                    print("a row that loops for ever:", error.args[1].split(":")[0])
                results, _, _ = measure(client, options, kill=False)
                check(results == expected, "after a timeout the result is another")
                print("after that: the same result")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--partitions", type=int, default=64)
    parser.add_argument("--rows", type=int, default=100_000)
    main(parser.parse_args())
