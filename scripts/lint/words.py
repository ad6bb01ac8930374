"""A house rule for words: it refuses phrases that readers had to read twice.

The table below "Words" in CONTRIBUTING.md lists the phrases, and what to write instead.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scripts.build.bundle import ENTRY
from scripts.lint.view import EXEMPT, File, Findings, rule
from scripts.lint.walk import listed

_LIST = Path(__file__).parents[2] / "CONTRIBUTING.md"
_SECTION = re.compile(r"^## Words\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| ([^|-][^|]*?) \| ([^|]+?) \|$", re.MULTILINE)
_PROSE = (
    "description",
    "summary",
    "meaning",
    "remedy",
    "open",
    "fact",
    "unchecked",
    "text",
    "x-kling-pattern-means",
)
# Texts that we did not write: Kling's messages, and values that users send.
_QUOTED = ("x-kling-messages", "value", "example")
_QUOTATION = re.compile(r'"[^"]*"|`[^`]*`')


@rule
def phrases_are_plain(file: File) -> Findings:
    """Avoid the phrases in the table below "Words" in CONTRIBUTING.md, which says what to write.

    Readers had to read each of them twice.
    """
    if file.path == EXEMPT or file.path.parts[0] == "..":
        return
    overlays = file.whole.overlays if file.path.name == ENTRY else {}
    for place, text in _prose({**file.document, **overlays}):
        yield from ((place, detail) for detail in breaches(text))


def breaches(text: str) -> Iterator[str]:
    """Yield each listed phrase in a text, with what to write instead; skip quotations and code."""
    plain = _QUOTATION.sub('""', text)
    if not has_phrase(plain):  # this is fast, and most lines have no phrase
        return
    for phrase, instead in phrases().items():
        if found := re.search(_pattern(phrase), plain):
            near = plain[max(0, found.start() - 40) : found.end() + 40].strip()
            yield f'"{found[0]}" in "{near}": write {instead}'


def has_phrase(text: str) -> bool:
    """Return whether a text has one of the phrases, even in a quotation."""
    return _any_phrase().search(text) is not None


@cache
def phrases() -> dict[str, str]:
    """Return the refused phrases, each with what to write instead."""
    section = _SECTION.search(_LIST.read_text(encoding="utf-8"))
    rows = _ROW.findall(section[1]) if section else []
    if len(rows) < 2:  # the first row has the headings
        raise ValueError(f"{_LIST.name} has no table of phrases below the heading Words")
    return {phrase: instead for first, instead in rows[1:] for phrase in first.split(" / ")}


@cache
def _any_phrase() -> re.Pattern[str]:
    return re.compile("|".join(map(_pattern, phrases())))


@cache
def _pattern(phrase: str) -> str:
    """Return a regular expression for a phrase; only its first letter may be a capital.

    So "is none" is found, and Python's "is None" is not.
    """
    before = r"(?<!\w)" if phrase[0].isalnum() else ""
    first = f"[{phrase[0].lower()}{phrase[0].upper()}]" if phrase[0].isalpha() else phrase[0]
    return rf"{before}{first}{re.escape(phrase[1:])}s?(?!\w)"


def _prose(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each line of prose."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(listed(node)):
        inside = f"{place}.{key}".strip(".")
        if key in _QUOTED:
            continue
        if key in _PROSE and (isinstance(value, str) or _is_texts(value)):
            for text in [value] if isinstance(value, str) else value:
                yield from ((inside, line) for line in text.splitlines() if line.strip())
        else:
            yield from _prose(value, inside)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
