"""Check a local file against the limits of the fields that may take the file."""

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
        request: a class of requests; or the name of a request or field, as in `media_places`.

    Raises:
        ValueError: see `media_places`.
    """
    return [*_problems(facts, request, certain=True)]


def media_remarks(facts: "MediaFacts", request: str | type[Request]) -> list[Problem]:
    """Return what may be wrong with a file. Some properties of files cannot be read exactly.

    Raises:
        ValueError: see `media_places`.
    """
    return [*_problems(facts, request, certain=False)]


def media_places(name: str, facts: "MediaFacts", spec: Spec) -> list[MediaField]:
    """Return the fields that may take a file. If several have the same limits, return one of them.

    Args:
        name: any name of an operation, which may be followed by a dot and a field. An entry of
            contents is named by its type, as in kling_30_omni_video.first_frame.
        facts: the properties of the file. If `name` has no field, the format of the file
            decides which fields are returned.
        spec: the description of the operation.

    Raises:
        ValueError: no operation or field has this name, or the operation takes no media.
    """
    first, _, field = name.partition(".")
    field = re.sub(r"\[[0-9]*\]", "", field)
    operations = operations_named(first, spec, _takes_media)
    media_fields = [place for operation in operations for place in _media_fields(operation, spec)]
    if not media_fields:
        # This raises an error, which suggests other operations.
        operation_named(first, spec, _takes_media, "takes no media")
    named = [
        (path, limits)
        for path, limits in media_fields
        if not field or _has_consecutive_steps(path, field)
    ]
    if not named:
        known = ", ".join(dict.fromkeys(path for path, _ in media_fields))
        raise ValueError(f"{first} has no media field {field}; its media fields are {known}")
    of_format = [
        (path, limits) for path, limits in named if facts.format in limits.get("formats", ())
    ]
    of_kind = [(path, limits) for path, limits in named if facts.kind == limits["kind"]]
    # The fields that accept this format; otherwise those of this kind of media; otherwise all.
    places: list[MediaField] = []
    for path, limits in of_format or of_kind or named:
        if all(limits != other for _, other in places):
            places.append((path, limits))
    return places


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


def _has_consecutive_steps(path: str, steps: str) -> bool:
    """Return whether a path such as contents.first_frame.url contains steps such as first_frame."""
    return f".{steps}." in f".{path}."
