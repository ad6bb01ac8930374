"""What Kling says, word for word, and when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from kling.description.rules import Problem
    from kling.description.spec import Document, Operation, Spec

FailureKind = Literal["policy", "input", "media", "outage", "unknown"]
"""Why a task failed: content refused by a policy, a value or an id of the request, a file, Kling
itself, or something that its message does not tell."""

# What a code is about, and what a task failed of whose message comes with it elsewhere.
_KINDS: Mapping[str, FailureKind] = {
    "bad-request": "input",
    "content-policy": "policy",
    "server": "outage",
}
_BLANK = re.compile(r"\{(\w+)\}")
# A longer value is no slip of the pen, and might be something private.
_SHOWN = 40


@dataclass(frozen=True)
class Message:
    """One message of Kling's."""

    text: str
    """Its words; a name in braces stands for what Kling fills in, such as {value}."""
    when: "Document"
    """What it is said of; `openapi/README.md` explains the forms."""
    sources: tuple[str, ...]
    """Ids of who saw it."""
    code: int | None = None
    """Kling's code; None for the message of a task, or where nobody noted it."""
    status: int | None = field(default=None, kw_only=True)
    """The HTTP status, where it is known without the code."""
    kind: FailureKind | None = field(default=None, kw_only=True)
    """What a task failed of that has this message; None if the code alone tells."""

    def filled(self, values: Mapping[str, object]) -> str | None:
        """Return the words with the values filled in; None if one of them is missing."""
        try:
            return _BLANK.sub(lambda blank: str(values[blank[1]]), self.text)
        except KeyError:
            return None

    def is_in(self, said: str) -> bool:
        """Whether a text is or contains this message, whatever was filled in."""
        return self._pattern.search(said) is not None

    @cached_property
    def _pattern(self) -> "re.Pattern[str]":
        parts = (re.escape(part) for part in _BLANK.split(self.text.strip(" ."))[::2])
        return re.compile(".*".join(parts), re.IGNORECASE | re.DOTALL)


def messages_of(node: "Document") -> tuple[Message, ...]:
    """Read the messages of the schema of codes; older bundles have none."""
    rows = node.get("x-kling-messages", ())
    return tuple(Message(**{**row, "sources": tuple(row["sources"])}) for row in rows)


def failure_kind(spec: "Spec", said: str) -> FailureKind:
    """Return what a task failed of, by its message."""
    for message in spec.messages:
        if message.is_in(said):
            row = spec.errors.get(message.code or 0)
            return message.kind or _KINDS.get(row.kind if row else "", "unknown")
    return "unknown"


def words(spec: "Spec", event: str, values: Mapping[str, object], code: int | None = None) -> str:
    """Return what Kling says at an event such as unknown-task; empty where nobody knows.

    Args:
        spec: the description.
        event: one of those that the description names.
        values: what Kling fills in.
        code: the code that comes with it, where several may.
    """
    for message in spec.messages:
        is_meant = event in message.when.get("events", ()) and code in (None, message.code)
        if is_meant and (text := message.filled(values)) is not None:
            return text
    return ""


def words_on(
    spec: "Spec", operation: "Operation", schema: "Document", problem: "Problem", sent: Any
) -> str:
    """Return what Kling says of one problem of a body or of parameters; empty where nobody knows.

    Args:
        spec: the description.
        operation: what was asked for.
        schema: what the body or the parameters should be.
        problem: what is wrong with them.
        sent: the body or the parameters.
    """
    place = _Place(spec, operation, schema, problem, sent)
    for message in spec.messages:
        if place.is_meant(message.when) and (text := message.filled(place.values)) is not None:
            return text
    return ""


class _Place:
    """A field at fault, and what can be said of it."""

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
        self._steps = [
            int(index) if index else name
            for index, name in re.findall(r"\[([0-9]+)\]|([^.\[\]]+)", problem.field)
        ]

    def is_meant(self, when: "Document") -> bool:
        """Whether a message is said of this field, or of the rule that it breaks."""
        field = re.sub(r"\[[0-9]+\]", "[]", self._problem.field)
        by_rule = self._problem.rule in when.get("rules", ())
        by_field = (
            self._problem.rule in when.get("keywords", ())
            and field in when.get("fields", [field])
            and self._operation.path.startswith(tuple(when.get("paths", [""])))
        )
        return (by_rule or by_field) and all(
            self._beside(name) in values for name, values in when.get("if", {}).items()
        )

    @cached_property
    def values(self) -> dict[str, object]:
        """What Kling may fill in."""
        found = dict(self._found())
        return {name: value for name, value in found.items() if value is not None}

    def _found(self) -> Iterator[tuple[str, object]]:
        field = self._problem.field
        yield "path", field
        yield "camel", re.sub(r"_([a-z])", lambda match: match[1].upper(), field)
        given, node = self._walked()
        if isinstance(given, str | int | float) and len(str(given)) <= _SHOWN:
            yield "value", str(given).lower() if isinstance(given, bool) else given
        if "enum" in node:
            yield "values", ", ".join(map(str, node["enum"]))
        yield "limit", node.get(self._problem.rule)
        yield "param", field.rpartition(".")[2]
        yield "min", node.get("minimum")
        yield "max", node.get("maximum")
        yield "type", self._beside("type")
        for name in ("mode", "duration"):
            yield name, self._beside(name)
        if self._operation.request and isinstance(self._sent, Mapping):
            yield "model", self._spec.model(self._operation, self._sent)

    def _beside(self, name: str) -> Any:
        """Return a field of the object that has this one, or its default."""
        holder, node = self._walked(1)
        if not isinstance(holder, Mapping):
            return None
        default = node.get("properties", {}).get(name, {}).get("x-kling-default")
        return holder.get(name, default)

    def _walked(self, but: int = 0) -> tuple[Any, "Document"]:
        """Return what was sent there and its schema, or those of what holds it."""
        value, node = self._sent, self._spec.resolve(self._schema)
        for step in self._steps[: len(self._steps) - but]:
            node = self._chosen(node, value)
            inner = node.get("items") if isinstance(step, int) else None
            node = self._spec.resolve(inner or node.get("properties", {}).get(step, {}))
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                value = None
        return value, self._chosen(node, value)

    def _chosen(self, node: "Document", value: Any) -> "Document":
        """Return the alternative that a value is meant to be."""
        if "anyOf" in node:
            node = self._spec.resolve(node["anyOf"][0])
        name, branches = self._spec.branches(node)
        named = value.get(name) if isinstance(value, Mapping) else None
        return branches.get(named, node) if isinstance(named, str) else node
