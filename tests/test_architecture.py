"""What each package may import: only packages in lower layers, through their entry points."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from every_slip import for_each

ROOT = Path(__file__).parents[1]
OVERLAY = ROOT / "overlay"

PAGE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
# The command and the pytest plugin start a mock, and `kling` exports it.
STARTS_A_MOCK = {"kling._cli", "kling._pytest_plugin", "kling"}
# Only these, and the generated client, may import httpx.
NAMES_HTTPX = {"kling._http", "kling.mock._exchange.over_httpx", "kling.check.server"}


class Tree(NamedTuple):
    """What a tree of ARCHITECTURE.md says."""

    layers: dict[str, int]
    """The layer of each package, such as kling._http; the lowest is 1."""
    paths: set[str]
    """Every module and folder, such as _http/ and _http/steps.py."""


def tree(page: str, folder: str = "") -> Tree:
    """Read the tree of overlay/kling, or of a folder in it that has a tree too.

    A line with a number names a package. The lines below it name its modules, and folders of data
    files.
    """
    heading = f"layer  package of {folder}" if folder else "layer  package  "
    _, found, rest = page.partition(f"\n{heading}")
    assert found, f"ARCHITECTURE.md has no tree that begins with {heading!r}"
    layers, paths = {}, {folder} - {""}
    package = ""
    for line in rest.partition("\n```")[0].split("\n")[1:]:
        words = line.split()
        if words[0].isdecimal():
            package = folder + words[1]
            paths.add(package)
            layers[name_of(package)] = int(words[0])
            if package.endswith("/"):
                paths.add(f"{package}__init__.py")
        else:
            names = [package + word for word in words]
            paths |= {name if name.endswith("/") else f"{name}.py" for name in names}
    paths |= {f"{path.rpartition('/')[0]}/" for path in paths if path.count("/") > 1}
    return Tree(layers, paths)


def name_of(path: str) -> str:
    """Return the name that a path below overlay/kling is imported by."""
    inner = path.removesuffix(".py").rstrip("/").removesuffix("__init__").rstrip("/")
    return ".".join(("kling", *inner.split("/"))) if inner else "kling"


CLIENT, MOCK = tree(PAGE), tree(PAGE, "mock/")
# The mock is built on the description, and on nothing else of the package.
LAYERS_OF_MOCK = {**MOCK.layers, "kling.description": 0}


def package_of(module: str) -> str:
    """Return the package that a module is in: the longest package name that it begins with."""
    packages = CLIENT.layers.keys() | MOCK.layers.keys()
    while module not in packages:
        module = module.rpartition(".")[0]
    return module


@cache
def modules(folder: Path = OVERLAY) -> dict[str, Path]:
    """Return the modules of the package by name."""
    return {
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(folder.rglob("kling/**/*.py"))
        # The package does not import the generator kit: users run it with a generator.
        if "generator_kit" not in path.parts
    }


def imports(path: Path) -> Iterator[str]:
    """Yield what a file imports at run time: not what it imports for types only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            yield from (one.value for one in node.args if isinstance(one, ast.Constant))
        elif isinstance(node, ast.ImportFrom) and node.level:
            # Only the generated client has relative imports.
            yield f"{'.' * node.level}{node.module or ''}"
        elif isinstance(node, ast.ImportFrom):
            known = modules()
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in known else str(node.module)
                if alias.name in ("httpx", "httpcore"):
                    yield alias.name


def breaches(name: str, path: Path) -> Iterator[str]:
    """Yield what a module imports that it may not."""
    own = package_of(name)
    layers = LAYERS_OF_MOCK if own.startswith("kling.mock") else CLIENT.layers
    for other in imports(path):
        top = other.partition(".")[0]
        if not top:
            yield f"{other}, a relative name"
        if top == "httpx" and not {own, name} & NAMES_HTTPX:
            yield "httpx"
        if top == "httpcore" and own != "kling._http":
            yield "httpcore"
        if top == "kling_api" and own.startswith("kling.mock"):
            yield "kling_api, which the mock may not share with the client"
        if top != "kling":
            continue
        package = package_of(other)
        if package == "kling.mock" and own in STARTS_A_MOCK:
            continue
        if package != own and layers.get(package, layers[own]) >= layers[own]:
            yield f"{other}, which is not below {own}"
        elif package != own and other != package:
            yield f"{other}; its entry point is {package}"


