"""The files of the description, in the form in which house rules read them."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.build.bundle import FAMILY, Document, holders, references
from scripts.lint.parts import Claim, Operation
from scripts.lint.walk import Node, inline_schemas, listed, mapping, walk

SOURCES = Path("sources.yaml")
EXEMPT = Path("sentences.yaml")
COVERAGE = Path("coverage.yaml")
# Patterns relative to the folder of the description.
TEXTS = ("README.md", "../README.md", "../docs/**/*.md", "../overlay/kling/errors.py")
# `make generate` writes the text between two comments of this form.
MARKS = "<!-- {0}: written by make generate -->\n", "<!-- end of {0} -->\n"

Findings = Iterator[tuple[str, str]]
"""The place and the detail of each breach of a house rule in a file."""
Rule = Callable[["File"], Findings]

RULES: dict[str, Rule] = {}

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def rule(function: Rule) -> Rule:
    """Make a function a house rule. If a file breaks it, lint prints the function's docstring."""
    RULES[function.__name__.replace("_", "-")] = function
    return function


@dataclass(frozen=True, eq=False)
class File:
    """One file of the description; its path is relative to the folder of the description."""

    path: Path
    document: Document
    whole: "Description"

    @property
    def is_family(self) -> bool:
        """Whether it describes a family, which is one product of Kling."""
        return self.path.parts[0] == "v1" or self.is_current

    @property
    def is_current(self) -> bool:
        """Whether its family belongs to Kling's current standard, not to the older one, /v1."""
        return self.path.parts[0] in ("by-model", "solutions")

    @property
    def slug(self) -> str:
        """The name of the file, from which the names in a family file are made."""
        return self.path.stem

    @property
    def family(self) -> str:
        """The family's name for programs: x-kling-family, or the slug with underscores."""
        tags = [mapping(tag).get(FAMILY) for tag in listed(self.document.get("tags"))]
        return next((str(name) for name in tags if name), self.slug.replace("-", "_"))

    @property
    def camel_slug(self) -> str:
        """The slug in camel case, as in operationIds and names of schemas."""
        return "".join(word.capitalize() for word in self.slug.split("-"))

    @property
    def tags(self) -> list[Any]:
        """The names of the tags that the document declares."""
        return [mapping(tag).get("name") for tag in listed(self.document.get("tags"))]

    def components(self, section: str) -> Document:
        """Return the components of a section, by name."""
        named = mapping(mapping(self.document.get("components")).get(section))
        return {str(name): component for name, component in named.items()}

    @cached_property
    def operations(self) -> list[Operation]:
        """The operations of its paths."""
        return [
            Operation(f"paths.{path}.{method}", path, mapping(body))
            for path, item in mapping(self.document.get("paths")).items()
            for method, body in mapping(item).items()
            if method in _METHODS
        ]

    @cached_property
    def parameters(self) -> list[tuple[str, Document]]:
        """The parameters that are defined in it, with their places."""
        found = [
            (f"components.parameters.{name}", mapping(parameter))
            for name, parameter in self.components("parameters").items()
        ]
        items = mapping(self.document.get("paths")).items()
        holding = [(f"paths.{path}", mapping(item)) for path, item in items]
        holding += [(operation.place, operation.body) for operation in self.operations]
        for place, holder in holding:
            for number, parameter in enumerate(listed(holder.get("parameters"))):
                if "$ref" not in mapping(parameter):
                    found.append((f"{place}.parameters.{number}", mapping(parameter)))
        return found

    @cached_property
    def nodes(self) -> list[Node]:
        """Every schema in it, at every depth."""
        found = [
            node
            for name, schema in self.components("schemas").items()
            for node in walk(schema, f"components.schemas.{name}", "named", name)
        ]
        for section in ("paths", "components"):
            for place, schema in inline_schemas(self.document.get(section), section):
                found += walk(schema, place, "part")
        return found

    @cached_property
    def retired(self) -> dict[str, str]:
        """The date of each retired value in it."""
        found: dict[str, str] = {}
        for node in self.nodes:
            found |= mapping(node.schema.get("x-kling-retired"))
        return found

    @property
    def shapes(self) -> list[Node]:
        """Every schema in it that describes a value. Rules and their conditions are left out."""
        return [node for node in self.nodes if node.is_shape]

    @cached_property
    def claims(self) -> list[Claim]:
        """The rules and advice in it."""
        found = []
        for node in self.shapes:
            for number, entry in enumerate(listed(node.schema.get("allOf"))):
                body, place = mapping(entry), f"{node.place}.allOf.{number}"
                if tag := mapping(body.get("x-kling-rule")):
                    found.append(Claim(place, tag, body.get("description"), body, node.schema))
            for number, entry in enumerate(listed(node.schema.get("x-kling-advice"))):
                body, place = mapping(entry), f"{node.place}.x-kling-advice.{number}"
                condition = mapping(body.get("schema"))
                found.append(Claim(place, body, body.get("description"), condition, node.schema))
        return found

    def is_sent(self, node: Node) -> bool:
        """Whether a schema is part of a request."""
        return (self.path, f"components/schemas/{node.owner}") in self.whole.sent

    def is_received(self, node: Node) -> bool:
        """Whether a schema is part of a reply or a callback."""
        return (self.path, f"components/schemas/{node.owner}") in self.whole.received

    def merged(self, schema: Document) -> Document:
        """Return a schema, with the keywords of the schema that its `$ref` names."""
        return self.whole.merged(self.path, schema)


