"""The bundled description as data: the only place from which Python learns facts about the API."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlsplit

from kling.description.kling_messages import Message, messages_of
from kling.description.shipped import source

Document = Mapping[str, Any]

# What tells a task of the /v1 standard from one of the current standard, and both from the rest.
_TASK_FIELDS = {"task_status_msg": "v1", "external_id": "current"}
_METHODS = ("get", "put", "post", "delete", "patch")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    id: str
    """The operationId, such as createTextToVideoTask."""
    method: str
    """In capitals."""
    path: str
    """With its parameters in braces."""
    family: str
    """What it belongs to, such as text_to_video; stored refs begin with it."""
    request: str | None
    """Name of the schema of the JSON body; None without a body."""
    node: Document
    """The operation object of the description."""
    needs_api_key: bool
    """Whether it refuses access tokens, as the whole current standard does."""
    standard: str = ""
    """The standard in whose form it replies with one task, v1 or current; empty if it does not."""
    path_model: str | None = None
    """The model that the path names; None where the body does, or nothing."""

    @property
    def verb(self) -> str:
        """The first word of the id: create, get, list, update or delete."""
        return re.split("[A-Z]", self.id, maxsplit=1)[0]

    @property
    def makes_task(self) -> bool:
        """Whether a success has the form of a task, made at once or to be waited for."""
        return bool(self.standard)

    @property
    def is_current(self) -> bool:
        """Whether it makes a task of the current standard: of contents, settings and options."""
        return self.standard == "current"

    @property
    def product(self) -> str:
        """What kind of product a create makes, as lists of tasks tell them apart."""
        task = self.task or {}
        return str(task.get("product", task.get("package", "")))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other paths that answer as its own does."""
        return tuple(alias["path"] for alias in self.node.get("x-kling-aliases", ()))

    @property
    def closed(self) -> date | None:
        """The day from which, at 00:00 UTC, Kling refuses every call; None while it is open."""
        day = self.node.get("x-kling-closed")
        return date.fromisoformat(day) if day else None

    @property
    def task(self) -> Document | None:
        """What a create makes and occupies (`x-kling-task`); None for every other operation."""
        return self.node.get("x-kling-task")

    @property
    def calls_back_at_end(self) -> bool:
        """Whether Kling calls back only when a task of a create has ended, not at each change."""
        return bool(self.task and self.task.get("callbacks") == "ended")

    @property
    def queries(self) -> tuple[str, ...]:
        """Ids of the operations to which it links, which read what it makes."""
        return tuple(link["operationId"] for link in _links(self.node))


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A row of Kling's table of codes."""

    code: int
    status: int
    kind: str
    """What the code is about, such as authentication; the error classes go by it."""
    retry: str
    """never, later, new-token or in-doubt."""
    meaning: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Defaults:
    """What Kling takes for the fields that an object leaves out."""

    values: Document
    inner: Mapping[str, "Defaults"]
    """The same of the objects inside."""

    def completed(self, value: Document) -> Document:
        """Return an object with the defaults in the place of what is absent."""
        whole = {**self.values, **value}
        for name, defaults in self.inner.items():
            if isinstance(given := whole.get(name, {}), Mapping):
                whole[name] = defaults.completed(given)
        return whole


