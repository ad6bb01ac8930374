"""Makes a job from a row of a jobs file, and finds everything that is wrong with it."""

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
    """A job of a jobs file."""

    line: int
    """The number of the line on which it begins, from 1."""
    id: str
    operation: str
    """The operationId of its create, or a path that the description does not have."""
    body: dict[str, Any]
    """The body of the request. A `Path` in it is a file, which is read when the job is sent."""


@dataclass(slots=True)
class RowResult:
    """What was read from a row."""

    job: FileJob | None = None
    """The job; None if the row has problems."""
    estimate: Estimate | None = None
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class _JobType:
    """What jobs of the same operation share."""

    def __init__(self, operation: Operation, spec: Spec) -> None:
        self.operation = operation
        self.columns = Columns(operation, spec)
        root = {"$ref": f"#/components/schemas/{operation.request}"}
        is_described = operation.request in spec.schemas
        self.media = MediaFields(spec, root) if is_described else None


class RowReader:
    """Reads the rows of one jobs file.

    Args:
        folder: the folder to which the paths of media are relative.
        operation: the operation of rows that do not name one; None if each row must name one.
        fields: the values of fields that a row leaves out.

    Raises:
        ValueError: no operation that creates a task has this name.
    """

    def __init__(self, folder: Path, operation: str | None, fields: Mapping[str, Any]) -> None:
        self._spec = load()
        self._files = FilePaths(folder)
        self._kinds: dict[str, _JobType | ValueError] = {}
        self._lines: dict[str, int] = {}
        self._operation = operation
        self._fields = fields
        if operation is not None:
            self._kind(operation)

    def read(self, row: Row) -> RowResult:
        """Read a row. It is a problem if an earlier row has the same id."""
        found = RowResult()
        cells = dict(row.cells)
        given = _pop(cells, "id")
        try:
            kind = self._kind(_pop(cells, "operation") or self._operation)
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

    def _kind(self, name: object) -> _JobType:
        if name is None:
            raise ValueError(
                "the operation is missing; add a column named operation, or give one for all jobs: "
                "--operation image_to_video"
            )
        if not isinstance(name, str):
            raise ValueError("operation must be a string, such as image_to_video")
        if name not in self._kinds:
            try:
                self._kinds[name] = _JobType(self._operation_named(name.strip()), self._spec)
            except ValueError as error:
                self._kinds[name] = error
        kind = self._kinds[name]
        if isinstance(kind, ValueError):
            raise ValueError(str(kind))
        return kind

    def _operation_named(self, name: str) -> Operation:
        if "/" in name:
            return unlisted_create(Unlisted(name, {}).path)
        return operation_named(
            name, self._spec, lambda operation: operation.task, "creates no task"
        )

    def _body(self, kind: _JobType, cells: dict[str, Any], problems: list[str]) -> dict[str, Any]:
        whole = _pop(cells, "body")
        in_body = whole if isinstance(whole, dict) else {}
        others = {k: v for k, v in self._fields.items() if first_step(k) not in in_body}
        cells = {**others, **cells}
        media = {
            name: cells.pop(name)
            for name in MEDIA
            if name in cells and name not in kind.columns.fields and kind.media is not None
        }
        wrong = {name: text for name in cells if (text := kind.columns.problem(name))}
        problems += wrong.values()
        fields = {name: value for name, value in cells.items() if name not in wrong}
        body = kind.columns.body(fields, problems)
        if whole is not None:
            body = _merged(whole, body)
        for name, value in media.items():
            for medium in value if isinstance(value, list) else [value]:
                put_medium(
                    body, name, medium, kind.operation, self._spec, option=name, field_hint=_by_name
                )
        return body

    def _judge(self, kind: _JobType, body: dict[str, Any], found: RowResult) -> None:
        """Find the rules that a body breaks. It has a placeholder URL instead of each file."""
        call = body_call(kind.operation, body)
        for problem in problems_of(call):
            text = str(problem)
            # Leave out how to allow the field, because a batch cannot allow rules.
            found.problems.append(
                text.partition(" To let ")[0] if problem.rule == _UNKNOWN else text
            )
        if body.get(_OWN_ID):
            found.problems.append(
                f"{_OWN_ID} must be left out; it is made from the id of the job, so that nothing "
                "is paid for twice"
            )
        if not found.problems:
            found.remarks += remarks_of(call)

    def _id(self, given: object, files: list[Path], line: int, problems: list[str]) -> str:
        stems = {file.stem for file in files}
        name = given if given is not None else stems.pop() if len(stems) == 1 else None
        if isinstance(name, int) and not isinstance(name, bool):
            name = str(name)
        if name is None:
            problems.append(
                "the id is missing; add a column named id, with a name for each job that stays the "
                "same when lines are moved"
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
            more = "" if given is not None else ", from the name of its file; add a column named id"
            problems.append(f"line {first} has the same id, {name}{more}")
        return name


def _pop(cells: dict[str, Any], name: str) -> Any:
    return cells.pop(name, None)


def _merged(whole: object, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with further fields.

    Args:
        whole: the value of the column body.
        fields: the fields of other columns.

    Raises:
        ValueError: the body is not an object, or has one of the fields too.
    """
    if not isinstance(whole, dict):
        raise ValueError("body must be an object, the JSON of a request")
    twice = sorted(whole.keys() & fields.keys())
    if twice:
        raise ValueError(
            f"{twice[0]} is given both in body and outside of it; leave one of them out"
        )
    return {**whole, **fields}


def _by_name(field: str) -> str:
    return f"name the field itself: {field}"
