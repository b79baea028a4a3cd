#!/usr/bin/env python3
"""Reads database files that SQLite wrote in a sandbox with this machine's own SQLite, and compares them with those that
the same program wrote outside.

    sqlite_agrees.py FOLDER...          each with items.db and native.db
"""

import sqlite3
import sys
from pathlib import Path


def rows(path):
    if not path.exists():
        sys.exit(f"{path} is not there: run the example first")
    with sqlite3.connect(path) as database:
        (state,) = database.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            sys.exit(f"{path} is damaged: {state}")
        return database.execute("SELECT id, number, name FROM items ORDER BY id").fetchall()


def main():
    for folder in sys.argv[1:]:
        inside, natively = rows(Path(folder, "items.db")), rows(Path(folder, "native.db"))
        if not inside or inside != natively:
            sys.exit(f"{folder}: the {len(inside)} rows of the sandbox are not the {len(natively)} rows written natively")
        print(f"{folder}: the file agrees in all {len(inside)} rows (SQLite {sqlite3.sqlite_version} of Python reads it)")


main()