class Spec:
    """A bundled description, read once.

    Args:
        document: the description.
        dialect: which dialect of it this is; empty for none.
    """

    def __init__(self, document: Document, dialect: str = "") -> None:
        self.document = document
        self.dialect = dialect
        self.schemas: Mapping[str, Document] = document["components"]["schemas"]
        self.operations = {operation.id: operation for operation in _operations(document)}
        self._creates = [
            one for one in self.operations.values() if one.verb == "create" and one.makes_task
        ]
        self._by_request = {one.request: one for one in self._creates}
        # Refs that were stored before a family got its name begin with these.
        self.former_families = {
            old: _family(tag)
            for tag in document.get("tags", ())
            for old in tag.get("x-kling-former-families", ())
        }
        self._retired = {name: list(self._ends(name)) for name in self._by_request if name}
        self.errors = {
            row["code"]: ErrorCode(**row) for row in self.schemas["ErrorCode"]["x-kling-error"]
        }

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """What Kling says, word for word, and when; of several that apply the first one counts."""
        return messages_of(self.schemas["ErrorCode"])

    @property
    def unlisted(self) -> str:
        """What Kling sells and this description lacks, in a few sentences; empty if nothing is."""
        return str(self.document.get("x-kling-unlisted", {}).get("description", ""))

    @property
    def hosts(self) -> list[str]:
        """The hosts that the description names."""
        urls = (str(server["url"]) for server in self.document.get("servers", ()))
        return [host for url in urls if (host := urlsplit(url).hostname)]

    @property
    def regions(self) -> dict[str, str]:
        """The address of the server of each region, by what programs call the region."""
        servers = self.document.get("servers", ())
        named = [one for one in servers if "x-kling-region" in one]
        return {str(one["x-kling-region"]): str(one["url"]) for one in named}

    @property
    def prefix(self) -> str:
        """What every path begins with at the server of the description; empty for nothing."""
        urls = [str(server["url"]) for server in self.document.get("servers", ())]
        return urlsplit(urls[0]).path.rstrip("/") if urls else ""

    def create_of(self, request: str) -> Operation | None:
        """Return the create that takes this request schema and replies with a task."""
        return self._by_request.get(request)

    def sibling(self, create: Operation, verb: str) -> Operation | None:
        """Return the get or the list of the tasks that a create makes, if there is one."""
        name = create.id.replace("create", verb, 1)
        return self.operations.get(f"{name}s" if verb == "list" else name)

    def query_of(self, create: Operation) -> Operation | None:
        """Return the operation that reads the tasks that a create makes, if there is one.

        The current standard has one for the creates whose paths name a model, and one for the
        products under /solutions.
        """
        targets = map(self.operations.__getitem__, create.queries)
        return next((one for one in targets if one.verb == "get"), None)

    def query_in(self, family: str) -> Operation | None:
        """Return the operation that reads the tasks of a family, by the family of their refs."""
        return self._queries.get(family)

    @cached_property
    def _queries(self) -> Mapping[str, Operation]:
        queries = filter(None, map(self.query_of, self._creates))
        return {query.family: query for query in queries}

    def list_of(self, create: Operation) -> Operation | None:
        """Return the operation that lists the tasks that a create makes, if there is one.

        In the current standard it is the one beside the query, which lists other tasks too.
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
        """Return the family of the refs of what an operation makes or reads."""
        query = self.query_of(operation)
        return query.family if query else operation.family

    def create_in(self, family: str) -> Operation | None:
        """Return the create of a family that replies with a task, if there is one."""
        return next((one for one in self._creates if one.family == family), None)

    def parameters(self, operation: Operation) -> dict[str, Document]:
        """Return the parameters of an operation by name."""
        declared = (self.resolve(one) for one in operation.node.get("parameters", ()))
        return {one["name"]: one for one in declared}

    def parameter_schema(self, operation: Operation) -> Document:
        """Return the schema of an object that holds the parameters of an operation."""
        parameters = self.parameters(operation)
        return {
            "type": "object",
            "properties": {name: one["schema"] for name, one in parameters.items()},
            "required": [name for name, one in parameters.items() if one.get("required")],
        }

    def value(self, operation: Operation, body: Document, name: str) -> Any:
        """Return what a field of a request says, or its default; None if there is no such field."""
        properties = self.schemas[str(operation.request)]["properties"]
        return body.get(name, properties.get(name, {}).get("x-kling-default"))

    def model(self, operation: Operation, body: Document) -> str | None:
        """Return the model of a create, from its body or its path; None if it has none."""
        if operation.path_model:
            return operation.path_model
        model = self.value(operation, body, "model_name")
        return model if isinstance(model, str) else None

    def slots(self, operation: Operation, body: Document) -> int | None:
        """Return how many slots a create occupies; None if that shows only when it has ended."""
        slots = (operation.task or {}).get("slots")
        if self.value(operation, body, "result_type") == "series":
            slots = "series_amount"
        value = self.value(operation, body, slots) if isinstance(slots, str) else slots
        if isinstance(value, float) and value.is_integer():
            return int(value)  # so JSON Schema has it too
        return value if isinstance(value, int) else None

    def retirements(self, request: str, body: Document) -> Iterator[tuple[str, str, date]]:
        """Yield (field, value, day) for what a body asks for that has an end.

        From 00:00 UTC of the day on, Kling refuses the value. An absent field is its default.
        """
        for field, default, ends in self._retired.get(request, ()):
            value = body.get(field, default)
            if isinstance(value, str) and value in ends:
                yield field, value, date.fromisoformat(ends[value])

    def _ends(self, request: str) -> Iterator[tuple[str, Any, Document]]:
        for field, node in self.schemas[request]["properties"].items():
            if ends := self.resolve(node).get("x-kling-retired"):
                yield field, node.get("x-kling-default"), ends

    def defaults(self, schema: Document) -> "Defaults":
        """Return Kling's defaults for what an object may leave out."""
        nodes = {name: self.resolve(node) for name, node in schema["properties"].items()}
        inner = {name: self.defaults(one) for name, one in nodes.items() if "properties" in one}
        return Defaults(
            {k: one["x-kling-default"] for k, one in nodes.items() if "x-kling-default" in one},
            {name: one for name, one in inner.items() if one.values or one.inner},
        )

    def branches(self, schema: Document) -> tuple[str, dict[str, Document]]:
        """Return the discriminator of alternatives, and each one by its value of it."""
        said = schema.get("discriminator", {"propertyName": "", "mapping": {}})
        named = {value: self.resolve({"$ref": ref}) for value, ref in said["mapping"].items()}
        return said["propertyName"], named

    def resolve(self, node: Document) -> Document:
        """Follow `$ref`; what stands beside it comes on top."""
        while "$ref" in node:
            target: Any = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
        return node


