#!/usr/bin/env python3
"""Makes the pages of the site: those in docs/, and the reference from what is generated of the sources.

    python3 docs/build.py target/docs/pages target/mojo-doc.json
"""

import json
import re
import shutil
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent


def cell(text):
    """A text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def anchors(text, known):
    """Names of functions become links to what says more of them."""
    return re.sub(r"`(wts_\w+)`", lambda m: f"[`{m[1]}`](#{m[1]})" if m[1] in known else m[0], text)


# ---- Functions of the library ----


def functions_page(abi):
    known = {f["name"] for f in abi["functions"]}
    out = [f"# Functions\n\nEvery function of the library, {len(known)} of them, as `wasmtime_shim.h` declares them.\n"]
    section = None
    for f in abi["functions"]:
        if f["object"] != section:
            section = f["object"]
            out.append(f"## {section.replace('_', ' ').capitalize()} {{ #{section} }}\n")
        params = ", ".join(declared(p) for p in f["params"]) or "void"
        out.append(f"### {f['name']} {{ #{f['name']} }}\n\n```c\n{f['returns']} {f['name']}({params});\n```\n")
        out.append(anchors(f["doc"], known) + "\n")
        if f["errors"]:
            out.append("**Errors:** " + ", ".join(f"[`{e}`](numbers.md#{e})" for e in f["errors"]) + "\n")
        for title in ("threads", "safety"):
            if f[title]:
                out.append(f"**{title.capitalize()}:** {anchors(f[title], known)}\n")
    return "\n".join(out)


def declared(param):
    space = "" if param["type"].endswith("*") else " "
    return f"{param['type']}{space}{param['name']}"


def numbers_page(abi):
    out = ["# Numbers\n\nThe types and numbers that cross.\n", "## Types\n", "| type | in C | what it is |", "|---|---|---|"]
    out += [f"| `{t['name']}` | `{t['c']}` | {cell(t['doc'])} |" for t in abi["types"]]
    out += ["\n## Callbacks\n"]
    for c in abi["callbacks"]:
        params = ", ".join(declared(p) for p in c["params"])
        out.append(f"### {c['name']} {{ #{c['name']} }}\n\n```c\ntypedef {c['returns']} (*{c['name']})({params});\n```\n\n{c['doc']}\n")
    out += ["\n## Constants\n", "| name | number | what it says |", "|---|---|---|"]
    out += [f"| <span id=\"{c['name']}\">`{c['name']}`</span> | {c['value']} | {cell(c['doc'])} |" for c in abi["constants"]]
    return "\n".join(out) + "\n"


# ---- The Mojo package ----


def mojo_page(package):
    out = ["# Mojo package\n", package["summary"] + "\n"]
    for module in sorted(package["modules"], key=lambda m: m["name"]):
        if module["name"].startswith("_"):
            continue
        parts = [part(d, 3) for kind in ("functions", "structs", "traits") for d in module[kind] if not d["name"].startswith("_")]
        if parts:
            out += [f"## {module['name'].rstrip('_')} {{ #module-{module['name']} }}\n", module["summary"] + "\n", *parts]
    return "\n".join(out)


def part(decl, level):
    """A function with its overloads, or a struct or trait with what it has."""
    out = [f"{'#' * level} {decl['name']}\n"]
    if "overloads" in decl:
        return "\n".join(out + [overload(o) for o in decl["overloads"]])
    out += [f"```mojo\n{decl['kind']} {decl.get('signature') or decl['name']}\n```\n", text(decl)]
    fields = [f for f in decl.get("fields", []) if not f["name"].startswith("_")]
    if fields:
        out += ["| field | type | what it is |", "|---|---|---|"]
        out += [f"| `{f['name']}` | `{cell(f['type'])}` | {cell(f['summary'] + ' ' + f.get('description', ''))} |" for f in fields] + [""]
    for function in decl.get("functions", []):
        if not re.match(r"_(?!_)", function["name"]):
            out += [f"**{decl['name']}.{function['name']}**\n"] + [overload(o) for o in function["overloads"]]
    return "\n".join(out)


def overload(o):
    lines = [f"```mojo\n{o['signature']}\n```\n", text(o)]
    for arg in [*o.get("parameters", []), *o.get("args", [])]:
        if arg.get("description"):
            lines.append(f"- `{arg['name']}`: {cell(arg['description'])}")
    returned, raised = o.get("returns") or {}, o.get("raisesDoc")
    if isinstance(returned, dict) and returned.get("doc"):
        lines.append(f"\n**Returns:** {returned['doc']}")
    if raised:
        lines.append(f"\n**Raises:** {raised}")
    return "\n".join(lines) + "\n"


def text(decl):
    return "\n\n".join(t for t in (decl.get("summary"), decl.get("description")) if t) + "\n"


# ---- Pages that are filled in ----


def theirs():
    """What does the work of each function of Wasmtime's C API, from docs/coverage.md."""
    coverage = (DOCS / "coverage.md").read_text(encoding="utf-8")
    c_api = coverage.split("## Wasmtime's C API\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`\w+`) \| (.*) \|$", c_api, re.M)
    if len(rows) < 200:
        sys.exit("docs/coverage.md: hardly any functions of Wasmtime's C API are found there")
    return "\n".join(["| theirs | ours |", "|---|---|"] + [f"| {name} | {ours} |" for name, ours in rows])


def diagram(match):
    """The drawing itself: as part of the page it has the colours of the page."""
    return (DOCS / f"diagrams/{match[1]}.svg").read_text(encoding="utf-8")


def in_repository(page):
    """Links to files that are no pages become their names."""
    return re.sub(r"\[([^\]]*)\]\((?!https?:|#|[\w/]+\.md)[^)]+\)", r"\1", page)


def main(pages, mojo_doc):
    shutil.rmtree(pages, ignore_errors=True)
    (pages / "reference").mkdir(parents=True)
    abi = json.loads((ROOT / "include/wasmtime_shim.json").read_text(encoding="utf-8"))
    for path in DOCS.glob("*.md"):
        page = path.read_text(encoding="utf-8")
        page = re.sub(r"<!-- diagram: (\w+) -->", diagram, page.replace("<!-- theirs -->", theirs()))
        (pages / path.name).write_text(page, encoding="utf-8")
    (pages / "changelog.md").write_text(in_repository((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")), encoding="utf-8")
    (pages / "reference/functions.md").write_text(functions_page(abi), encoding="utf-8")
    (pages / "reference/numbers.md").write_text(numbers_page(abi), encoding="utf-8")
    package = json.loads(mojo_doc.read_text(encoding="utf-8"))["decl"]
    (pages / "reference/mojo.md").write_text(mojo_page(package), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
