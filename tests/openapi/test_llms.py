"""The text for programs leaves out no operation, no rule, no host and no code."""

import re
from pathlib import Path

import pytest

from scripts.build.bundle import Document, bundle, holders
from scripts.build.llms import llms_text

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def whole() -> Document:
    return bundle(ROOT / "openapi")


@pytest.fixture(scope="module")
def text(whole: Document) -> str:
    return llms_text(whole)


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_operation_has_one_line_below_its_standard(whole: Document, text: str) -> None:
    current = section(text, "The current standard, and the products under /solutions: API keys")
    older = section(text, "The /v1 standard, and the account: API keys or tokens")

    for operation in holders(whole["paths"], "responses"):
        said = current if operation.get("security") == [{"apiKey": []}] else older
        name = operation["operationId"]
        assert len(re.findall(rf"^- [A-Z]+ /.*\. {name}\b", said, re.MULTILINE)) == 1, name
        assert len(re.findall(rf"^- [A-Z]+ /.*\. {name}\b", text, re.MULTILINE)) == 1, name


def test_every_rule_has_one_line(text: str) -> None:
    rules = (ROOT / "generated" / "rules.txt").read_text(encoding="utf-8").splitlines()

    told = re.findall(r"^- (?:Rule \(\w+\)|Advice) (\S+): ", text, re.MULTILINE)

    assert sorted(told) == sorted(line.split()[0] for line in rules)


def test_every_host_credential_and_code_is_told(whole: Document, text: str) -> None:
    for server in whole["servers"]:
        assert server["url"] in section(text, "Hosts")
    for name in whole["components"]["securitySchemes"]:
        assert f"- {name}:\n" in section(text, "Credentials")
    for row in whole["components"]["schemas"]["ErrorCode"]["x-kling-error"]:
        assert f"- {row['code']}, HTTP {row['status']}, " in section(text, "Codes of errors")


def test_the_traps_are_told(text: str) -> None:
    assert "deletes the files 30 days after" in text
    assert "- After 5000, 5001, 5002 there may be a task" in section(text, "Traps")
    assert "Only 1302 and 1303 pass with time" in section(text, "Traps")
    assert "more than a JavaScript number can hold" in section(text, "Traps")
    assert "/account/costs: at most 1 request(s) in 1 s" in section(text, "Traps")


def test_every_path_that_it_links_is_there(text: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", text)

    assert links
    assert all((ROOT / link).exists() for link in links)
