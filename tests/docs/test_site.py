"""What the site says is whole: public names, families and their replies, the mock's own paths."""

import inspect
import json
import re
from typing import Any

import httpx
import kling
import kling.batch
import kling.check
import kling.check.reports
import kling.mock
import pytest
from pages import ROOT

from scripts.build.bundle import families
from scripts.build.tables import operations_of
from scripts.site.http_pages import HttpPages, control_paths

PYTHON = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
EXPLAINED = set(re.findall(r"^::: ([\w.]+)$", PYTHON, re.MULTILINE))
BUNDLE = json.loads((ROOT / "generated/kling_api/openapi.json").read_text(encoding="utf-8"))
PACKAGES = (kling, kling.batch, kling.check, kling.check.reports, kling.mock, kling.description)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_the_python_reference_has_every_public_name(package: Any) -> None:
    def is_explained(name: str) -> bool:
        thing = getattr(package, name)
        if inspect.ismodule(thing):
            return any(known.startswith(f"kling.{name}") for known in EXPLAINED | {"kling.models"})
        in_errors = hasattr(kling.errors, name) and "kling.errors" in EXPLAINED
        return in_errors or f"{package.__name__}.{name}" in EXPLAINED

    assert [name for name in package.__all__ if not is_explained(name)] == []


def test_a_page_of_a_family_has_the_body_and_the_reply_of_each_operation() -> None:
    pages = dict(HttpPages(BUNDLE, {}).pages())

    for tag, family in families(BUNDLE).items():
        page = pages[family.replace("_", "-")]
        for path, method, operation in operations_of(BUNDLE, tag):
            name = operation["operationId"]
            assert f"```text\n{method.upper()} {path}\n```" in page
            assert ("requestBody" in operation) == (f"### Body of {name}\n" in page)
            assert f"### Reply of {name}\n" in page
            assert ("x-kling-price" in operation) == (f"### Price of {name}," in page)


def test_the_page_of_the_mock_has_every_path_and_every_fault(
    kling_mock: kling.mock.KlingMock,
) -> None:
    with httpx.Client(transport=kling_mock.transport, base_url="http://127.0.0.1") as client:
        document = client.get("/_mock/control.openapi.json").json()

    page = control_paths(document)

    for path, methods in document["paths"].items():
        for method in methods:
            assert f"```text\n{method.upper()} {path}\n```" in page
    for name in kling.mock.fault_kinds():
        assert f"\n- `{name}`: " in page
    for field in kling.mock.plan_fields():
        assert f"\n| `{field}` | " in page


def test_every_page_of_the_docs_is_in_the_navigation() -> None:
    navigation = (ROOT / "scripts" / "site" / "mkdocs.yml").read_text(encoding="utf-8")
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}

    assert pages == set(re.findall(r"^ +- (?:Home: )?([\w/-]+\.md)$", navigation, re.MULTILINE))
