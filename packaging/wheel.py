"""Puts the built library into the wheel, and says for which platform that is. Called by hatchling, see pyproject.toml."""

import os
import sysconfig
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LibraryHook(BuildHookInterface):
    """The library is `WTS_WHEEL_LIB`, stripped and named without a version."""

    def initialize(self, version, build_data):
        library = Path(os.environ.get("WTS_WHEEL_LIB", ""))
        if library.name not in ("libwasmtime_shim.so", "libwasmtime_shim.dylib"):
            raise ValueError(f"WTS_WHEEL_LIB has to be the path of the library, not '{library}': use `make wheel`")
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        build_data["force_include"][str(library)] = f"modular/lib/{library.name}"
