"""The bundled description as data. The Python code gets its facts about the API only from here."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlsplit

from kling.description.kling_messages import Message, messages_of
from kling.description.operations import Document, Operation, family_of, operations_in
from kling.description.shipped import source


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A row of Kling's table of error codes."""

    code: int
    status: int
    kind: str
    """What the code is about, such as authentication. It decides the class of the error."""
    retry: str
    """Whether to send the request again.

    - never: Kling would refuse it again.
    - later: after a pause.
    - new-token: with a new token.
    - in-doubt: it is not known whether Kling has carried out the request.
    """
    meaning: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """Kling's defaults for the fields of an object."""

    values: Document
    inner: Mapping[str, "Defaults"]
    """The defaults of the objects inside this object, by field."""

    def completed(self, value: Document) -> Document:
        """Return a copy of an object in which absent fields have their defaults."""
        completed = {**self.values, **value}
        for name, defaults in self.inner.items():
            inner = completed.get(name, {})
            if isinstance(inner, Mapping):
                completed[name] = defaults.completed(inner)
        return completed


class Spec:
    """The description or one of its dialects, with its operations, schemas and error codes.

    A create is an operation whose id begins with "create". A ref is a string that identifies a task
    permanently, such as text_to_video/752604318974529536; it begins with the family of the task.

    Args:
        document: the OpenAPI document.
        dialect: the name of its dialect; empty for the description itself.
    """

    def __init__(self, document: Document, dialect: str = "") -> None:
        self.document = document
        self.dialect = dialect
        self.schemas: Mapping[str, Document] = document["components"]["schemas"]
        self.operations = {operation.id: operation for operation in operations_in(document)}
        self._creates = [
            operation
            for operation in self.operations.values()
            if operation.verb == "create" and operation.makes_task
        ]
        self._by_request = {create.request: create for create in self._creates}
        self.former_families: dict[str, str] = {}
        """The present name of a family by its former name. Stored refs may have the former name."""
        for tag in document.get("tags", ()):
            for former_name in tag.get("x-kling-former-families", ()):
                self.former_families[former_name] = family_of(tag)
        # For each schema of a body, its fields that have values with a date of retirement.
        self._retired = {name: list(self._end_dates(name)) for name in self._by_request if name}
        self.errors = {
            row["code"]: ErrorCode(**row) for row in self.schemas["ErrorCode"]["x-kling-error"]
        }

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Kling's messages, word for word. If several fit a problem, Kling sends the first one."""
        return messages_of(self.schemas["ErrorCode"])

    @property
    def unlisted(self) -> str:
        """What Kling sells and the description does not have, in a few sentences; may be empty."""
        return str(self.document.get("x-kling-unlisted", {}).get("description", ""))

    @property
    def hosts(self) -> list[str]:
        """The hosts of the servers in the description."""
        urls = (str(server["url"]) for server in self.document.get("servers", ()))
        hosts = (urlsplit(url).hostname for url in urls)
        return [host for host in hosts if host]

    @property
    def regions(self) -> dict[str, str]:
        """The URL of the server of each region, by the short name of the region."""
        return {
            str(server["x-kling-region"]): str(server["url"])
            for server in self.document.get("servers", ())
            if "x-kling-region" in server
        }

    @property
    def prefix(self) -> str:
        """The path in the URL of the first server. The path of every request begins with it."""
        urls = [str(server["url"]) for server in self.document.get("servers", ())]
        return urlsplit(urls[0]).path.rstrip("/") if urls else ""

    def create_of(self, request: str) -> Operation | None:
        """Return the create whose body has this schema and whose reply has a task, if any."""
        return self._by_request.get(request)

    def sibling(self, create: Operation, verb: str) -> Operation | None:
        """Return the get or list operation of the tasks that a create makes, if there is one."""
        name = create.id.replace("create", verb, 1)
        return self.operations.get(f"{name}s" if verb == "list" else name)

    def query_of(self, create: Operation) -> Operation | None:
        """Return the operation that reads the tasks that a create makes, if there is one.

        The current standard has one such operation for all creates whose paths name a model, and
        one for all products under /solutions.
        """
        for name in create.queries:
            if self.operations[name].verb == "get":
                return self.operations[name]
        return None

    def query_in(self, family: str) -> Operation | None:
        """Return the operation that reads the tasks whose refs begin with a family, if any."""
        return self._query_by_family.get(family)

    @cached_property
    def _query_by_family(self) -> Mapping[str, Operation]:
        queries = filter(None, map(self.query_of, self._creates))
        return {query.family: query for query in queries}

    def list_of(self, create: Operation) -> Operation | None:
        """Return the operation that lists the tasks that a create makes, if there is one.

        In the current standard, it also lists tasks of other creates.
        """
        own_list = self.sibling(create, "list")
        query = self.query_of(create)
        if own_list or query is None:
            return own_list
        return self.operations.get(query.id.replace("get", "list", 1))

    def list_in(self, family: str) -> Operation | None:
        """Return the operation that lists the tasks of a family of the /v1 standard, if any."""
        create = self.create_in(family)
        return self.sibling(create, "list") if create else None

    def task_family(self, operation: Operation) -> str:
        """Return the family in the refs of the tasks that an operation makes or reads."""
        query = self.query_of(operation)
        return query.family if query else operation.family

    def create_in(self, family: str) -> Operation | None:
        """Return the first create of a family that replies with a task, if there is one."""
        return next((create for create in self._creates if create.family == family), None)

    def parameters(self, operation: Operation) -> dict[str, Document]:
        """Return the parameters of an operation by name."""
        nodes = (self.resolve(node) for node in operation.node.get("parameters", ()))
        return {node["name"]: node for node in nodes}

    def parameter_schema(self, operation: Operation) -> Document:
        """Return the schema of an object that has the parameters of an operation as its fields."""
        parameters = self.parameters(operation)
        return {
            "type": "object",
            "properties": {name: node["schema"] for name, node in parameters.items()},
            "required": [name for name, node in parameters.items() if node.get("required")],
        }

    def value(self, operation: Operation, body: Document, name: str) -> Any:
        """Return the value of a field of a body, or else its default, or else None."""
        properties = self.schemas[str(operation.request)]["properties"]
        return body.get(name, properties.get(name, {}).get("x-kling-default"))

    def model(self, operation: Operation, body: Document) -> str | None:
        """Return the model of a create, from its path or its body; None if neither names one."""
        if operation.path_model:
            return operation.path_model
        model = self.value(operation, body, "model_name")
        return model if isinstance(model, str) else None

    def slots(self, operation: Operation, body: Document) -> int | None:
        """Return how many slots a task of a create takes.

        A slot is the right to run one task. None means that the number is known only when the task
        has ended.
        """
        # A number, or the name of the field that contains the number. In a request for a series of
        # images, another field contains it.
        slots = (operation.task or {}).get("slots")
        if self.value(operation, body, "result_type") == "series":
            slots = "series_amount"
        value = self.value(operation, body, slots) if isinstance(slots, str) else slots
        if isinstance(value, float) and value.is_integer():
            return int(value)  # 2.0 is an integer, as in JSON Schema
        return value if isinstance(value, int) else None

    def retirements(self, request: str, body: Document) -> Iterator[tuple[str, str, date]]:
        """Yield (field, value, date) for each value with a date of retirement in a body.

        From 00:00 UTC of the date, Kling refuses the value. The date may be in the future. An
        absent field counts as its default.
        """
        for field, default, end_dates in self._retired.get(request, ()):
            value = body.get(field, default)
            if isinstance(value, str) and value in end_dates:
                yield field, value, date.fromisoformat(end_dates[value])

    def _end_dates(self, request: str) -> Iterator[tuple[str, Any, Document]]:
        """Yield (field, default, dates of retirement by value) for a schema."""
        for field, node in self.schemas[request]["properties"].items():
            end_dates = self.resolve(node).get("x-kling-retired")
            if end_dates:
                yield field, node.get("x-kling-default"), end_dates

    def defaults(self, schema: Document) -> "Defaults":
        """Return Kling's defaults for the fields of an object."""
        values: dict[str, Any] = {}
        inner: dict[str, Defaults] = {}
        for name, property_node in schema["properties"].items():
            node = self.resolve(property_node)
            if "x-kling-default" in node:
                values[name] = node["x-kling-default"]
            if "properties" in node:
                defaults = self.defaults(node)
                if defaults.values or defaults.inner:
                    inner[name] = defaults
        return Defaults(values, inner)

    def branches(self, schema: Document) -> tuple[str, dict[str, Document]]:
        """Return the discriminator of a schema, and its alternatives by value of the discriminator.

        A schema without alternatives has the discriminator "".
        """
        discriminator = schema.get("discriminator", {"propertyName": "", "mapping": {}})
        mapping = discriminator["mapping"].items()
        alternatives = {value: self.resolve({"$ref": ref}) for value, ref in mapping}
        return discriminator["propertyName"], alternatives

    def resolve(self, node: Document) -> Document:
        """Return the target of the `$ref` in a node, with the other keys of the node added."""
        while "$ref" in node:
            target: Any = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node


def load(dialect: str = "") -> Spec:
    """Return the description that this version ships, or a dialect of it.

    Raises:
        ValueError: there is no dialect with this name.
    """
    return _loaded(dialect)


@cache
def _loaded(dialect: str) -> Spec:
    return Spec(json.loads(source(dialect)), dialect)
