"""Write the description as files for other tools and languages into `dist/spec/`."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from kling.description import Spec

from scripts.build import overlays
from scripts.build.bundle import WORKFLOWS, BundleError, Document, bundle
from scripts.build.fixture_list import fixture_list, reader
from scripts.build.portable import portable
from scripts.build.rule_list import rule_list
from scripts.publish.openapi30 import downgraded
from scripts.publish.request_schemas import request_schemas

ROOT = Path(__file__).parents[2]
PROGRAMS = [
    ROOT / "overlay" / "kling" / "description" / name for name in ("checks.py", "canonical_form.py")
]
# The path of the description in the workflows of openapi/. The published workflows have the
# description in their own folder, under this name.
_SOURCE, _PUBLISHED = "../../generated/kling_api/openapi.json", "kling-openapi.json"


def main(target: Path = ROOT / "dist" / "spec") -> int:
    """Write all files into an empty folder, and return the exit code."""
    try:
        description = bundle(ROOT / "openapi")
        shutil.rmtree(target, ignore_errors=True)
        write(description, target)
        for name, overlay in overlays.read(ROOT / "openapi").items():
            write(overlays.applied(name, overlay, description), target / name, name)
    except BundleError as error:
        print(f"dist-spec: {error}", file=sys.stderr)
        return 1
    return 0


def write(description: Document, target: Path, dialect: str = "") -> None:
    """Write all files about the API, or about one of its dialects, into a folder."""
    target.mkdir(parents=True, exist_ok=True)
    view = portable(description)
    _write_json(target / _PUBLISHED, description)
    _write_yaml(target / "kling-openapi.yaml", description)
    _write_json(target / "kling-openapi.portable.json", view)
    _write_json(target / "kling-openapi.portable-3.0.json", downgraded(view))
    _write_json(target / "rules.json", list(rule_list(description)))
    _write_json(target / "fixtures.json", list(_fixtures(description, dialect)))
    (target / "schemas").mkdir()
    for operation, schema in request_schemas(description):
        _write_json(target / "schemas" / f"{operation}.schema.json", schema)
    if not dialect:
        _write_workflows(target)
        for program in PROGRAMS:
            shutil.copy(program, target)


def _fixtures(description: Document, dialect: str) -> Iterator[Document]:
    """Yield each body with its canonical form, for programs that cannot compute this form."""
    canonical = reader(Spec(description, dialect))
    for case in fixture_list(description, dialect):
        yield {**case, "canonical": canonical(case["request"], case["body"])}


def _write_workflows(target: Path) -> None:
    for path in (ROOT / "openapi").glob(WORKFLOWS):
        # Copied as text, which keeps their comments and the order of their keys.
        text = path.read_text(encoding="utf-8").replace(_SOURCE, _PUBLISHED)
        (target / path.name).write_text(text, encoding="utf-8")


def _write_json(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_yaml(path: Path, document: Any) -> None:
    # The dumper in C, which not every PyYAML has, writes the same text five times as fast.
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(document, Dumper=dumper, sort_keys=False, allow_unicode=True, width=100)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
