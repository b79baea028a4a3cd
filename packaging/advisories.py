#!/usr/bin/env python3
"""Refuses dependencies with a known vulnerability, unmaintained ones and yanked ones, by cargo-deny and RustSec's database.

    python3 packaging/advisories.py CARGO_DENY

First it is tried on a database with one advisory, which is made up. Where the database cannot be fetched that is said
instead of anything about the dependencies; on GitHub, where it always can, that is a failure.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "https://github.com/RustSec/advisory-db"

MADE_UP = """```toml
[advisory]
id = "RUSTSEC-2099-0001"
package = "wasmtime"
date = "2099-01-01"

[versions]
patched = [">= {patched}"]
```

# Made up
"""


def deny(program, *arguments, **environment):
    command = [program, "--color", "never", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | environment)


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@localhost", *arguments], check=True)


def with_made_up(program, patched):
    """What cargo-deny says when Wasmtime has an advisory for versions before `patched`."""
    with tempfile.TemporaryDirectory() as folder:
        database, config = Path(folder, "database"), Path(folder, "deny.toml")
        advisory = database / "crates/wasmtime/RUSTSEC-2099-0001.md"
        advisory.parent.mkdir(parents=True)
        advisory.write_text(MADE_UP.format(patched=patched), encoding="utf-8")
        git(database, "init", "--quiet", "--initial-branch=main")
        git(database, "add", ".")
        git(database, "commit", "--quiet", "--message=made up")
        rules = (ROOT / "deny.toml").read_text(encoding="utf-8")
        config.write_text(rules.replace("[advisories]", f'[advisories]\ndb-path = "{folder}/store"'), encoding="utf-8")
        redirect = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.file://{database}.insteadOf", "GIT_CONFIG_VALUE_0": DATABASE}
        return deny(program, "--config", str(config), "check", "advisories", **redirect)


def prove(program):
    refused = with_made_up(program, "999.0.0")
    if refused.returncode == 0 or "RUSTSEC-2099-0001" not in refused.stderr:
        sys.exit(f"an advisory against Wasmtime is not refused\n{refused.stdout}{refused.stderr}")
    taken = with_made_up(program, "1.0.0")
    if taken.returncode != 0:
        sys.exit(f"an advisory against an old Wasmtime is refused\n{taken.stdout}{taken.stderr}")


def main(program):
    prove(program)
    fetched = deny(program, "fetch", "db")
    if fetched.returncode != 0:
        said = f"advisories: NOT CHECKED, since {DATABASE} could not be fetched:\n{fetched.stderr.rstrip()}"
        sys.exit(said) if os.environ.get("GITHUB_ACTIONS") else print(said)
        return
    checked = deny(program, "check", "advisories")
    if checked.returncode != 0:
        sys.exit(f"{checked.stdout}{checked.stderr}")
    print("advisories: none against the dependencies")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]))
