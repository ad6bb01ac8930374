"""From a row of a file of jobs to a job, and everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kling._cost import Estimate, estimate_call
from kling._requests import (
    MediaFields,
    Unlisted,
    body_call,
    operation_named,
    problems_of,
    put_medium,
    remarks_of,
    unlisted_create,
)
from kling.batch.columns import MEDIA, Columns, first_step
from kling.batch.file_paths import FilePaths
from kling.batch.file_rows import Row
from kling.description import Operation, Spec, load

_LONGEST_ID = 200
_OWN_ID = "external_task_id"
_UNKNOWN = "unknown-field"


@dataclass(frozen=True, slots=True)
class FileJob:
    """A job of a file."""

    line: int
    """The line on which it begins, from 1 on."""
    id: str
    operation: str
    """The operationId of its create, or a path that is not described."""
    body: dict[str, Any]
    """What is sent, in Kling's types; a `Path` in it is a file that is read then."""


@dataclass(slots=True)
class Reading:
    """What a row says."""

    job: FileJob | None = None
    """None where something is wrong."""
    estimate: Estimate | None = None
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _Kind:
    """What is known of the jobs of one operation."""

    def __init__(self, operation: Operation, spec: Spec) -> None:
        self.operation = operation
        self.columns = Columns(operation, spec)
        root = {"$ref": f"#/components/schemas/{operation.request}"}
        is_described = operation.request in spec.schemas
        self.media = MediaFields(spec, root) if is_described else None


class RowReader:
    """Reads the rows of one file.

    Args:
        folder: what the paths of media are relative to.
        operation: what rows are for that do not say it; None if each must.
        fields: what rows say that leave these columns out.

    Raises:
        ValueError: no create has this name.
    """

    def __init__(self, folder: Path, operation: str | None, fields: Mapping[str, Any]) -> None:
        self._spec = load()
        self._files = FilePaths(folder)
        self._kinds: dict[str, _Kind | ValueError] = {}
        self._lines: dict[str, int] = {}
        self._operation = operation
        self._fields = fields
        if operation is not None:
            self._kind(operation)

    def read(self, row: Row) -> Reading:
        """Return what a row says. No two rows have the same id."""
        found = Reading()
        cells = dict(row.cells)
        given = _taken(cells, "id")
        try:
            kind = self._kind(_taken(cells, "operation") or self._operation)
            body = self._body(kind, cells, found.problems)
        except ValueError as error:
            found.problems.append(str(error))
            return found
        files, body, sendable = self._files.found(body, kind.media, found)
        self._judge(kind, sendable, found)
        name = self._id(given, files, row.line, found.problems)
        if not found.problems:
            call = body_call(kind.operation, body)
            found.estimate = estimate_call(call)
            path = kind.operation.path if kind.media is None else kind.operation.id
            found.job = FileJob(row.line, name, path, body)
        return found

    def _kind(self, name: object) -> _Kind:
        if name is None:
            raise ValueError(
                "there is no operation, such as image_to_video; add a column operation, or give "
                "one for all jobs: --operation image_to_video"
            )
        if not isinstance(name, str):
            raise ValueError("operation must be a string, such as image_to_video")
        if name not in self._kinds:
            try:
                self._kinds[name] = _Kind(self._operation_named(name.strip()), self._spec)
            except ValueError as error:
                self._kinds[name] = error
        kind = self._kinds[name]
        if isinstance(kind, ValueError):
            raise ValueError(str(kind))
        return kind

    def _operation_named(self, name: str) -> Operation:
        if "/" in name:
            return unlisted_create(Unlisted(name, {}).path)
        return operation_named(name, self._spec, lambda one: one.task, "creates no task")

    def _body(self, kind: _Kind, cells: dict[str, Any], problems: list[str]) -> dict[str, Any]:
        whole = _taken(cells, "body")
        in_body = whole if isinstance(whole, dict) else {}
        others = {k: v for k, v in self._fields.items() if first_step(k) not in in_body}
        cells = {**others, **cells}
        media = {
            name: cells.pop(name)
            for name in MEDIA
            if name in cells and name not in kind.columns.fields and kind.media is not None
        }
        wrong = {name: text for name in cells if (text := kind.columns.wrong(name))}
        problems += wrong.values()
        fields = {name: value for name, value in cells.items() if name not in wrong}
        body = kind.columns.body(fields, problems)
        if whole is not None:
            body = _joined(whole, body)
        for name, value in media.items():
            for one in value if isinstance(value, list) else [value]:
                put_medium(
                    body, name, one, kind.operation, self._spec, option=name, field_hint=_by_name
                )
        return body

    def _judge(self, kind: _Kind, body: dict[str, Any], found: Reading) -> None:
        """Find what the rules say against a body, in which a URL is in the place of each file."""
        call = body_call(kind.operation, body)
        for one in problems_of(call):
            text = str(one)
            # How to let it pass is about other commands.
            found.problems.append(text.partition(" To let ")[0] if one.rule == _UNKNOWN else text)
        if body.get(_OWN_ID):
            found.problems.append(
                f"{_OWN_ID} is made of the id of the job, so that nothing is paid for twice; "
                "leave it out"
            )
        if not found.problems:
            found.remarks += remarks_of(call)

    def _id(self, given: object, files: list[Path], line: int, problems: list[str]) -> str:
        stems = {one.stem for one in files}
        name = given if given is not None else stems.pop() if len(stems) == 1 else None
        if isinstance(name, int) and not isinstance(name, bool):
            name = str(name)
        if name is None:
            problems.append(
                "there is no id; add a column id, with a name for each job that stays the same "
                "when lines are moved"
            )
            return ""
        if not isinstance(name, str):
            problems.append("id must be a string, such as fox-1")
            return ""
        name = name.strip()
        if not name or not name.isprintable() or len(name) > _LONGEST_ID:
            problems.append(
                f"id must be a text of 1 to {_LONGEST_ID} characters without line breaks"
            )
        elif (first := self._lines.setdefault(name, line)) != line:
            more = "" if given is not None else ", the name of its file; add a column id"
            problems.append(f"its id is {name}, as that of line {first}{more}")
        return name


def _taken(cells: dict[str, Any], name: str) -> Any:
    return cells.pop(name, None)


def _joined(whole: object, beside: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body of which some fields are beside it.

    Raises:
        ValueError: it is no object, or has a field that is beside it too.
    """
    if not isinstance(whole, dict):
        raise ValueError("body must be an object, the JSON of a request")
    twice = sorted(whole.keys() & beside.keys())
    if twice:
        raise ValueError(f"{twice[0]} is in body and beside it; leave one of them out")
    return {**whole, **beside}


def _by_name(field: str) -> str:
    return f"name the field itself: {field}"