@dataclass(frozen=True)
class Description:
    """The whole description: documents, sources, overlays, and other files with sentences."""

    documents: Mapping[Path, Document]
    sources: Mapping[str, Any]
    overlays: Mapping[str, Document]
    other_texts: Mapping[Path, Document] = field(default_factory=dict)
    """sentences.yaml and coverage.yaml, and other texts as `{line: {text: ...}}`."""

    @cached_property
    def files(self) -> list[File]:
        """The documents as files."""
        return [File(path, document, self) for path, document in self.documents.items()]

    @cached_property
    def others(self) -> list[File]:
        """sources.yaml and `other_texts`, as files."""
        others = {SOURCES: dict(self.sources), **self.other_texts}
        return [File(path, document, self) for path, document in others.items()]

    @cached_property
    def sent(self) -> set[tuple[Path, str]]:
        """The file and pointer of each component that requests and parameters refer to."""
        roots: list[tuple[Path, Any]] = []
        for file in self.files:
            roots += [(file.path, parameter) for _, parameter in file.parameters]
            roots += [(file.path, body.request_schemas) for body in file.operations]
            roots += [
                (file.path, {"$ref": f"#/components/schemas/{name}"})
                for name in file.components("schemas")
                if name.endswith("Request")
            ]
        return self._reach(roots)

    @cached_property
    def received(self) -> set[tuple[Path, str]]:
        """The file and pointer of each component that replies and callbacks refer to."""
        return self._reach(
            (file.path, [operation.body.get("responses"), operation.body.get("callbacks")])
            for file in self.files
            for operation in file.operations
        )

    @cached_property
    def claim_ids(self) -> Counter[str]:
        """How often each id of a rule or of advice is used."""
        return Counter(claim.id for file in self.files for claim in file.claims)

    @cached_property
    def former_families(self) -> Counter[str]:
        """How often each former name of a family is listed."""
        tags = [mapping(tag) for file in self.files for tag in listed(file.document.get("tags"))]
        return Counter(
            str(name) for tag in tags for name in listed(tag.get("x-kling-former-families"))
        )

    @cached_property
    def values(self) -> set[str]:
        """Every text that an enum or x-extensible lists."""
        lists = [
            listed(holder[key])
            for key in ("enum", "x-extensible")
            for holder in holders(list(self.documents.values()), key)
        ]
        return {value for values in lists for value in values if isinstance(value, str)}

    @cached_property
    def errors(self) -> list[Document]:
        """The rows of Kling's table of errors."""
        tables = holders(list(self.documents.values()), "x-kling-error")
        return [mapping(row) for table in tables for row in listed(table["x-kling-error"])]

    @property
    def error_statuses(self) -> set[str]:
        """Every HTTP status in the table of errors."""
        return {str(row.get("status")) for row in self.errors}

    def is_exempt(self, path: Path, sentence: str) -> bool:
        """Whether a sentence is not compared with data, because sentences.yaml lists it."""
        exempt = listed(mapping(self.other_texts.get(EXEMPT)).get(path.as_posix()))
        return any(mapping(one).get("sentence") == sentence for one in exempt)

    def merged(self, path: Path, schema: Document) -> Document:
        """Return a schema of a file, with the keywords of the schema that its `$ref` names."""
        return self.resolved(path, schema)[1]

    def resolved(self, path: Path, schema: Document) -> tuple[Path, Document]:
        """Return (file, schema): the same as `merged`, and where its references are relative to."""
        if "$ref" not in schema:
            return path, schema
        target, pointer = _target(path, str(schema["$ref"]))
        origin, referred = self.resolved(target, self._value(target, pointer))
        return origin, {**referred, **schema}

    def _reach(self, roots: Iterable[tuple[Path, Any]]) -> set[tuple[Path, str]]:
        """Return the file and pointer of each component that roots refer to, also indirectly.

        A root is a node, after the path of its file.
        """
        reached: set[tuple[Path, str]] = set()
        pending = list(roots)
        while pending:
            path, node = pending.pop()
            for reference in references(node):
                target = _target(path, str(reference))
                if target not in reached:
                    reached.add(target)
                    pending.append((target[0], self._value(*target)))
        return reached

    def _value(self, path: Path, pointer: str) -> Document:
        value: Any = self.documents.get(path)
        for key in pointer.split("/"):
            value = mapping(value).get(key)
        return mapping(value)


def _target(path: Path, reference: str) -> tuple[Path, str]:
    file, _, pointer = reference.partition("#/")
    return Path(posixpath.normpath((path.parent / file).as_posix())) if file else path, pointer
