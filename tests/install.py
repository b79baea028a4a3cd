#!/usr/bin/env python3
"""Installs into a prefix, builds C programs against it as a stranger would, runs them, and removes it again.

    python3 tests/install.py target/release/libwasmtime_shim.so
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tests/install"
PRINTED = "40 + 2 = 42\n"


def need(condition, complaint):
    if not condition:
        raise AssertionError(complaint)


def run(*command, **environment):
    done = subprocess.run(
        command, env=os.environ | environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    need(done.returncode == 0, f"{' '.join(map(str, command))} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


class Installed:
    """What `make install` puts into a folder, for as long as that takes."""

    def __init__(self, library, folder, prefix, destdir=""):
        self.folder, self.prefix = folder, Path(f"{destdir}{prefix}")
        # -o: the library is built, and the test runs while others do.
        self.make = ["make", "-s", "-o", "build", f"INSTALL_LIB={library}", f"PREFIX={prefix}", f"DESTDIR={destdir}"]

    def __enter__(self):
        self.before = self.files()
        run(*self.make, "install")
        return self

    def __exit__(self, kind, error, trace):
        run(*self.make, "uninstall")
        if kind is None:
            left = self.files() - self.before
            need(not left, f"left after make uninstall: {sorted(map(str, left))}")

    def files(self):
        """All that is there, but for folders that others share."""
        shared = ["lib", "include", "share", "pkgconfig", "cmake", "doc"]
        return {path for path in self.folder.rglob("*") if path.is_file() or path.is_symlink() or path.name not in shared} - {
            *self.prefix.parents, self.prefix
        }


def pkg_config(prefix, *arguments):
    return run("pkg-config", *arguments, "wasmtime_shim", PKG_CONFIG_PATH=str(prefix / "lib/pkgconfig")).split()


def check_pkg_config(prefix, build):
    program = build / "by_pkg_config"
    run("cc", "-Wall", "-Wextra", "-Werror", SOURCE / "main.c", "-o", program, *pkg_config(prefix, "--cflags", "--libs"))
    # Programs remember the soname, which the installed link resolves.
    need(run(program, LD_LIBRARY_PATH=str(prefix / "lib")) == PRINTED, "the program by pkg-config prints something else")
    version = (ROOT / "Cargo.toml").read_text().split('version = "')[1].split('"')[0]
    need(pkg_config(prefix, "--modversion") == [version], "the version of the .pc file")


def check_static(prefix, build):
    program = build / "static"
    libs = [str(prefix / "lib/libwasmtime_shim.a") if flag == "-lwasmtime_shim" else flag
            for flag in pkg_config(prefix, "--static", "--cflags", "--libs")]
    run("cc", SOURCE / "main.c", "-o", program, *libs)
    need(run(program) == PRINTED, "the static program prints something else")
    need("libwasmtime_shim" not in run("ldd", program), "the static program needs the library")


def check_cmake(prefix, build, static):
    run("cmake", "-S", SOURCE, "-B", build / "cmake", f"-DCMAKE_PREFIX_PATH={prefix}", f"-DWTS_STATIC={static}")
    run("cmake", "--build", build / "cmake")
    for program in ["shared", "static"] if static == "ON" else ["shared"]:
        need(run(build / "cmake" / program) == PRINTED, f"the {program} program by CMake prints something else")


def check_wrong_version(prefix, build):
    for version in ["0.2", "1.0", "0.1.99"]:
        done = subprocess.run(
            ["cmake", "-S", SOURCE, "-B", build / version, f"-DCMAKE_PREFIX_PATH={prefix}", f"-DWTS_VERSION={version}"],
            capture_output=True, text=True, timeout=300, check=False,
        )
        need(done.returncode != 0 and "wasmtime_shim" in done.stderr, f"CMake finds version {version}")


def check_files(prefix):
    links = {"libwasmtime_shim.so": "libwasmtime_shim.so.0", "libwasmtime_shim.so.0": "libwasmtime_shim.so.0.1.0"}
    for link, target in links.items():
        need(os.readlink(prefix / "lib" / link) == target, f"{link} does not lead to {target}")
    for name in ["include/wts.h", "include/wasmtime_shim.h"]:
        need((prefix / name).read_bytes() == (ROOT / name).read_bytes(), f"{name} is another")


def main(library):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        prefix, build = folder / "prefix", folder / "build"
        build.mkdir()
        static = (ROOT / "target/release/libwasmtime_shim.a").exists()
        with Installed(library, prefix, prefix):
            check_files(prefix)
            check_pkg_config(prefix, build)
            check_cmake(prefix, build, "ON" if static else "OFF")
            check_wrong_version(prefix, build)
            if static:
                check_static(prefix, build)
        staged = folder / "staged"
        with Installed(library, staged, Path("/opt/wts"), staged):
            need((staged / "opt/wts/lib/libwasmtime_shim.so").exists(), "DESTDIR does not come before PREFIX")
            text = (staged / "opt/wts/lib/pkgconfig/wasmtime_shim.pc").read_text()
            need(str(staged) not in text and "prefix=/opt/wts" in text, "DESTDIR has got into the .pc file")
        need(not list(folder.rglob("*wasmtime_shim*.so*")), "a library is left")
    print("installed, used" + (", used statically" if static else "") + " and removed")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).absolute())