def load(dialect: str = "") -> Spec:
    """Return the description that this version ships, or a dialect of it.

    Raises:
        ValueError: there is no such dialect.
    """
    return _loaded(dialect)


@cache
def _loaded(dialect: str) -> Spec:
    return Spec(json.loads(source(dialect)), dialect)


def _family(tag: Document) -> str:
    # Older bundles have only the words of the tag.
    return str(tag.get("x-kling-family") or re.sub(r"\W+", "_", tag["name"]).lower())


def _operations(document: Document) -> Iterator[Operation]:
    usual = document.get("security")
    families = {tag["name"]: _family(tag) for tag in document.get("tags", ())}
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
        # A product below the path of its query has no model.
        has_model = standard == "current" and not any(path.startswith(f"{q}/") for q in queries)
        yield Operation(
            id=node["operationId"],
            method=method.upper(),
            path=path,
            family=families.get(node["tags"][0]) or _family({"name": node["tags"][0]}),
            request=schema["$ref"].rpartition("/")[2] if schema else None,
            node=node,
            needs_api_key=node.get("security", usual) == [{"apiKey": []}],
            standard=standard,
            path_model=path.rpartition("/")[2] if has_model else None,
        )


def _standard(document: Document, node: Document) -> str:
    """Return the standard in whose form an operation replies with one task, if it does."""
    content = node["responses"]["200"].get("content", {})
    name = content.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    data = document["components"]["schemas"].get(name, {}).get("properties", {}).get("data", {})
    name = data.get("$ref", "").rpartition("/")[2]
    fields = document["components"]["schemas"].get(name, {}).get("properties", {})
    return next((one for field, one in _TASK_FIELDS.items() if field in fields), "")


def _links(node: Document) -> Iterator[Document]:
    return iter(node["responses"]["200"].get("links", {}).values())
