"""House rules that compare sentences with the data.

The sentences are about models, defaults, retirements, lengths and counts.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.conditions import schemas
from scripts.lint.limits import constants, limits, spans
from scripts.lint.parts import Operation
from scripts.lint.sentences import MODEL, NUMBERS, sentences
from scripts.lint.view import File, Findings, rule
from scripts.lint.walk import listed, mapping

_PROSE = ("description", "summary", "fact", "unchecked", "text")
_NAME = re.compile(r"kling-(?:v\d|video-|image-)[\w-]*|kolors-[\w-]+")
# Any number but the word "one", which is usually not a count.
_NUMBER = rf"(?:{'|'.join(list(NUMBERS)[1:])}|\d+)"
_PART = re.compile(rf"\b{_NUMBER} of (?:the|its|their|these) {_NUMBER}\b")
_ALL = re.compile(rf"\b(?:the|its|their|these|those|all) (?:other )?{_NUMBER} [a-z]+s\b")
# Phrases about a default. An empty `field` means the field that the sentence describes.
_DEFAULTS = (
    r'(?P<field>[\w.]+), which is "?(?P<value>[\w:-]+)"? when it is left out',
    r'(?P<field>[\w.]+) (?:must be )?"?(?P<value>[\w:-]+)"?, which is (?:the|its) default',
    r'(?P<field>)its default is "?(?P<value>[\w:-]+)',
    r"(?P<field>)the default is (?P<value>[\w:-]+) here",
    r"(?P<field>)\b(?P<value>True|False|On|Off) by (?:default|Kling)",
    r"Leaving (?P<field>\w+) out selects (?P<value>[\w-]*\w)",
)
_RETIRED_DEFAULT = re.compile(r"default is retired|retired default|retired, as the default")
_SPAN = re.compile(rf"\b(one|{_NUMBER}) (to|or) ({_NUMBER}) ([a-z]+)\b")
_MOST = re.compile(rf"\bup to ({_NUMBER}) ([a-z]+)\b")


@rule
def models_exist(file: File) -> Findings:
    """Name only models that a list of values in the description has; add new models there first.

    This rule finds misspelled names.
    """
    for place, _, text in prose(file):
        for name in sorted(set(_NAME.findall(text)) - file.whole.values):
            yield place, f'"{text}": no enum or x-extensible has {name}'


@rule
def values_are_described_together(file: File) -> Findings:
    """In the description of an enum, name all values, or at most one.

    Otherwise nobody notices that a new value is not described.
    """
    for node in file.nodes:
        values = [str(value) for value in listed(node.schema.get("enum"))]
        text = str(node.schema.get("description", ""))
        named = [one for one in values if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text)]
        if 1 < len(named) < len(values):
            missing = ", ".join(one for one in values if one not in named)
            yield node.place, f'"{text}": the description does not name {missing}'


@rule
def defaults_are_those_of_the_data(file: File) -> Findings:
    """Call a value the default of a field only if x-kling-default says so."""
    known: dict[str, set[str]] = defaultdict(set)
    for node in file.nodes:
        if node.role == "property" and "x-kling-default" in node.schema:
            name = node.place.rpartition(".")[2]
            known[name].add(str(node.schema["x-kling-default"]).lower())
    for place, holder, text in prose(file):
        field = mapping(holder.get("x-kling-rule")).get("field") or holder.get("field")
        described = str(field or place.removesuffix(".description")).rpartition(".")[2]
        for pattern in _DEFAULTS:
            for found in re.finditer(pattern, text):
                stated = found["field"].rpartition(".")[2]
                name = stated if stated in known else described
                value = found["value"].lower()
                if name in known and value not in known[name]:
                    defaults = ", ".join(sorted(known[name]))
                    yield place, f'"{text}": the default of {name} is {defaults}'


@rule
def retirements_are_those_of_the_data(file: File) -> Findings:
    """Call a model retired, or give a date for it, only if x-kling-retired says so."""
    own = file.retired
    all_retired = [other.retired for other in file.whole.files]
    # Without dates of its own, a file may state those of any other file.
    dates = set(own.values()) or {day for retired in all_retired for day in retired.values()}
    for place, holder, text in prose(file):
        if "retired" not in text:
            continue
        stated = set(re.findall(r"retired on (\d{4}-\d{2}-\d{2})", text))
        models = set(MODEL.findall(text))
        if _RETIRED_DEFAULT.search(text):
            models |= {str(model) for model in _defaults(file, "model_name")}
        if "all of them" in text:
            models |= set(map(str, listed(holder.get("enum"))))
        # In a file without x-kling-retired, a sentence may be about a model of another file.
        wrong_models = models - set(own) if own else set()
        for wrong in sorted((stated - dates) | wrong_models):
            yield place, f'"{text}": x-kling-retired does not have {wrong}'


@rule
def parts_are_not_counted(file: File) -> Findings:
    """Do not count the values of a list, as in "two of the three" or "its six movements".

    The number becomes wrong when the list grows. Name the values, or write "some".
    """
    for place, _, text in prose(file):
        for found in (*_PART.finditer(text), *_ALL.finditer(text)):
            yield place, f'"{found[0]}" counts the values of a list'


@rule
def operations_agree_with_their_requests(file: File) -> Findings:
    """In the first sentence of a create, give only lengths and counts that its request has.

    In a tag, give only those that a request of the family has.
    """
    requests = [(one, _request(file, one)) for one in file.operations]
    for operation, request in requests:
        lines = sentences(str(operation.body.get("description", "")))
        sentence = next((one for one in lines if re.match(r"(?:Starts|Makes) ", one)), "")
        for wrong in _missing_numbers(file, request, sentence):
            yield operation.place, f'"{sentence}": the request has no {wrong}'
    all_schemas = [schema for _, request in requests for schema in request]
    for number, tag in enumerate(listed(file.document.get("tags"))):
        for sentence in sentences(str(mapping(tag).get("description", ""))):
            for wrong in _missing_numbers(file, all_schemas, sentence):
                yield f"tags.{number}", f'"{sentence}": the requests have no {wrong}'


def _missing_numbers(file: File, request: list[Document], sentence: str) -> Iterator[str]:
    """Yield the ranges and limits in a sentence that a request does not have."""
    if file.whole.is_exempt(file.path, sentence):
        return
    # A request without ranges, or without limits, has nothing to compare with.
    known = {span for schema in request for span in spans(schema)}
    most = set(_allowed_limits(file, request))
    for low, word, high, _ in _SPAN.findall(sentence):
        if known and (_number(low), word, _number(high)) not in known:
            yield f"{low} {word} {high}"
    for number, _ in _MOST.findall(sentence):
        if most and _number(number) not in most:
            yield f"limit of {number}"


@lru_cache(maxsize=1)  # several rules need the sentences of the same file
def prose(file: File) -> list[tuple[str, Document, str]]:
    """Return the sentences that are compared with data: place, mapping around it, and text."""
    return [
        (place, holder, sentence)
        for place, holder, text in _texts(file.document)
        for sentence in sentences(text)
        if not sentence.startswith("Open:") and not file.whole.is_exempt(file.path, sentence)
    ]


def _texts(node: Any, place: str = "") -> Iterator[tuple[str, Document, str]]:
    for key, value in node.items() if isinstance(node, dict) else enumerate(listed(node)):
        inside = f"{place}.{key}".strip(".")
        if key in _PROSE and isinstance(value, str):
            # `text` is the main key of a message, so the place of the message says enough.
            yield place if key == "text" else inside, node, value
        elif key not in ("example", "examples"):
            yield from _texts(value, inside)


def _defaults(file: File, name: str) -> Iterator[Any]:
    for node in file.nodes:
        if node.place.endswith(f".properties.{name}") and "x-kling-default" in node.schema:
            yield node.schema["x-kling-default"]


def _request(file: File, operation: Operation) -> list[Document]:
    """Return the schemas of the fields of a body, and of the fields directly inside them."""
    found = []
    for body in operation.request_schemas:
        for name in mapping(file.merged(body).get("properties")):
            for inner in schemas(file.whole, file.path, body, name):
                found += [inner, *map(mapping, mapping(inner.get("properties")).values())]
    return [schema for part in found for schema in _resolved(file, part)]


def _resolved(file: File, schema: Document) -> list[Document]:
    # `schemas` resolves the schema of a field, so put this schema into a field.
    holder = {"properties": {"field": schema}}
    return schemas(file.whole, file.path, holder, "field") if "$ref" in schema else [schema]


def _allowed_limits(file: File, request: list[Document]) -> Iterator[float]:
    for schema in request:
        yield from limits(schema)
    for claim in file.claims:
        # The limits of a check are the whole numbers in its function.
        yield from constants(str(claim.tag.get("check", "")))


def _number(text: str) -> float:
    return float(NUMBERS.get(text, text))
