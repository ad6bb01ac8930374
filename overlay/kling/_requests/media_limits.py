"""Find the media in the body of a request, and check those that the body contains as base64."""

import io
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kling._requests.media_checks import Finding, findings
from kling.description import Document, Problem, Spec, field_name

if TYPE_CHECKING:
    from kling._media import MediaFacts

RULE = "x-kling-media"
_BUFFER_SIZE = 65536
# Types of values that users put into a media field by mistake, instead of base64.
_TYPES_OF_FILES = (bytes, bytearray, memoryview, PathLike)
# By kind of media: the function of `kling.media` that makes base64 from a file.
_HELPERS = {"image": "image", "audio": "audio"}
_URL = ("http://", "https://")


class MediaFields:
    """A node in the tree of media fields of a schema.

    It is a media field with its limits, or an object or a list that contains media fields.
    """

    def __init__(self, spec: Spec, schema: Document) -> None:
        schema = spec.resolve(schema)
        self._limits: Document | None = schema.get(RULE)
        # A field that takes only URLs has a pattern, and other values break this pattern.
        self.takes_files = "pattern" not in schema
        self._items = MediaFields(spec, schema["items"]) if "items" in schema else None
        inner = {
            name: MediaFields(spec, node) for name, node in schema.get("properties", {}).items()
        }
        self._fields = {name: fields for name, fields in inner.items() if fields}
        # The entries of a list such as contents may have several types. Each type has a schema.
        self._type_field, branches = spec.branches(schema)
        self._branches = {value: MediaFields(spec, node) for value, node in branches.items()}

    def __bool__(self) -> bool:
        return bool(self._limits or self._items or self._fields or any(self._branches.values()))

    def file_problems(self, body: Any) -> Iterator[tuple[Problem, bool]]:
        """Yield (problem, whether it is certain) for the media that a body contains as base64.

        This decodes the media, some of them completely.
        """
        for field, value, fields in self.media(body):
            if isinstance(value, str) and fields.takes_files:
                for finding in fields._findings(value):
                    problem = Problem(RULE, field, f"{field} {finding.text}.")
                    yield problem, finding.is_certain

    def with_hints(self, problems: Iterable[Problem], body: Any) -> Iterator[Problem]:
        """Yield the problems. If a media field has a file as its value, say how to convert it."""
        # The keys are (field, broken rule): the path of a file as a string breaks the rule
        # "pattern"; bytes, a Path or an open file break the rule "type".
        hints = {
            (field, "pattern" if isinstance(value, str) else "type"): fields._hint()
            for field, value, fields in self.media(body)
            if isinstance(value, (str, *_TYPES_OF_FILES)) or hasattr(value, "read")
        }
        for problem in problems:
            if hint := hints.get((problem.field, problem.rule), ""):
                yield replace(problem, message=f"{problem.message.rstrip('.')}{hint}.")
            else:
                yield problem

    def media(
        self, value: Any, path: tuple[str | int, ...] = ()
    ) -> "Iterator[tuple[str, Any, MediaFields]]":
        """Yield (name of the field, medium, its `MediaFields`) for every medium in a value.

        A medium is an image, an audio clip or a video, as a URL or as base64.
        """
        if self._limits:
            yield field_name(path), value, self
        elif isinstance(value, Mapping):
            for name, fields in self._fields_in(value).items():
                if name in value:
                    yield from fields.media(value[name], (*path, name))
        elif isinstance(value, list) and self._items:
            for index, inner in enumerate(value):
                yield from self._items.media(inner, (*path, index))

    def replaced(
        self,
        value: Any,
        by: "Callable[[str, Any, MediaFields], Any]",
        path: tuple[str | int, ...] = (),
    ) -> Any:
        """Return a copy of a value in which the function `by` has replaced every medium.

        The arguments of the function are what `media` yields for the medium.
        """
        if self._limits:
            return by(field_name(path), value, self)
        if isinstance(value, Mapping):
            here = self._fields_in(value)
            return {
                name: here[name].replaced(inner, by, (*path, name)) if name in here else inner
                for name, inner in value.items()
            }
        if isinstance(value, list) and self._items:
            items = self._items
            return [items.replaced(inner, by, (*path, index)) for index, inner in enumerate(value)]
        return value

    def places(self, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Document]]:
        """Yield the name and the limits of every media field.

        The names do not have indexes of lists. An entry of contents is named by its type, as in
        contents.first_frame.url.
        """
        if self._limits:
            yield ".".join(path), self._limits
        inner = {**self._fields, **self._branches}
        for name, fields in inner.items():
            yield from fields.places((*path, name))
        if self._items:
            yield from self._items.places(path)

    def problems_of_file(self, field: str, facts: "MediaFacts") -> Iterator[tuple[Problem, bool]]:
        """Yield (problem, whether it is certain) for a file that may be put into this field.

        Args:
            field: the name of the field.
            facts: the properties of the file.
        """
        assert self._limits is not None  # fields without limits are not media
        for finding in findings(facts, self._limits):
            yield Problem(RULE, field, f"{field} {finding.text}."), finding.is_certain

    def _fields_in(self, value: Mapping[str, Any]) -> "dict[str, MediaFields]":
        """Return the media fields of an object. They may depend on the type of the object."""
        branch = self._branches.get(str(value.get(self._type_field)))
        return branch._fields if branch else self._fields

    def _findings(self, value: str) -> Iterator[Finding]:
        # Kling treats an empty string as absent. A file behind a URL cannot be checked here. For a
        # data URL there is a rule of its own.
        if not value or value[:8].lower().startswith((*_URL, "data:")):
            return
        assert self._limits is not None  # fields without limits are not media
        try:
            facts = facts_of(value)
        except ValueError:
            reason = "is neither a URL that begins with http:// or https://, nor base64"
            yield Finding(f"{reason}{self._hint()}")
            return
        yield from findings(facts, self._limits)

    def _hint(self) -> str:
        """Return the end of a message: how to put a file into this field."""
        assert self._limits is not None  # fields without limits are not media
        if not self.takes_files:
            return (
                "; upload the file to where Kling can fetch it, and give its URL; before that, you "
                "can check the file with `kling check-media`"
            )
        helper = _HELPERS.get(self._limits["kind"])
        return f"; kling.media.{helper}(path) makes base64 from a file" if helper else ""


def facts_of(source: str | Path) -> "MediaFacts":
    """Return the properties of a media file.

    Args:
        source: the path of the file, or its base64.

    Raises:
        OSError: the file cannot be read.
        ValueError: the string is not base64.
    """
    # Imported here because most requests contain no file.
    from kling._media import Base64File, read_facts

    if isinstance(source, Path):
        with source.open("rb") as opened:
            return read_facts(opened, os.fstat(opened.fileno()).st_size)
    file = Base64File(source)
    return read_facts(io.BufferedReader(file, _BUFFER_SIZE), file.size)
