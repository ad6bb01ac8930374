"""One version, and a changelog that begins with it: a heading a release, with the same three parts.

Dialects, the wheel and everything in `generated/` have tests of their own.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from command_line import cli

from scripts.build.bundle import load

ROOT = Path(__file__).parent.parent
VERSION = load(ROOT / "openapi" / "openapi.yaml")["info"]["version"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PARTS = ["Description", "Client", "Overlay"]


def releases(changelog: str) -> list[tuple[str, str]]:
    """Return every release and what is said of it, in the order of the text."""
    _, *found = re.split(r"^## (.+)\n", changelog, flags=re.MULTILINE)
    return list(zip(found[::2], found[1::2], strict=True))


def faults(changelog: str) -> Iterator[str]:
    """Say what is wrong with a changelog."""
    dates = []
    for release, text in releases(changelog):
        if not re.fullmatch(r"20\d\d\.([1-9]|1[0-2])\.(0|[1-9]\d*)", release):
            yield f"{release} is no date: year, month, number in the month"
            return
        dates.append([int(part) for part in release.split(".")])
        _, *parts = re.split(r"^### (.+)\n", text, flags=re.MULTILINE)
        if parts[::2] != PARTS:
            yield f"{release} has the parts {parts[::2]}"
        elif not all(re.search(r"^- \S", part, re.MULTILINE) for part in parts[1::2]):
            yield f"{release} has a part without an entry"
    if not dates:
        yield "there is no release"
    if any(newer <= older for newer, older in itertools.pairwise(dates)):
        yield "the releases are not the newest first"


def changelog(*names: str, parts: tuple[str, ...] = tuple(PARTS), entry: str = "- A.") -> str:
    text = "".join(f"### {part}\n\n{entry}\n\n" for part in parts)
    return "# Changelog\n\n" + "".join(f"## {name}\n\n{text}" for name in names)


def test_the_changelog_is_as_its_readers_expect() -> None:
    assert list(faults(CHANGELOG)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (changelog(), "no release"),
        (changelog("Unreleased", "2026.11.0"), "Unreleased is no date"),
        (changelog("2026.13.0"), "is no date"),
        (changelog("2026.9.0", "2026.11.0"), "newest first"),
        (changelog("2026.11.0", "2026.11.0"), "newest first"),
        (changelog("2026.11.0", parts=("Description", "Overlay")), "has the parts"),
        (changelog("2026.11.0", parts=("Client", "Description", "Overlay")), "has the parts"),
        (changelog("2026.11.0", parts=(*PARTS, "Mock")), "has the parts"),
        (changelog("2026.11.0", entry=""), "without an entry"),
    ],
)
def test_what_no_reader_expects_is_found(text: str, fault: str) -> None:
    (found,) = faults(text)

    assert fault in found


def test_a_version_is_a_date_and_not_a_word() -> None:
    assert list(faults(changelog("2027.1.0", "2026.11.10", "2026.11.9"))) == []


def test_the_changelog_begins_with_the_version_of_the_description() -> None:
    assert releases(CHANGELOG)[0][0] == VERSION


def test_the_command_tells_the_version_of_the_description() -> None:
    said = CliRunner().invoke(cli, ["--version"], prog_name="kling").output

    assert said == f"kling, version {VERSION}\n"
