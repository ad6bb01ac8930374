"""The operations of the description, read from its paths."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Document = Mapping[str, Any]
"""A JSON object of the description."""

# Kling's API has two standards: the older one, v1, and the current one. If a task has one of these
# fields, the field shows the standard of the task.
_STANDARD_BY_FIELD = {"task_status_msg": "v1", "external_id": "current"}
_METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    id: str
    """The operationId, such as createTextToVideoTask."""
    method: str
    """In upper case."""
    path: str
    """The path, with its parameter in braces."""
    family: str
    """The family of the endpoint, such as text_to_video."""
    request: str | None
    """The name of the schema of its JSON body; None if it has no body."""
    node: Document
    """The operation object of the description."""
    needs_api_key: bool
    """Whether it refuses access tokens, as every operation of the current standard does."""
    standard: str = ""
    """v1 or current: the standard of the task in its reply; empty if the reply has no task."""
    path_model: str | None = None
    """The model in the path; None if the body names the model, or if there are no models."""

    @property
    def verb(self) -> str:
        """The first word of the id: create, get, list, update or delete."""
        return re.split("[A-Z]", self.id, maxsplit=1)[0]

    @property
    def makes_task(self) -> bool:
        """Whether its reply is a task. A create makes this task; it may have ended already."""
        return bool(self.standard)

    @property
    def is_current(self) -> bool:
        """Whether it replies with a task of the current standard."""
        return self.standard == "current"

    @property
    def product(self) -> str:
        """The product that a create makes. Lists of tasks can be filtered by product."""
        task = self.task or {}
        return str(task.get("product", task.get("package", "")))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other paths of the same operation."""
        return tuple(alias["path"] for alias in self.node.get("x-kling-aliases", ()))

    @property
    def closed(self) -> date | None:
        """From 00:00 UTC of this date, Kling refuses every request; None if no date is known."""
        day = self.node.get("x-kling-closed")
        return date.fromisoformat(day) if day else None

    @property
    def task(self) -> Document | None:
        """The `x-kling-task` of a create, which says what it makes; None for other operations."""
        return self.node.get("x-kling-task")

    @property
    def calls_back_at_end(self) -> bool:
        """Whether Kling sends a callback only at the end of the task, and not at each change."""
        return bool(self.task and self.task.get("callbacks") == "ended")

    @property
    def queries(self) -> tuple[str, ...]:
        """The ids of the operations that read what this operation makes."""
        return tuple(link["operationId"] for link in _links(self.node))


def family_of(tag: Document) -> str:
    """Return the family that a tag of the description stands for."""
    # Early versions of the description have only the name of the tag.
    return str(tag.get("x-kling-family") or re.sub(r"\W+", "_", tag["name"]).lower())


def operations_in(document: Document) -> Iterator[Operation]:
    """Yield the operations of a description."""
    default_security = document.get("security")
    families = {tag["name"]: family_of(tag) for tag in document.get("tags", ())}
    nodes = [
        (path, method, node)
        for path, methods in document["paths"].items()
        for method, node in methods.items()
        if method in _METHODS
    ]
    paths = {node["operationId"]: path for path, _, node in nodes}
    for path, method, node in nodes:
        content = node.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        standard = _standard(document, node)
        queries = {paths[link["operationId"]] for link in _links(node)}
        # In the current standard, the last part of the path of a create is a product or a model. It
        # is a product if the path begins with the path of the operation that queries the task.
        is_product = any(path.startswith(f"{query}/") for query in queries)
        has_model = standard == "current" and not is_product
        yield Operation(
            id=node["operationId"],
            method=method.upper(),
            path=path,
            family=families.get(node["tags"][0]) or family_of({"name": node["tags"][0]}),
            request=schema["$ref"].rpartition("/")[2] if schema else None,
            node=node,
            needs_api_key=node.get("security", default_security) == [{"apiKey": []}],
            standard=standard,
            path_model=path.rpartition("/")[2] if has_model else None,
        )


def _standard(document: Document, node: Document) -> str:
    """Return the standard of the task in the reply of an operation; empty if it has no task."""
    content = node["responses"]["200"].get("content", {})
    reply = content.get("application/json", {}).get("schema", {})
    data = _properties(document, reply).get("data", {})
    task_fields = _properties(document, data)
    for field, standard in _STANDARD_BY_FIELD.items():
        if field in task_fields:
            return standard
    return ""


def _properties(document: Document, node: Document) -> Document:
    """Return the properties of the schema to which a node refers; empty if there are none."""
    name = node.get("$ref", "").rpartition("/")[2]
    properties: Document = document["components"]["schemas"].get(name, {}).get("properties", {})
    return properties


def _links(node: Document) -> Iterator[Document]:
    return iter(node["responses"]["200"].get("links", {}).values())