def test_the_trees_of_the_page_are_what_is_on_disk() -> None:
    kling = OVERLAY / "kling"
    named = CLIENT.paths | MOCK.paths
    found = {
        f"{path.relative_to(kling).as_posix()}{'/' if path.is_dir() else ''}"
        for path in kling.rglob("*")
        if "__pycache__" not in path.parts and (path.is_dir() or path.suffix == ".py")
    }

    new, gone = sorted(found - named), sorted(named - found)
    assert not new, f"add to their packages in ARCHITECTURE.md: {', '.join(new)}"
    assert not gone, f"remove from ARCHITECTURE.md: {', '.join(gone)}"


@for_each(modules())
def test_a_package_imports_only_packages_in_lower_layers(name: str) -> None:
    assert [*breaches(name, modules()[name])] == []


@pytest.mark.parametrize(
    ("module", "line", "told"),
    [
        ("_tasks/refs", "from kling._waiting import Watch", "kling._waiting, which is not below"),
        ("_tasks/refs", "import kling", "kling, which is not below kling._tasks"),
        ("_tasks/refs", "from kling._http.steps import send", "its entry point is kling._http"),
        ("_tasks/refs", "def f():\n    import httpx", "httpx"),
        ("_tasks/refs", "import httpcore", "httpcore"),
        ("mock/_exchange/over_httpx", "import httpcore", "httpcore"),
        ("_tasks/refs", "from .._waiting import Watch", ".._waiting, a relative name"),
        ("_tasks/refs", "import_module('kling._client')", "kling._client, which is not below"),
        ("_tasks/refs", "from kling_api.client import httpx", "httpx"),
        ("_waiting/watch", "from kling._files import Plan", "kling._files, which is not below"),
        ("_http/steps", "import kling.mock", "kling.mock, which is not below kling._http"),
        ("mock/_api/routes", "from kling._http import send", "kling._http, which is not below"),
        ("mock/_api/routes", "import kling_api", "kling_api, which the mock may not share"),
        ("mock/_exchange/calls", "import httpx", "httpx"),
        ("mock/_faults/plans", "from kling.mock._api import Api", "kling.mock._api, which is not"),
    ],
)
def test_an_import_that_breaks_a_rule_is_found(
    module: str, line: str, told: str, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.py"
    changed.write_text(f"{(OVERLAY / 'kling' / module).with_suffix('.py').read_text()}\n{line}\n")

    (found,) = breaches(f"kling.{module.replace('/', '.')}", changed)

    assert found.startswith(told) or found.endswith(told)


def test_an_import_for_types_only_breaks_no_rule(tmp_path: Path) -> None:
    changed = tmp_path / "changed.py"
    changed.write_text("if TYPE_CHECKING:\n    import httpx\nelse:\n    import json\n")

    assert [*imports(changed)] == ["json"]


@for_each(sorted(OVERLAY.glob("kling/**/__init__.py")))
def test_an_entry_point_says_what_the_package_contains(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@for_each(sorted(ROOT.glob("generated/**/*.py")))
def test_the_generated_client_does_not_know_the_overlay(path: Path) -> None:
    assert not any(name.partition(".")[0] == "kling" for name in imports(path))


@for_each(sorted(ROOT.glob("scripts/**/*.py")))
def test_scripts_import_only_the_description(path: Path) -> None:
    known = {"kling.description"}
    # The demonstration and the benchmarks import the package as a user's program does.
    if path.name == "demo.py" or path.name.startswith("bench_"):
        return
    ours = {name for name in imports(path) if name.partition(".")[0] in ("kling", "kling_api")}

    assert ours <= known


def test_no_two_modules_import_each_other() -> None:
    known = modules()
    below = {name: {*imports(path)} & known.keys() - {name} for name, path in known.items()}
    # An entry point imports the modules of its package, and they import its name only.
    for name, path in known.items():
        if path.name == "__init__.py":
            below[name] = set()
    while leaves := {name for name, others in below.items() if not others & below.keys()}:
        for name in leaves:
            del below[name]

    assert below == {}


# A name that begins with an underscore, inside the package.
PRIVATE = re.compile(r"kling(?:\.mock)?(?:\._| import _)[a-z]|\._engine\b")


def unexplained(text: str) -> list[str]:
    """Return the lines that reach into the package without a reason on them, or just above."""
    lines = ["", *text.splitlines()]
    return [
        line.strip()
        for above, line in pairwise(lines)
        if PRIVATE.search(line) and not any("# private: " in one for one in (above, line))
    ]


@for_each(sorted(ROOT.glob("tests/**/*.py")))
def test_a_test_that_reaches_into_the_package_says_why(path: Path) -> None:
    # This file names packages, and the other two name modules that must not be loaded.
    if path.name not in ("test_architecture.py", "test_pytest_plugin.py", "test_public_names.py"):
        assert unexplained(path.read_text(encoding="utf-8")) == []
