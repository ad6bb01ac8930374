"""Who may import whom: the arrows point one way."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OVERLAY = ROOT / "overlay"
# What the mock may share with the client: the description, and what runs its rules.
SHARED = {f"kling._{name}" for name in ("shipped", "spec", "rules", "checks", "messages")}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules(path: Path) -> set[str]:
    """Return the modules of the project that a file imports."""
    known = {
        ".".join(module.relative_to(OVERLAY).with_suffix("").parts).removesuffix(".__init__")
        for module in OVERLAY.rglob("*.py")
    }
    return {name for name in imports(path) if name in known} - {"kling"}


@pytest.mark.parametrize("path", sorted(OVERLAY.glob("kling/mock/*.py")), ids=lambda p: p.name)
def test_the_mock_shares_only_the_description_and_its_rules_with_the_client(path: Path) -> None:
    client = {name for name in modules(path) if not name.startswith("kling.mock")}

    assert client <= SHARED
    assert not any(name.split(".")[0] == "kling_api" for name in imports(path))


@pytest.mark.parametrize("path", sorted(OVERLAY.glob("kling/_*.py")), ids=lambda p: p.name)
def test_the_client_knows_nothing_of_the_mock(path: Path) -> None:
    mock = {name for name in modules(path) if name.startswith("kling.mock")}

    # A command and a fixture start it, and the door names it.
    assert not mock or path.name in ("__init__.py", "_cli_mock.py", "_pytest_plugin.py")


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_both_share_lies_below_both(name: str) -> None:
    path = OVERLAY / Path(*name.split(".")).with_suffix(".py")

    assert modules(path) <= SHARED


@pytest.mark.parametrize("path", sorted(ROOT.glob("generated/**/*.py")), ids=lambda p: p.stem)
def test_the_generated_client_does_not_know_the_overlay(path: Path) -> None:
    assert not any(name.split(".")[0] == "kling" for name in imports(path))


@pytest.mark.parametrize("path", sorted(ROOT.glob("scripts/*.py")), ids=lambda p: p.name)
def test_scripts_import_neither_package(path: Path) -> None:
    packages = {name.split(".")[0] for name in imports(path)} & {"kling", "kling_api"}

    # The demonstration is a program of a user, and so is what is measured.
    assert not packages or path.name in ("demo.py", "bench_rounds.py")


def test_no_two_modules_import_each_other() -> None:
    graph = {
        ".".join(path.relative_to(OVERLAY).with_suffix("").parts).removesuffix(".__init__"): path
        for path in OVERLAY.rglob("*.py")
    }
    below: dict[str, set[str]] = {name: modules(path) for name, path in graph.items()}
    # A package's door imports its modules, and they import their package's name only.
    below["kling"] = set()
    while leaves := {name for name, others in below.items() if not others & below.keys()}:
        for name in leaves:
            del below[name]

    assert below == {}
