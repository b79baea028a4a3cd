#!/usr/bin/env python3
"""Lists the licences of everything that is inside the library, and refuses what may not be.

    python3 packaging/licenses.py check                 each dependency has a licence that is allowed
    python3 packaging/licenses.py list THIRD-PARTY.txt  writes names, licences and their texts

`deny.toml` says the same to cargo-deny, which also asks for advisories; this needs nothing but cargo.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = re.compile(r"^(licen[cs]e|copying|notice|unlicense)", re.I)


def allowed():
    """What each package may have, and what some may have besides."""
    with open(ROOT / "deny.toml", "rb") as file:
        licenses = tomllib.load(file)["licenses"]
    return set(licenses["allow"]), {e["crate"]: set(e["allow"]) for e in licenses.get("exceptions", [])}


def satisfied(expression, allow):
    """Whether an SPDX expression can be met: OR needs one side, AND both; WITH belongs to its licence."""
    tokens = re.findall(r"\(|\)|[^\s()]+(?:\s+WITH\s+[^\s()]+)?", expression.replace("/", " OR "))

    def any_of():
        met = all_of()
        while tokens[:1] == ["OR"]:
            tokens.pop(0)
            met = all_of() or met
        return met

    def all_of():
        met = one()
        while tokens[:1] == ["AND"]:
            tokens.pop(0)
            met = one() and met
        return met

    def one():
        token = tokens.pop(0) if tokens else ")"
        if token == "(":
            met = any_of()
            if not tokens or tokens.pop(0) != ")":
                raise ValueError(expression)
            return met
        if token in (")", "OR", "AND"):
            raise ValueError(expression)
        return re.sub(r"\s+", " ", token) in allow

    met = any_of()
    if tokens:
        raise ValueError(expression)
    return met


def prove_the_rule():
    """The rule is tried on expressions that it must take and refuse."""
    allow = {"MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"}
    for good in ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(MIT OR GPL-3.0) AND Apache-2.0", "Apache-2.0 WITH LLVM-exception"]:
        assert satisfied(good, allow), good
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "MIT WITH Classpath-exception-2.0"]:
        assert not satisfied(bad, allow), bad


def packages():
    """What is compiled into the library on the machines that are supported: no tests, no build tools."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    for target in ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin"]:
        command += ["--filter-platform", target]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    reached, waiting = set(), [metadata["resolve"]["root"]]
    while waiting:
        package = waiting.pop()
        if package not in reached:
            reached.add(package)
            for dependency in nodes[package]["deps"]:
                if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                    waiting.append(dependency["pkg"])
    reached.discard(metadata["resolve"]["root"])
    return sorted((p for p in metadata["packages"] if p["id"] in reached), key=lambda p: (p["name"], p["version"]))


def texts(package):
    folder = Path(package["manifest_path"]).parent
    return [path.read_text(encoding="utf-8", errors="replace").strip()
            for path in sorted(folder.iterdir()) if path.is_file() and TEXTS.match(path.name)]


def check(found):
    allow, exceptions = allowed()
    fits = [satisfied(p["license"] or "none", allow | exceptions.get(p["name"], set())) for p in found]
    refused = [f"{p['name']} {p['version']}: {p['license']}" for p, fit in zip(found, fits) if not fit]
    if refused:
        sys.exit("these licences are not in deny.toml:\n" + "\n".join(refused))
    print(f"{len(found)} packages, all with a licence that deny.toml allows")


def write(found, path):
    """The list, then each text once with the packages that it belongs to."""
    lines = ["libwasmtime_shim contains these packages of crates.io, under the licences named:", ""]
    lines += [f"{p['name']} {p['version']}: {p['license']}" for p in found]
    owners = {}
    for package in found:
        for text in texts(package):
            owners.setdefault(text, []).append(f"{package['name']} {package['version']}")
    for text, names in owners.items():
        lines += ["", "=" * 80, ", ".join(names), "=" * 80, "", text]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path}: {len(found)} packages, {len(owners)} texts")


def main(arguments):
    prove_the_rule()
    if arguments == ["check"]:
        check(packages())
    elif len(arguments) == 2 and arguments[0] == "list":
        found = packages()
        check(found)
        write(found, arguments[1])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
