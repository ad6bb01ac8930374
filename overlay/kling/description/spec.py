"""The bundled description as data: the only place from which Python learns facts about the API."""

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
    """Whether to retry: never, later, new-token or in-doubt."""
    meaning: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """Kling's defaults for the fields of an object."""

    values: Document
    inner: Mapping[str, "Defaults"]
    """The defaults of the objects in it, by field."""

    def completed(self, value: Document) -> Document:
        """Return an object with the defaults of the fields that it does not have."""
        whole = {**self.values, **value}
        for name, defaults in self.inner.items():
            if isinstance(given := whole.get(name, {}), Mapping):
                whole[name] = defaults.completed(given)
        return whole


class Spec:
    """A bundled description, read once.

    Args:
        document: the description.
        dialect: the name of its dialect; empty for the description itself.
    """

    def __init__(self, document: Document, dialect: str = "") -> None:
        self.document = document
        self.dialect = dialect
        self.schemas: Mapping[str, Document] = document["components"]["schemas"]
        self.operations = {operation.id: operation for operation in operations_in(document)}
        self._creates = [
            one for one in self.operations.values() if one.verb == "create" and one.makes_task
        ]
        self._by_request = {one.request: one for one in self._creates}
        # The present family by its former name, with which refs that were stored earlier begin.
        self.former_families = {
            old: family_of(tag)
            for tag in document.get("tags", ())
            for old in tag.get("x-kling-former-families", ())
        }
        self._retired = {name: list(self._end_dates(name)) for name in self._by_request if name}
        self.errors = {
            row["code"]: ErrorCode(**row) for row in self.schemas["ErrorCode"]["x-kling-error"]
        }

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """Kling's messages, word for word. If several apply, Kling sends the first one."""
        return messages_of(self.schemas["ErrorCode"])

    @property
    def unlisted(self) -> str:
        """What Kling sells but the description does not have, in a few sentences; may be empty."""
        return str(self.document.get("x-kling-unlisted", {}).get("description", ""))

    @property
    def hosts(self) -> list[str]:
        """The hosts of the servers in the description."""
        urls = (str(server["url"]) for server in self.document.get("servers", ()))
        return [host for url in urls if (host := urlsplit(url).hostname)]

    @property
    def regions(self) -> dict[str, str]:
        """The URL of the server of each region, by the short name of the region."""
        servers = self.document.get("servers", ())
        named = [one for one in servers if "x-kling-region" in one]
        return {str(one["x-kling-region"]): str(one["url"]) for one in named}

    @property
    def prefix(self) -> str:
        """The path in the URL of the first server, which begins the path of every request."""
        urls = [str(server["url"]) for server in self.document.get("servers", ())]
        return urlsplit(urls[0]).path.rstrip("/") if urls else ""

    def create_of(self, request: str) -> Operation | None:
        """Return the create that takes requests of a schema and replies with a task, if any."""
        return self._by_request.get(request)

    def sibling(self, create: Operation, verb: str) -> Operation | None:
        """Return the get or list operation of the tasks that a create makes, if there is one."""
        name = create.id.replace("create", verb, 1)
        return self.operations.get(f"{name}s" if verb == "list" else name)

    def query_of(self, create: Operation) -> Operation | None:
        """Return the operation that reads the tasks that a create makes, if there is one.

        The current standard has one for all creates whose paths name a model, and one for all
        products under /solutions.
        """
        linked = map(self.operations.__getitem__, create.queries)
        return next((one for one in linked if one.verb == "get"), None)

    def query_in(self, family: str) -> Operation | None:
        """Return the operation that reads the tasks whose refs begin with a family, if any."""
        return self._queries.get(family)

    @cached_property
    def _queries(self) -> Mapping[str, Operation]:
        queries = filter(None, map(self.query_of, self._creates))
        return {query.family: query for query in queries}

    def list_of(self, create: Operation) -> Operation | None:
        """Return the operation that lists the tasks that a create makes, if there is one.

        In the current standard, it also lists tasks of other creates.
        """
        query = self.query_of(create)
        return self.sibling(create, "list") or (
            self.operations.get(query.id.replace("get", "list", 1)) if query else None
        )

    def list_in(self, family: str) -> Operation | None:
        """Return the operation that lists the tasks of a family of the /v1 standard, if any."""
        create = self.create_in(family)
        return self.sibling(create, "list") if create else None

    def task_family(self, operation: Operation) -> str:
        """Return the family with which the refs of the tasks of an operation begin."""
        query = self.query_of(operation)
        return query.family if query else operation.family

    def create_in(self, family: str) -> Operation | None:
        """Return the first create of a family that replies with a task, if there is one."""
        return next((one for one in self._creates if one.family == family), None)

    def parameters(self, operation: Operation) -> dict[str, Document]:
        """Return the parameters of an operation by name."""
        declared = (self.resolve(one) for one in operation.node.get("parameters", ()))
        return {one["name"]: one for one in declared}

    def parameter_schema(self, operation: Operation) -> Document:
        """Return the schema of an object that has the parameters of an operation as its fields."""
        parameters = self.parameters(operation)
        return {
            "type": "object",
            "properties": {name: one["schema"] for name, one in parameters.items()},
            "required": [name for name, one in parameters.items() if one.get("required")],
        }

    def value(self, operation: Operation, body: Document, name: str) -> Any:
        """Return the value of a field of a body, or its default; None if it has neither."""
        properties = self.schemas[str(operation.request)]["properties"]
        return body.get(name, properties.get(name, {}).get("x-kling-default"))

    def model(self, operation: Operation, body: Document) -> str | None:
        """Return the model of a create, from its path or its body; None if neither names one."""
        if operation.path_model:
            return operation.path_model
        model = self.value(operation, body, "model_name")
        return model if isinstance(model, str) else None

    def slots(self, operation: Operation, body: Document) -> int | None:
        """Return how many slots a create takes; None if only the ended task shows that."""
        slots = (operation.task or {}).get("slots")
        if self.value(operation, body, "result_type") == "series":
            slots = "series_amount"
        value = self.value(operation, body, slots) if isinstance(slots, str) else slots
        if isinstance(value, float) and value.is_integer():
            return int(value)  # 2.0 is an integer, as in JSON Schema
        return value if isinstance(value, int) else None

    def retirements(self, request: str, body: Document) -> Iterator[tuple[str, str, date]]:
        """Yield (field, value, date) for each value in a body that Kling retires.

        Kling refuses the value from 00:00 UTC of the date on, which may be in the future. An absent
        field counts as its default.
        """
        for field, default, end_dates in self._retired.get(request, ()):
            value = body.get(field, default)
            if isinstance(value, str) and value in end_dates:
                yield field, value, date.fromisoformat(end_dates[value])

    def _end_dates(self, request: str) -> Iterator[tuple[str, Any, Document]]:
        for field, node in self.schemas[request]["properties"].items():
            if end_dates := self.resolve(node).get("x-kling-retired"):
                yield field, node.get("x-kling-default"), end_dates

    def defaults(self, schema: Document) -> "Defaults":
        """Return Kling's defaults for the fields of an object."""
        nodes = {name: self.resolve(node) for name, node in schema["properties"].items()}
        inner = {name: self.defaults(one) for name, one in nodes.items() if "properties" in one}
        return Defaults(
            {k: one["x-kling-default"] for k, one in nodes.items() if "x-kling-default" in one},
            {name: one for name, one in inner.items() if one.values or one.inner},
        )

    def branches(self, schema: Document) -> tuple[str, dict[str, Document]]:
        """Return the discriminator of a schema with alternatives, and the alternative by value.

        For a schema without alternatives, both are empty.
        """
        discriminator = schema.get("discriminator", {"propertyName": "", "mapping": {}})
        mapping = discriminator["mapping"].items()
        alternatives = {value: self.resolve({"$ref": ref}) for value, ref in mapping}
        return discriminator["propertyName"], alternatives

    def resolve(self, node: Document) -> Document:
        """Return the target of a `$ref`, overlaid with the other keys of the node."""
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
