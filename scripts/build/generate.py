"""Generate files from `openapi/`; with `--check`, only say whether they are up to date.

The files are `generated/`, `llms.txt`, and the tables in the README and in docs/reference.

This module joins the documents into the bundle, makes the portable view of the bundle, and runs
openapi-python-client on this view. The generator drops what it does not understand and still exits
with 0, so we check that the generated client has every operation.
"""

import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from scripts.build import overlays, tables
from scripts.build.bundle import BundleError, Document, bundle, families
from scripts.build.fixture_list import fixture_list
from scripts.build.llms import llms_text
from scripts.build.portable import portable
from scripts.build.price_list import price_lines
from scripts.build.rule_list import rule_rows
from scripts.lint import run as house_rules

ROOT = Path(__file__).parents[2]
GENERATED = ROOT / "generated"
# The generator's configuration and templates. They are part of the wheel, because
# `kling spec --generator` writes them for people who run the generator themselves.
KIT = ROOT / "overlay" / "kling" / "_cli" / "generator_kit"
LLMS = ROOT / "llms.txt"
_METHODS = ("get", "put", "post", "delete", "patch")


class GenerateError(Exception):
    """The generator failed, or its result does not match the description."""


def main(arguments: list[str]) -> int:
    """Generate, or check, and return the exit code."""
    # With --check, the house rules do not run here, because `make check` has already run them.
    if "--check" not in arguments and house_rules.main([str(ROOT / "openapi")]):
        print("generate: nothing was written; correct the problems above", file=sys.stderr)
        return 1
    try:
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "generated"
            whole = generate(ROOT / "openapi", fresh)
            texts = {LLMS: llms_text(whole)}
            for page in tables.PAGES:
                texts[page] = tables.with_tables(page.read_text(encoding="utf-8"), whole)
            if "--check" in arguments:
                return _compare(fresh) or _compare_texts(texts)
            shutil.rmtree(GENERATED, ignore_errors=True)
            shutil.copytree(fresh, GENERATED)
            for path, text in texts.items():
                path.write_text(text, encoding="utf-8")
    except (BundleError, GenerateError) as error:
        print(f"generate: {error}", file=sys.stderr)
        return 1
    return 0


def generate(source: Path, target: Path) -> Document:
    """Generate all files from the description in `source` into `target`; return the bundle."""
    whole = bundle(source)
    view = portable(whole)
    package = target / "kling_api"
    # The generator is another process and takes longest, so make the patches in the meantime.
    with ThreadPoolExecutor() as pool:
        running = pool.submit(_run_generator, view, package)
        patches = dict(_dialect_patches(source, whole, view))
        running.result()
    _check_package(whole, package)
    (package / "py.typed").touch()
    (package / "dialects").mkdir()
    documents = {"openapi": whole, "openapi.portable": view, **patches}
    for name, document in documents.items():
        _write_json(package / f"{name}.json", document)
    _write_fixtures(package / "fixtures.json", whole)
    _write_lines(target / "operations.txt", operation_lines(whole))
    _write_lines(target / "rules.txt", rule_lines(whole))
    _write_lines(target / "prices.txt", price_lines(whole))
    return whole


def operation_lines(whole: Document) -> Iterator[str]:
    """Yield one line for each operation of the API, grouped by tag."""
    rows = [
        (
            tag,
            operation["operationId"],
            method.upper(),
            path,
            tables.request_name(operation),
            _reply_schema(operation),
        )
        for path, methods in whole["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
        for tag in operation["tags"]
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(1, 5)]
    for tag, family in families(whole).items():
        yield f"{tag}: {family}"
        for row in rows:
            if row[0] == tag:
                # The heading has the tag already, and the reply comes last and is not padded.
                _, *cells, reply = row
                padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
                yield f"  {'  '.join(padded)}  -> {reply}"


def rule_lines(whole: Document) -> Iterator[str]:
    """Yield one line for each rule and each piece of advice.

    The columns are id, kind, evidence ("-" for advice), field, message, and sources in brackets.
    """
    rows = list(rule_rows(whole))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = (row.id, row.kind, row.evidence or "-", row.field or ".")
        line = "  ".join(f"{cell:{width}}" for cell, width in zip(cells, widths, strict=True))
        sources = f"  [{', '.join(row.sources)}]" if row.sources else ""
        yield f"{line}  {row.message}{sources}"


def _reply_schema(operation: Document) -> str:
    schema: str = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    return schema.rpartition("/")[2]


def _run_generator(view: Document, package: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        document, templates = Path(folder) / "openapi.json", Path(folder) / "templates"
        _write_json(document, view)
        templates.mkdir()
        _run([sys.executable, KIT / "template_edits.py", templates])
        # The generator runs ruff, which is installed next to this Python.
        programs = str(Path(sys.executable).parent)
        _run(
            [
                *(sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"),
                *("--meta", "none", "--config", KIT / "client.yaml"),
                *("--custom-template-path", templates),
                *("--path", document, "--output-path", package),
            ],
            env={**os.environ, "PATH": os.pathsep.join([programs, os.environ.get("PATH", "")])},
        )


def _run(command: list[str | Path], env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        output = f"{done.stdout}{done.stderr}"
        raise GenerateError(f"{' '.join(map(str, command[:3]))} failed\n{output}")


def _check_package(whole: Document, package: Path) -> None:
    number = sum(method in _METHODS for methods in whole["paths"].values() for method in methods)
    modules = [path for path in package.glob("api/*/*.py") if path.name != "__init__.py"]
    if len(modules) != number:
        raise GenerateError(
            f"the description has {number} operations, but the generator wrote "
            f"{len(modules)} modules"
        )
    for module in modules:
        if "body: Any" in module.read_text():
            raise GenerateError(
                f"{module.name} accepts any body: the generator did not understand its schema"
            )


def _dialect_patches(
    source: Path, whole: Document, view: Document
) -> Iterator[tuple[str, Document]]:
    """Yield merge patches that turn the bundle and its portable view into each dialect."""
    for name, overlay in overlays.read(source).items():
        dialect = overlays.applied(name, overlay, whole)
        yield f"dialects/{name}", overlays.merge_patch(whole, dialect)
        yield f"dialects/{name}.portable", overlays.merge_patch(view, portable(dialect))


def _write_fixtures(path: Path, whole: Document) -> None:
    """Write the bodies that `kling check` sends, one per line."""
    entries = [
        json.dumps(fixture, ensure_ascii=False, separators=(",", ":"))
        for fixture in fixture_list(whole)
    ]
    path.write_text("[\n" + ",\n".join(entries) + "\n]\n", encoding="utf-8")


def _write_json(path: Path, document: Document) -> None:
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_lines(path: Path, lines: Iterator[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _compare(fresh: Path) -> int:
    names = {
        path.relative_to(folder)
        for folder in (fresh, GENERATED)
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    for name in sorted(names):
        old, new = GENERATED / name, fresh / name
        if not (old.exists() and new.exists() and filecmp.cmp(old, new, shallow=False)):
            print(f"generated/{name} is not up to date: run `make generate`", file=sys.stderr)
            return 1
    return 0


def _compare_texts(texts: dict[Path, str]) -> int:
    for path, text in texts.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path.name} is not up to date: run `make generate`", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
