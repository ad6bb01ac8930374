"""What the pages say in sentences is true: names of the package, and defaults in numbers."""

import inspect
import re
from typing import Any

import kling
import kling.batch
import kling.check
import pytest
from kling.mock._listening.certificates import LIFETIME, RENEWAL  # private: nothing public has them
from pages import PAGES as USERS
from pages import ROOT, named

PAGES = {named(page): page.read_text(encoding="utf-8") for page in USERS}
OWNERS = {
    "kling": kling,
    "client": kling.Kling,
    "task": kling.Task,
    "media": kling.media,
    "callbacks": kling.callbacks,
    "models": kling.models,
    "batch": kling.batch.Batch,
    "error": kling.APIStatusError,
}


def has(owner: Any, name: str) -> bool:
    """Tell whether a module or a class has a name, or gives it to its instances."""
    if hasattr(owner, name) or inspect.ismodule(owner):
        return hasattr(owner, name)
    classes = [one for one in owner.__mro__ if one.__module__.startswith("kling")]
    sources = "".join(map(inspect.getsource, classes))
    return bool(re.search(rf"self\.{name}\b|^    {name}: ", sources, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_a_name_that_a_page_mentions_exists(page: str) -> None:
    prose = re.sub(r"```.*?```", "", PAGES[page], flags=re.DOTALL)
    mentions = {
        found.groups()
        for code in re.findall(r"`([^`\n]+)`", prose)
        for found in re.finditer(rf"(?<![\w./-])({'|'.join(OWNERS)})\.([a-z_]\w*|[A-Z]\w+)", code)
    }

    assert [f"{a}.{b}" for a, b in mentions if not has(OWNERS[a], b)] == []


def test_a_page_that_installs_the_package_says_how_it_works_in_a_clone() -> None:
    """The package is not on an index yet; docs/index.md explains it, and other pages link there."""
    by_name = [name for name, text in PAGES.items() if 'pip install "kling-openapi' in text]
    in_clone = [name for name, text in PAGES.items() if 'pip install ".[' in text]

    assert by_name == ["README.md", "docs/index.md"]
    for name in by_name:
        assert PAGES[name].index('pip install ".[cli]"') < PAGES[name].index("kling-openapi[cli]")
        assert "not on an index yet" in PAGES[name]
    for name in set(in_clone) - set(by_name):
        assert "(../index.md#install)" in PAGES[name], name


def default(function: Any, name: str) -> Any:
    return inspect.signature(function).parameters[name].default


def test_the_defaults_that_pages_name_are_those_of_the_code() -> None:
    named_in = {
        "docs/how-to/wait-and-restart.md": [
            f"(up to {default(kling.Kling.read, 'max_bytes') // 2**20} MiB each)"
        ],
        "docs/how-to/contract-tests.md": [
            f"default {default(kling.check.run, 'patience'):.0f} |",
            f"default {default(kling.check.run, 'examples')} |",
        ],
        "docs/how-to/mock-anywhere.md": [
            f"valid for {LIFETIME.days} days",
            f"fewer than {RENEWAL.days} days",
        ],
    }

    for page, sentences in named_in.items():
        assert [sentence for sentence in sentences if sentence not in PAGES[page]] == [], page
    security = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"expire after {LIFETIME.days} days" in security
