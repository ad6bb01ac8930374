"""Kling's own messages, word for word, and when it sends them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from kling.description.operations import Document, Operation
    from kling.description.rules import Problem
    from kling.description.spec import Spec

FailureKind = Literal["policy", "input", "media", "outage", "unknown"]
"""Why a task failed: the content policy, a value or an id of the request, a media file, an outage
of Kling, or a reason that the message does not show."""

# Some failed tasks have a message that Kling otherwise sends with an error code. The kind of this
# error code says why the task failed.
_FAILURE_BY_ERROR_KIND: Mapping[str, FailureKind] = {
    "bad-request": "input",
    "content-policy": "policy",
    "server": "outage",
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# Messages do not quote longer values, because they may be private.
_MAX_SHOWN = 40


@dataclass(frozen=True)
class Message:
    """One of Kling's messages."""

    text: str
    """The text. Kling replaces each name in braces, such as {value}, with a value."""
    when: "Document"
    """The conditions under which Kling sends it; `openapi/README.md` explains them."""
    sources: tuple[str, ...]
    """Ids of the sources in `openapi/sources.yaml` that quote it."""
    code: int | None = None
    """Kling's error code; None for the message of a task, or if no source states the code."""
    status: int | None = field(default=None, kw_only=True)
    """The HTTP status, if the status is known and the code is not."""
    kind: FailureKind | None = field(default=None, kw_only=True)
    """Why a task with this message failed; None if the error code shows why."""

    def filled(self, values: Mapping[str, object]) -> str | None:
        """Return the text with the values filled in; None if a value is missing."""
        try:
            return _PLACEHOLDER.sub(lambda match: str(values[match[1]]), self.text)
        except KeyError:
            return None

    def is_in(self, text: str) -> bool:
        """Whether a text contains this message, with any values filled in."""
        return self._pattern.search(text) is not None

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        # The split yields texts and names of placeholders in turn. We need only the texts.
        parts = (re.escape(part) for part in _PLACEHOLDER.split(self.text.strip(" ."))[::2])
        return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)


def messages_of(node: "Document") -> tuple[Message, ...]:
    """Return the messages in the schema of error codes. Early versions of it have no messages."""
    rows = node.get("x-kling-messages", ())
    return tuple(Message(**{**row, "sources": tuple(row["sources"])}) for row in rows)


def failure_kind(spec: "Spec", text: str) -> FailureKind:
    """Return why a task failed.

    Args:
        spec: the description.
        text: the message of the task.
    """
    for message in spec.messages:
        if message.is_in(text):
            row = spec.errors.get(message.code or 0)
            by_code = _FAILURE_BY_ERROR_KIND.get(row.kind if row else "", "unknown")
            return message.kind or by_code
    return "unknown"


def words(spec: "Spec", event: str, values: Mapping[str, object], code: int | None = None) -> str:
    """Return Kling's message for an event such as unknown-task; empty if no message is known.

    Args:
        spec: the description.
        event: an event that the description names.
        values: the values to fill in.
        code: the error code, if the event has messages with several codes.
    """
    for message in spec.messages:
        has_code = code is None or message.code == code
        if has_code and event in message.when.get("events", ()):
            text = message.filled(values)
            if text is not None:
                return text
    return ""


def words_on(
    spec: "Spec", operation: "Operation", schema: "Document", problem: "Problem", sent: Any
) -> str:
    """Return Kling's message about a problem of a body or of parameters; empty if none is known.

    Args:
        spec: the description.
        operation: the operation that was called.
        schema: the schema of the body or the parameters.
        problem: the problem.
        sent: the body or the parameters.
    """
    field = _WrongField(spec, operation, schema, problem, sent)
    for message in spec.messages:
        if field.matches(message.when):
            text = message.filled(field.values)
            if text is not None:
                return text
    return ""


class _WrongField:
    """The field with a problem, and the values that a message about it may contain."""

    def __init__(
        self,
        spec: "Spec",
        operation: "Operation",
        schema: "Document",
        problem: "Problem",
        sent: Any,
    ) -> None:
        self._spec, self._operation, self._problem = spec, operation, problem
        self._schema, self._sent = schema, sent
        # For multi_prompt[0].duration, the steps are "multi_prompt", 0 and "duration".
        self._steps = [
            int(index) if index else name
            for index, name in re.findall(r"\[([0-9]+)\]|([^.\[\]]+)", problem.field)
        ]
        # For the same field, this is "multi_prompt[].duration".
        self._without_indexes = re.sub(r"\[[0-9]+\]", "[]", problem.field)

    def matches(self, when: "Document") -> bool:
        """Whether the conditions of a message match this field, or the rule that was broken."""
        # If a message has no condition `fields`, `paths` or `if`, that condition counts as met.
        by_rule = self._problem.rule in when.get("rules", ())
        by_field = (
            self._problem.rule in when.get("keywords", ())
            and self._without_indexes in when.get("fields", [self._without_indexes])
            and self._operation.path.startswith(tuple(when.get("paths", [""])))
        )
        return (by_rule or by_field) and all(
            self._sibling(name) in values for name, values in when.get("if", {}).items()
        )

    @cached_property
    def values(self) -> dict[str, object]:
        """The values for the names in braces, by name. Unknown values are left out."""
        candidates = dict(self._candidates())
        return {name: value for name, value in candidates.items() if value is not None}

    def _candidates(self) -> Iterator[tuple[str, object]]:
        field = self._problem.field
        yield "path", field
        yield "camel", re.sub(r"_([a-z])", lambda match: match[1].upper(), field)
        given, node = self._value_and_schema()
        if isinstance(given, str | int | float) and len(str(given)) <= _MAX_SHOWN:
            shown = str(given).lower() if isinstance(given, bool) else given
            yield "value", shown
        if "enum" in node:
            yield "values", ", ".join(map(str, node["enum"]))
        yield "limit", node.get(self._problem.rule)
        yield "param", field.rpartition(".")[2]
        yield "min", node.get("minimum")
        yield "max", node.get("maximum")
        yield "type", self._sibling("type")
        for name in ("mode", "duration"):
            yield name, self._sibling(name)
        if self._operation.request and isinstance(self._sent, Mapping):
            yield "model", self._spec.model(self._operation, self._sent)

    def _sibling(self, name: str) -> Any:
        """Return the value of another field in the same object, or its default."""
        parent, node = self._value_and_schema(levels_up=1)
        if not isinstance(parent, Mapping):
            return None
        default = node.get("properties", {}).get(name, {}).get("x-kling-default")
        return parent.get(name, default)

    def _value_and_schema(self, levels_up: int = 0) -> tuple[Any, "Document"]:
        """Return the value of the field and its schema.

        With `levels_up=1`, return those of the object or list that contains the field.
        """
        value, node = self._sent, self._spec.resolve(self._schema)
        for step in self._steps[: len(self._steps) - levels_up]:
            node = self._chosen(node, value)
            inner = node.get("items") if isinstance(step, int) else None
            node = self._spec.resolve(inner or node.get("properties", {}).get(step, {}))
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                value = None
        return value, self._chosen(node, value)

    def _chosen(self, node: "Document", value: Any) -> "Document":
        """Return the alternative of a schema that fits a value, or else the schema itself."""
        if "anyOf" in node:
            node = self._spec.resolve(node["anyOf"][0])
        name, branches = self._spec.branches(node)
        kind = value.get(name) if isinstance(value, Mapping) else None
        return branches.get(kind, node) if isinstance(kind, str) else node
