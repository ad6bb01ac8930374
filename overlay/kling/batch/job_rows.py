"""Makes a job from a row of a jobs file, and finds everything that is wrong with the row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kling._cost import Estimate, estimate_call
from kling._requests import (
    NO_TASK,
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
    """Warnings, which do not prevent the job."""


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
        # By name of an operation: the type of its jobs, or the error if the name is wrong.
        self._types: dict[str, _JobType | ValueError] = {}
        # By id of a job: the line of its row.
        self._lines: dict[str, int] = {}
        self._operation = operation
        self._fields = fields
        if operation is not None:
            self._type(operation)  # raises the error of a wrong name before the first row

    def read(self, row: Row) -> RowResult:
        """Read a row. It is a problem if an earlier row has the same id."""
        result = RowResult()
        cells = dict(row.cells)
        given_id = cells.pop("id", None)
        try:
            job_type = self._type(cells.pop("operation", None) or self._operation)
            body = self._body(job_type, cells, result.problems)
        except ValueError as error:
            result.problems.append(str(error))
            return result
        operation = job_type.operation
        files, body, body_with_urls = self._files.put_paths(body, job_type.media, result)
        self._check(operation, body_with_urls, result)
        job_id = self._id(given_id, files, row.line, result.problems)
        if not result.problems:
            result.estimate = estimate_call(body_call(operation, body))
            # The media fields are known if the description has the operation.
            name = operation.path if job_type.media is None else operation.id
            result.job = FileJob(row.line, job_id, name, body)
        return result

    def _type(self, name: object) -> _JobType:
        if name is None:
            raise ValueError(
                "the operation is missing; add a column named operation, or give one for all jobs: "
                "--operation image_to_video"
            )
        if not isinstance(name, str):
            raise ValueError("operation must be a string, such as image_to_video")
        if name not in self._types:
            try:
                self._types[name] = _JobType(self._operation_named(name.strip()), self._spec)
            except ValueError as error:
                self._types[name] = error
        known = self._types[name]
        if isinstance(known, ValueError):
            raise ValueError(str(known))
        return known

    def _operation_named(self, name: str) -> Operation:
        if "/" in name:
            return unlisted_create(Unlisted(name, {}).path)
        return operation_named(name, self._spec, lambda operation: operation.task, NO_TASK)

    def _body(
        self, job_type: _JobType, cells: dict[str, Any], problems: list[str]
    ) -> dict[str, Any]:
        """Return the body that a row describes.

        Args:
            job_type: the type of the job.
            cells: the cells of the row, without id and operation.
            problems: gets the problems of the cells.
        """
        columns, operation = job_type.columns, job_type.operation
        given_body = cells.pop("body", None)
        # A default does not replace a value that the column body gives.
        fields_in_body = given_body if isinstance(given_body, dict) else {}
        defaults = {
            name: value
            for name, value in self._fields.items()
            if first_step(name) not in fields_in_body
        }
        cells = {**defaults, **cells}
        # The columns for media, except those that are the name of a field.
        media = {
            name: cells.pop(name)
            for name in MEDIA
            if name in cells and name not in columns.fields and job_type.media is not None
        }
        for name in [*cells]:
            if problem := columns.problem(name):
                problems.append(problem)
                del cells[name]
        body = columns.body(cells, problems)
        if given_body is not None:
            body = _merged(given_body, body)
        for name, value in media.items():
            for medium in value if isinstance(value, list) else [value]:
                put_medium(
                    body, name, medium, operation, self._spec, option=name, field_hint=_field_hint
                )
        return body

    def _check(self, operation: Operation, body: dict[str, Any], result: RowResult) -> None:
        """Add what is wrong with a body, in which a placeholder URL replaces each file."""
        call = body_call(operation, body)
        for problem in problems_of(call):
            text = str(problem)
            if problem.rule == _UNKNOWN:
                # Leave out the end of the message, which says how to allow the field. A batch
                # cannot allow it.
                text = text.partition(" To let ")[0]
            result.problems.append(text)
        if body.get(_OWN_ID):
            result.problems.append(
                f"{_OWN_ID} must be left out; it is made from the id of the job, so that nothing "
                "is paid for twice"
            )
        if not result.problems:
            result.remarks += remarks_of(call)

    def _id(self, given: object, files: list[Path], line: int, problems: list[str]) -> str:
        """Return the id of a job: the given id, or the name of its files without the extension.

        If the files have different names, the id must be given.
        """
        name = given
        stems = {file.stem for file in files}
        if name is None and len(stems) == 1:
            name = stems.pop()
        if isinstance(name, int) and not isinstance(name, bool):
            name = str(name)
        if name is None:
            problems.append(
                "the id is missing; add a column named id, with a different name for each job. If "
                "you move a line, keep its id"
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
            return name
        first_line = self._lines.setdefault(name, line)
        if first_line != line:
            hint = "" if given is not None else ", from the name of its file; add a column named id"
            problems.append(f"line {first_line} has the same id, {name}{hint}")
        return name


def _merged(body: object, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body with further fields.

    Args:
        body: the value of the column body.
        fields: the fields of other columns.

    Raises:
        ValueError: the body is not an object, or also has one of the fields.
    """
    if not isinstance(body, dict):
        raise ValueError("body must be an object, the JSON of a request")
    twice = sorted(body.keys() & fields.keys())
    if twice:
        raise ValueError(
            f"{twice[0]} is given both in body and outside of it; leave one of them out"
        )
    return {**body, **fields}


def _field_hint(field: str) -> str:
    return f"name the field itself: {field}"
