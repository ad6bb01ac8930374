"""Parts of a file that house rules are about: its operations, rules and advice."""

from dataclasses import dataclass
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.walk import mapping


@dataclass(frozen=True)
class Claim:
    """A rule or a piece of advice, and the schema that contains it."""

    place: str
    tag: Document
    """Its x-kling-rule, or its entry in x-kling-advice."""
    message: Any
    condition: Document
    """The schema that a value must satisfy."""
    holder: Document
    """The schema that contains the rule or advice."""

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.tag.get("id", ""))

    @property
    def field(self) -> str:
        """The field that it is about; '' means the whole value."""
        return str(self.tag.get("field", ""))


@dataclass(frozen=True)
class Operation:
    """An operation and its place."""

    place: str
    path: str
    body: Document
    """What the description says about the operation. It is not the body of a request."""

    @property
    def id(self) -> str:
        """Its operationId."""
        return str(self.body.get("operationId", ""))

    @property
    def creates_task(self) -> bool:
        """Whether it starts a task."""
        is_named_so = self.id.startswith("create") and self.id.endswith("Task")
        return is_named_so or "x-kling-task" in self.body

    @property
    def request_schemas(self) -> list[Document]:
        """The schemas of the bodies of its requests."""
        content = mapping(mapping(self.body.get("requestBody")).get("content"))
        return [mapping(mapping(media).get("schema")) for media in content.values()]
