#!/usr/bin/env python3
"""Reads the conda recipe as rattler-build does, and compares the versions that are written in several places.

    target/packaging/bin/python packaging/check.py
"""

import json
import re
import sys
from pathlib import Path

from rattler_build import PlatformConfig, RecipeParseError, RenderConfig, Stage0Recipe

ROOT = Path(__file__).resolve().parent.parent
RECIPE = ROOT / "packaging/recipe.yaml"
PLATFORMS = ["linux-64", "linux-aarch64", "osx-arm64"]


def rendered(text, platform):
    """The recipe with everything filled in, for one platform."""
    variants = Stage0Recipe.from_yaml(text).render(render_config=RenderConfig(platform=PlatformConfig(target_platform=platform)))
    if len(variants) != 1:
        sys.exit(f"{RECIPE}: {len(variants)} packages for {platform} instead of one")
    return variants[0].recipe.to_dict()


def main():
    text = RECIPE.read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.M)[1]
    abi = json.loads((ROOT / "include/wasmtime_shim.json").read_text(encoding="utf-8"))["abi"]
    for platform in PLATFORMS:
        package = rendered(text, platform)["package"]
        if not package["version"] == abi == version:
            sys.exit(f"the versions differ: {package['version']} in the recipe, {version} in Cargo.toml, {abi} in the JSON")
    # The reader is one that refuses what it does not know.
    try:
        Stage0Recipe.from_yaml(text.replace("requirements:", "requirement:"))
    except RecipeParseError:
        print(f"the recipe of {version} is read for {', '.join(PLATFORMS)}")
    else:
        sys.exit("a recipe with a misspelt key is read")


if __name__ == "__main__":
    main()
