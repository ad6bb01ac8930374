"""Find what a sentence names: values of fields, series of models, numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from scripts.lint.conditions import Axis

Named = dict[str, frozenset[Any]]

NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}
MODEL = re.compile(r"(?<![\w-])kling-[\w-]*\w")
# Where the next row of models, modes and lengths begins.
_ROW = re.compile(r"; |, (?=or |and |not |every other|no other)|(?<=of): |\. (?=\S)| (?=unless )")
_CLAUSE = re.compile(r"; |\. (?=\S)")
_OTHERS = re.compile(r"(?:every|no|any) other model\b|\bother models\b")
_NEED = re.compile(r"\b(?:needs?|can be)\b")
_REFUSAL = re.compile(r"\b(?:when|ignored by|left out with|not be asked of)\b")
_SERIES = re.compile(r"\b(\d)\.x\b|\bkling-v(\d) models?\b")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\b[A-Z][a-z]+ 20\d\d\b|\b20\d\d\b|\bfrom 1,|\b1, 2, 3\b")
# Digits that count nothing: in quotes, in brackets, in a name, a ratio or a resolution.
_NOT_A_COUNT = re.compile(r"\"[^\"]*\"|<<<.*?>>>|\[[^]]*\]|\b\d+:\d+\b|\b\d+[a-z]+\b|\(1 \+[^)]*\)")


@dataclass(frozen=True)
class Phrase:
    """The values that a part of a sentence names, by field, and the clause that it is in."""

    named: Named
    clause: int
    text: str

    @property
    def others(self) -> bool:
        """Whether it is about all models other than those named before it."""
        return bool(_OTHERS.search(self.text))

    @property
    def is_need(self) -> bool:
        """Whether it says what something needs."""
        return bool(_NEED.search(self.text))

    def accepts(self, named: Named) -> bool | None:
        """Whether it says that values are accepted or refused; None if it says neither."""
        asked = re.findall(r"(?:must|should) be \"?([\w-]+)", self.text)
        values = [str(value).lower() for one in named.values() for value in one]
        if self.is_need or self.text.startswith("unless ") or set(asked) & set(values):
            return True
        return False if _REFUSAL.search(self.text) else None


def sentences(text: str) -> list[str]:
    """Return the sentences of a description."""
    lines = text.splitlines()
    parts = [part for line in lines for part in re.split(r"(?<=\.) (?=\S)", line)]
    return [part for part in parts if part.strip()]


def first_clause(text: str) -> str:
    """Return what comes before the first semicolon or full stop."""
    return _CLAUSE.split(text)[0]


def phrases(text: str, axes: tuple[Axis, ...], subject: str = "") -> list[Phrase]:
    """Return the values that each part of a text names.

    A text about the field `subject` may give its numbers without quotes or units.
    """
    found = []
    clause = 0
    begin = 0
    for mark in [*_ROW.finditer(text), None]:
        part = text[begin : mark.start() if mark else len(text)]
        named = {axis.field: frozenset(mentioned(part, axis, subject)) for axis in axes}
        named = {field: values for field, values in named.items() if values}
        found.append(Phrase(named, clause, part))
        if mark:
            clause += mark[0] in ("; ", ". ")
            begin = mark.end()
    return found


def mentioned(text: str, axis: Axis, subject: str = "") -> Iterator[Any]:
    """Yield the values of a field that a text names, and numbers that the field cannot have."""
    if axis.has_numbers:
        yield from _numbers(text, axis, bare=subject == axis.name)
        return
    if axis.has_models:
        for series in _SERIES.findall(text):
            begin = f"kling-v{''.join(series)}"
            yield from (one for one in axis.values if re.fullmatch(rf"{begin}(-.*)?", str(one)))
        text = _SERIES.sub("", text)
        yield from MODEL.findall(text)
        return
    if axis.is_open:
        for names in re.findall(r"\b(?:[\w-]+, )*[\w-]+ or [\w-]+", text):
            listed = re.split(", | or ", names)
            yield from listed if set(listed) & set(axis.values) else ()
    for value in axis.values:
        if isinstance(value, bool):
            if re.search(rf"\b{axis.name} (?:\w+ )*?{value}\b", text, re.IGNORECASE):
                yield value
        elif isinstance(value, str) and _pattern(value, axis).search(text):
            yield value


def counts(text: str) -> list[float]:
    """Return the numbers that a text counts or measures with."""
    text = _NOT_A_COUNT.sub("", _DATE.sub("", text))
    digits = re.findall(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w-]|\.\w)", text)
    words = re.findall(rf"\b(?:{'|'.join(list(NUMBERS)[1:])})\b", text)
    once = re.findall(r"(?:exactly|at most|at least|to|up to) (one)\b", text)
    return [*map(float, digits), *(float(NUMBERS[word]) for word in words + once)]


def _pattern(value: str, axis: Axis) -> re.Pattern[str]:
    return _value(value, axis.field, is_word=value in _words(axis.values))


@cache
def _words(values: tuple[Any, ...]) -> frozenset[str]:
    """Return the values that are also English words, such as video next to base_video."""
    texts = [one for one in values if isinstance(one, str)]
    return frozenset(one for one in texts if any(other.endswith(f"_{one}") for other in texts))


@cache
def _value(value: str, field: str, *, is_word: bool) -> re.Pattern[str]:
    if is_word:
        return re.compile(rf"\btypes? (?:\w+ (?:and|or) )?{re.escape(value)}\b")
    if value in ("on", "off"):
        # In other places they are ordinary English words.
        name = field.rpartition(".")[2]
        return re.compile(rf'"{value}"|\b{name} {value}\b|^{value.capitalize()} (?:needs|by)\b')
    plural = "s?" if "[]" in field else ""
    return re.compile(rf"(?<![\w-]){re.escape(value)}{plural}(?![\w-])")


def _numbers(text: str, axis: Axis, *, bare: bool) -> Iterator[Any]:
    text = _DATE.sub("", text)
    is_text = isinstance(axis.values[0], str)
    one = r'"(\d+)"' if is_text else r"(?<![\w.\"-])(\d+)(?![\w\"-]|\.\w)"
    ranges = [rf"{one} to {one}", rf"{one}()"]
    if is_text:
        number = r"(?<![\w.\"-])(\d+)(?![\w\"-]|\.\w)"
        if bare:
            ranges += [rf"{number} to {number}", rf"{number}()"]
        else:
            ranges += [
                rf"{number} to {number}(?= s\b)",
                rf"{number}()(?= (?:or|and) \d+ s\b)",
                rf"{number}()(?= s\b)",
            ]
    known = {int(value): value for value in axis.values}
    for pattern in ranges:
        for low, high in re.findall(pattern, text):
            first, last = int(low), int(high or low)
            yield from (value for number, value in known.items() if first <= number <= last)
            yield from (n for n in (first, last) if n not in known and not axis.is_open)
        text = re.sub(pattern, "", text)
