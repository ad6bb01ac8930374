"""House rules for numbers in sentences: limits and lengths must agree with the data."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.conditions import compared, fields, schemas
from scripts.lint.parts import Claim
from scripts.lint.sentences import MODEL, counts, sentences
from scripts.lint.view import File, Findings, rule
from scripts.lint.walk import listed, mapping

_CHECKS = Path(__file__).parents[2] / "overlay/kling/description/checks.py"
_LIMITS = re.compile(r"(?:min|max)(?:imum|Length|Items|Contains)?|x-kling-distinct")
_EXAMPLE = re.compile(r"\bas in \S+")
_SPAN = r"(\d+(?:\.\d+)?) (?:to|or) (\d+(?:\.\d+)?)"
_LENGTH = r"(\d+(?:\.\d+)?) (to|or) (\d+(?:\.\d+)?)"
# Not after "of", because such a length is not that of the field, as in "parts of 5 to 10 s".
_LENGTHS = rf"\bseconds, {_LENGTH}\b", rf"(?<![\d.])(?<!\bof ){_LENGTH} (?:s|seconds)\b"
# Bounds that are not limits of Kling (the size of integers), and those that texts give in words,
# such as "no" (0 and 1).
_BOUNDS = {0.0, 1.0, -(2.0**31), 2.0**31 - 1, 2.0**63 - 1, 2.0**63}
_MOST = r"(?:up to|at most) (\d+(?:\.\d+)?)"


@rule
def numbers_in_messages_are_those_of_the_rule(file: File) -> Findings:
    """In a message, use only numbers of the rule, its check, or the fields that the message names.

    If a limit of the rule is more than 1, the message must give it.
    """
    for claim in file.claims:  # a claim is a rule or a piece of advice
        message = _EXAMPLE.sub("", str(claim.message))
        said, known = set(counts(message)), set(_numbers_about(file, claim, message))
        for number in sorted(said - known):
            yield claim.place, f'"{claim.message}": the data have no {number:g}'
        for number in sorted(set(_limits_to_name(claim.condition)) - said):
            yield claim.place, f'"{claim.message}": the message does not give the limit {number:g}'


def _numbers_about(file: File, claim: Claim, message: str) -> Iterator[float]:
    yield from (0.0, 1.0)  # "no" and "one" need no data
    yield from limits(claim.condition)
    yield from (float(n) for _, said in compared(claim.condition) for n in said if _is_number(n))
    yield from constants(str(claim.tag.get("check", "")))
    named = set(re.findall(r"[a-z_]+(?:\.[a-z_]+)*", message))
    for field in {*fields(claim.condition), *named, claim.field} - {""}:
        for schema in schemas(file.whole, file.path, claim.holder, field):
            yield from limits(schema)
            yield from (float(one) for one in listed(schema.get("enum")) if _is_number(one))
            if _is_number(schema.get("x-kling-default")):
                yield float(schema["x-kling-default"])


@rule
def limits_in_descriptions_are_those_of_the_field(file: File) -> Findings:
    """In a description, give only limits of the field, of its x-kling-media or of a rule about it.

    Sentences that begin with "Open:" are not checked.
    """
    claims = [
        (claim, {field.rpartition(".")[2] for field in fields(claim.condition)})
        for claim in file.claims
    ]
    for place, schema, holder in _described(file):
        text = " ".join(_checked_sentences(schema.get("description")))
        media = [mapping(one.get("x-kling-media")) for one in _media(file, schema, holder, text)]
        for said, known in _media_limits(text, media):
            if said != known:
                yield place, f'"{text}": the text says {said:g}, but the data say {known:g}'
        if "x-kling-media" in schema:
            continue  # its limits were compared just now
        lengths = set(spans(schema))
        for sentence in _checked_sentences(schema.get("description")):
            # The lengths of a single model may be different from those of the field.
            if not lengths or MODEL.search(sentence) or file.whole.is_exempt(file.path, sentence):
                continue
            for low, word, high in _lengths_named(sentence):
                if (float(low), word, float(high)) not in lengths:
                    yield place, f'"{sentence}": the data have no {low} {word} {high}'
        pool = {
            *limits(schema),
            *_limits_of_rules(claims, place.rpartition(".")[2]),
            *_limits_of_named_fields(file, text, holder),
        }
        for sentence in _checked_sentences(schema.get("description")):
            # If the data have no limit of Kling, there is nothing to compare with.
            if pool - _BOUNDS and not file.whole.is_exempt(file.path, sentence):
                for number in _limits_named(sentence, is_list=schema.get("type") == "array"):
                    if number not in pool:
                        yield place, f'"{sentence}": the data have no {number:g}'


def _described(file: File) -> Iterator[tuple[str, Document, Document]]:
    """Yield the place and the schema of each property and parameter, and the object around it."""
    holders = {node.place: node.schema for node in file.nodes}
    for node in file.nodes:
        if node.role == "property":
            holder = holders.get(node.place.rpartition(".properties.")[0], {})
            yield node.place, file.merged(node.schema), holder
    for place, parameter in file.parameters:
        schema = file.merged(mapping(parameter.get("schema")))
        yield place, {**schema, "description": parameter.get("description")}, {}


def _checked_sentences(text: Any) -> list[str]:
    return [one for one in sentences(str(text or "")) if not one.startswith("Open:")]


def _media(file: File, schema: Document, holder: Document, text: str) -> list[Document]:
    """Return the schemas with x-kling-media that a description is about.

    Normally, this is the schema of the field itself. If the field is not a media file, and its
    description says "Give this or ...", it is the schema of the other field.
    """
    if "x-kling-media" in schema:
        return [schema]
    named: list[Document] = []
    for other in re.findall(r"Give this or (\w+)", text):
        named += schemas(file.whole, file.path, holder, other)
    return [one for one in named if "x-kling-media" in one]


def _media_limits(text: str, media: list[Document]) -> Iterator[tuple[float, float]]:
    """Yield each limit of a media file that a text gives, with the same limit in the data."""
    for known in media:
        lengths = re.findall(r"([\d.]+) to ([\d.]+) s\b", text)
        most = [float(high) for _, high in lengths]
        most += map(float, re.findall(r"(?:up to|at most) ([\d.]+) s\b", text))
        span = listed(known.get("seconds"))
        if most and span:
            yield max(most), span[-1]
        if lengths and span:
            yield min(float(low) for low, _ in lengths), span[0]
        sides = re.findall(r"(\d+) to \d+ (?:px|pixels)", text)
        if sides and "side" in known:
            yield min(map(float, sides)), known["side"]


def _limits_of_rules(claims: list[tuple[Claim, set[str]]], name: str) -> Iterator[float]:
    for claim, tested in claims:
        if name in tested or re.search(rf"\b{name}\b", str(claim.message)):
            yield from limits(claim.condition)
            yield from constants(str(claim.tag.get("check", "")))


def _limits_of_named_fields(file: File, text: str, holder: Document) -> Iterator[float]:
    for other in re.findall(r"[a-z]+_[a-z_]+", text):
        for schema in schemas(file.whole, file.path, holder, other):
            yield from limits(schema)


def _limits_named(text: str, *, is_list: bool) -> Iterator[float]:
    if is_list:  # every number counts entries, except seconds
        yield from counts(re.sub(r"\b[\d.]+ s\b", "", text))
    else:
        yield from map(float, re.findall(r"(\d+) characters", text))
        for one in re.findall(rf"{_MOST}(?! (?:digits|s|hours|days)\b)", text):
            yield float(one)
        for low, high in re.findall(rf"{_SPAN} (?:with|in|of)\b", text):
            yield from (float(low), float(high))


def _lengths_named(text: str) -> Iterator[tuple[str, str, str]]:
    for pattern in _LENGTHS:
        yield from re.findall(pattern, text)


def spans(schema: Document) -> Iterator[tuple[float, str, float]]:
    """Yield the range of a number, of the length of a list or of the duration of a file.

    A range is (least, "to", most), or (least, "or", most) if there are only these two values.
    """
    numbers = sorted(float(one) for one in listed(schema.get("enum")) if _is_number(one))
    media = mapping(schema.get("x-kling-media")).get("seconds")
    low = schema.get("minimum", schema.get("minItems"))
    high = schema.get("maximum", schema.get("maxItems"))
    if numbers:
        yield numbers[0], "or" if len(numbers) == 2 else "to", numbers[-1]
    elif low is not None and high is not None:
        yield float(low), "to", float(high)
    if media:
        yield float(media[0]), "to", float(media[1])


def limits(condition: Any) -> Iterator[float]:
    """Yield every limit in a condition, at every depth."""
    for key, value in condition.items() if isinstance(condition, dict) else enumerate(condition):
        if _LIMITS.fullmatch(str(key)) and _is_number(value):
            yield float(value)
        elif key == "pattern" and isinstance(value, str):
            yield from map(float, re.findall(r"\{(\d+)\}", value))
        elif isinstance(value, dict | list):
            yield from limits(value)


def _limits_to_name(condition: Document) -> Iterator[float]:
    """Yield the limits that a message must give; it can say 0 and 1 in words, such as "no"."""
    for key, value in condition.items():
        if _LIMITS.fullmatch(key) and _is_number(value) and value > 1:
            yield float(value)
        elif key == "properties":
            for inner in mapping(value).values():
                yield from _limits_to_name(mapping(inner))
        # In `not` and `if` are values that the rule refuses or applies to, so they are not limits.
        elif isinstance(value, dict) and key not in ("not", "if"):
            yield from _limits_to_name(value)


@cache
def constants(check: str) -> tuple[float, ...]:
    """Return the whole numbers in the function that carries out a check."""
    tree = ast.parse(_CHECKS.read_text(encoding="utf-8"))
    bodies = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == check.replace("-", "_")
    ]
    return tuple(
        float(node.value)
        for body in bodies
        for node in ast.walk(body)
        if isinstance(node, ast.Constant) and type(node.value) is int
    )


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return value.isdecimal()
    return isinstance(value, int | float) and not isinstance(value, bool)
