"""Check a local file for the fields of a request that may take it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kling._requests.calls import Request
from kling._requests.media_checks import findings
from kling._requests.media_limits import RULE, MediaFields
from kling._requests.names import operation_named, operations_named
from kling.description import Document, Operation, Problem, Spec, load

if TYPE_CHECKING:
    from kling._media import MediaFacts

MediaField = tuple[str, Document]
"""The name of a field, and its limits."""


def media_problems(facts: "MediaFacts", request: str | type[Request]) -> list[Problem]:
    """Return why Kling would refuse a file in a request; an empty list if it would not.

    Args:
        facts: the properties of the file.
        request: the name of a request or field, see `media_places`; or a class of requests.

    Raises:
        ValueError: see `media_places`.
    """
    return [*_problems(facts, request, certain=True)]


def media_remarks(facts: "MediaFacts", request: str | type[Request]) -> list[Problem]:
    """Return what may be wrong with a file, but could not be read with certainty.

    Raises:
        ValueError: see `media_places`.
    """
    return [*_problems(facts, request, certain=False)]


def media_places(name: str, facts: "MediaFacts", spec: Spec) -> list[MediaField]:
    """Return the fields that may take a file; of fields with the same limits, only the first.

    Args:
        name: any name of an operation, which may be followed by a dot and a field. A part of
            contents is named by its type, such as kling_30_omni_video.first_frame.
        facts: the properties of the file. If `name` has no field, the format decides.
        spec: the description of the operation.

    Raises:
        ValueError: there is no operation or field with this name, or it takes no media.
    """
    first, _, field = name.partition(".")
    field = re.sub(r"\[[0-9]*\]", "", field)
    operations = [one for one in operations_named(first, spec, _takes_media) if one.request]
    every = [place for operation in operations for place in _media_fields(operation, spec)]
    if not every:
        operation_named(first, spec, _takes_media, "takes no media")
    named = [place for place in every if not field or _is_part_of(field, place[0])]
    if not named:
        known = ", ".join(dict.fromkeys(place for place, _ in every))
        raise ValueError(f"{first} has no media field {field}; its media fields are {known}")
    of_format = [place for place in named if facts.format in place[1].get("formats", ())]
    of_kind = [place for place in named if facts.kind == place[1]["kind"]]
    found = of_format or of_kind or named
    return [one for number, one in enumerate(found) if one[1] not in _limits(found[:number])]


def _limits(places: list[MediaField]) -> list[Document]:
    return [limits for _, limits in places]


def _problems(
    facts: "MediaFacts", request: str | type[Request], *, certain: bool
) -> Iterator[Problem]:
    name = request if isinstance(request, str) else request.__name__
    for field, limits in media_places(name, facts, load()):
        for finding in findings(facts, limits):
            if finding.is_certain is certain:
                yield Problem(RULE, field, f"{field} {finding.text}.")


def _takes_media(operation: Operation) -> bool:
    return bool(_media_fields(operation, load()))


def _media_fields(operation: Operation, spec: Spec) -> list[MediaField]:
    root = {"$ref": f"#/components/schemas/{operation.request}"}
    return [*MediaFields(spec, root).places()] if operation.request else []


def _is_part_of(field: str, path: str) -> bool:
    """Whether one or more consecutive steps of a path are the field."""
    return f".{field}." in f".{path}."
