"""Look at the media of a request, as far as it holds the bytes."""

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
_PIECE = 65536
# What people put where a medium goes, and what in `kling.media` makes one of it, by its kind.
_BYTES = (bytes, bytearray, memoryview, PathLike)
_HELPERS = {"image": "image", "audio": "audio"}
_URL = ("http://", "https://")


class MediaFields:
    """The media fields of a schema, with their limits."""

    def __init__(self, spec: Spec, schema: Document) -> None:
        schema = spec.resolve(schema)
        self._limits: Document | None = schema.get(RULE)
        # Only a URL has to match a pattern; the pattern says what is wrong with anything else.
        self.takes_files = "pattern" not in schema
        self._items = MediaFields(spec, schema["items"]) if "items" in schema else None
        inner = {
            name: MediaFields(spec, node) for name, node in schema.get("properties", {}).items()
        }
        self._fields = {name: fields for name, fields in inner.items() if fields}
        self._kind, branches = spec.branches(schema)
        self._branches = {value: MediaFields(spec, node) for value, node in branches.items()}

    def __bool__(self) -> bool:
        return bool(self._limits or self._items or self._fields or any(self._branches.values()))

    def told(self, body: Any) -> Iterator[tuple[Problem, bool]]:
        """Yield what is wrong with the media in a body, and whether Kling would surely refuse it.

        It reads the files, some of them to their end.
        """
        for field, value, fields in self.media(body):
            if isinstance(value, str) and fields.takes_files:
                for one in fields._findings(value):
                    yield Problem(RULE, field, f"{field} {one.text}."), one.is_certain

    def with_ways_out(self, problems: Iterable[Problem], body: Any) -> Iterator[Problem]:
        """Yield problems, those of files in the place of media with how to put them there."""
        ways = {
            (field, "pattern" if isinstance(value, str) else "type"): fields._way_out()
            for field, value, fields in self.media(body)
            if isinstance(value, (str, *_BYTES)) or hasattr(value, "read")
        }
        for one in problems:
            way = ways.get((one.field, one.rule), "")
            yield replace(one, message=f"{one.message.rstrip('.')}{way}.") if way else one

    def media(
        self, value: Any, path: tuple[str | int, ...] = ()
    ) -> "Iterator[tuple[str, Any, MediaFields]]":
        """Yield (field, value, what is known of the field) for every medium in a value."""
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
        """Return a value with every medium replaced by what a function returns of what `media` has.

        The value is not changed.
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
            return [items.replaced(one, by, (*path, index)) for index, one in enumerate(value)]
        return value

    def places(self, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Document]]:
        """Yield the name and the limits of every field, without the numbers of entries.

        A part of contents is named by its type, such as contents.first_frame.url.
        """
        if self._limits:
            yield ".".join(path), self._limits
        inner = {**self._fields, **self._branches}
        for name, fields in inner.items():
            yield from fields.places((*path, name))
        if self._items:
            yield from self._items.places(path)

    def of_file(self, field: str, facts: "MediaFacts") -> Iterator[tuple[Problem, bool]]:
        """Yield what is wrong with a file for this field, and whether Kling would surely refuse it.

        Args:
            field: the name of the field.
            facts: what the file says of itself.
        """
        assert self._limits is not None  # fields without limits are not media
        for one in findings(facts, self._limits):
            yield Problem(RULE, field, f"{field} {one.text}."), one.is_certain

    def _fields_in(self, value: Mapping[str, Any]) -> "dict[str, MediaFields]":
        branch = self._branches.get(str(value.get(self._kind)))
        return branch._fields if branch else self._fields

    def _findings(self, value: str) -> Iterator[Finding]:
        # Empty is absent; what a URL leads to only Kling sees; a prefix is reported by a rule.
        if not value or value[:8].lower().startswith((*_URL, "data:")):
            return
        assert self._limits is not None  # fields without limits are not media
        try:
            facts = facts_of(value)
        except ValueError:
            reason = "is neither a URL, beginning with http:// or https://, nor base64"
            yield Finding(f"{reason}{self._way_out()}")
            return
        yield from findings(facts, self._limits)

    def _way_out(self) -> str:
        """Say how a file gets into this field."""
        assert self._limits is not None  # as above
        if not self.takes_files:
            return (
                "; put the file where Kling can fetch it, and give its URL: "
                "kling check-media looks at a file before"
            )
        helper = _HELPERS.get(self._limits["kind"])
        return f"; from a file: kling.media.{helper}(path)" if helper else ""


def facts_of(source: str | Path) -> "MediaFacts":
    """Return what a file says of itself, of which there is the base64, or the path.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no base64.
    """
    # Only here, for most requests hold no file.
    from kling._media import Base64File, read_facts

    if isinstance(source, Path):
        with source.open("rb") as opened:
            return read_facts(opened, os.fstat(opened.fileno()).st_size)
    file = Base64File(source)
    return read_facts(io.BufferedReader(file, _PIECE), file.size)
