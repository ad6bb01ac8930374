"""Find the values of fields, the series of models and the numbers that a sentence names."""

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
# The marks between the phrases of a sentence, each of which names models, modes or lengths.
_PHRASE_END = re.compile(
    r"; |, (?=or |and |not |every other|no other)|(?<=of): |\. (?=\S)| (?=unless )"
)
_CLAUSE = re.compile(r"; |\. (?=\S)")
_OTHERS = re.compile(r"(?:every|no|any) other model\b|\bother models\b")
_NEED = re.compile(r"\b(?:needs?|can be)\b")
_REFUSAL = re.compile(r"\b(?:when|ignored by|left out with|not be asked of)\b")
_SERIES = re.compile(r"\b(\d)\.x\b|\bkling-v(\d) models?\b")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\b[A-Z][a-z]+ 20\d\d\b|\b20\d\d\b|\bfrom 1,|\b1, 2, 3\b")
# Digits that are not a number of something: in quotes, in brackets, in a name, ratio or resolution.
_NOT_A_COUNT = re.compile(r"\"[^\"]*\"|<<<.*?>>>|\[[^]]*\]|\b\d+:\d+\b|\b\d+[a-z]+\b|\(1 \+[^)]*\)")


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence, such as a list of models and modes."""

    named: Named
    """The values that it names, by field."""
    clause: int
    """The number of the clause that it is in; clauses end with a semicolon or a full stop."""
    text: str

    @property
    def is_about_others(self) -> bool:
        """Whether it is about all models other than those that the sentence named before."""
        return bool(_OTHERS.search(self.text))

    @property
    def is_need(self) -> bool:
        """Whether it says "needs" or "can be"."""
        return bool(_NEED.search(self.text))

    def accepts(self, named: Named) -> bool | None:
        """Return whether it says that these values are accepted or refused; None if neither."""
        required = re.findall(r"(?:must|should) be \"?([\w-]+)", self.text)
        values = [str(value).lower() for of_field in named.values() for value in of_field]
        if self.is_need or self.text.startswith("unless ") or set(required) & set(values):
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
    """Return the phrases of a text, with the values that they name.

    If the text is about the field `subject`, its numbers need no quotes or units.
    """
    found = []
    clause = 0
    begin = 0
    for mark in [*_PHRASE_END.finditer(text), None]:
        part = text[begin : mark.start() if mark else len(text)]
        named = {axis.field: frozenset(mentioned(part, axis, subject)) for axis in axes}
        named = {field: values for field, values in named.items() if values}
        found.append(Phrase(named, clause, part))
        if mark:
            clause += mark[0] in ("; ", ". ")  # adds 1 at the end of a clause
            begin = mark.end()
    return found


def mentioned(text: str, axis: Axis, subject: str = "") -> Iterator[Any]:
    """Yield the values of a field that a text names, also numbers that the field cannot have."""
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
        # If an enumeration has one known value, its other words are values too.
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
    """Return the numbers of things, characters or seconds in a text, but not names and dates."""
    text = _NOT_A_COUNT.sub("", _DATE.sub("", text))
    digits = re.findall(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w-]|\.\w)", text)
    # "one" is often not a number, so it counts only after words such as "at most".
    words = re.findall(rf"\b(?:{'|'.join(list(NUMBERS)[1:])})\b", text)
    once = re.findall(r"(?:exactly|at most|at least|to|up to) (one)\b", text)
    return [*map(float, digits), *(float(NUMBERS[word]) for word in words + once)]


def _pattern(value: str, axis: Axis) -> re.Pattern[str]:
    return _value(value, axis.field, is_word=value in _words(axis.values))


@cache
def _words(values: tuple[Any, ...]) -> frozenset[str]:
    """Return the values that sentences use as ordinary words, such as video.

    A value is one of them if another value ends with it, such as base_video.
    """
    texts = [one for one in values if isinstance(one, str)]
    return frozenset(one for one in texts if any(other.endswith(f"_{one}") for other in texts))


@cache
def _value(value: str, field: str, *, is_word: bool) -> re.Pattern[str]:
    if is_word:  # a value only in "type video", or in "types image and video"
        return re.compile(rf"\btypes? (?:\w+ (?:and|or) )?{re.escape(value)}\b")
    if value in ("on", "off"):
        # "on" and "off" are values only in quotes, after the name, or in "On needs" and "On by".
        name = field.rpartition(".")[2]
        return re.compile(rf'"{value}"|\b{name} {value}\b|^{value.capitalize()} (?:needs|by)\b')
    plural = "s?" if "[]" in field else ""
    return re.compile(rf"(?<![\w-]){re.escape(value)}{plural}(?![\w-])")


def _numbers(text: str, axis: Axis, *, bare: bool) -> Iterator[Any]:
    """Yield the numbers in a text; with `bare`, also those without quotes and units."""
    text = _DATE.sub("", text)
    is_text = isinstance(axis.values[0], str)
    number = r"(?<![\w.\"-])(\d+)(?![\w\"-]|\.\w)"
    value = r'"(\d+)"' if is_text else number
    # Each pattern has two groups. The second one is empty for a single number.
    ranges = [rf"{value} to {value}", rf"{value}()"]
    if is_text:
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
            yield from (known[n] for n in known if first <= n <= last)
            yield from (n for n in (first, last) if n not in known and not axis.is_open)
        text = re.sub(pattern, "", text)
