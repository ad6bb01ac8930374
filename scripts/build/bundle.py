"""Join the documents of `openapi/` into one, and refuse documents that do not fit together.

The joined document is called the bundle; the code of the scripts calls it `whole`.

Validators accept a dead reference into another file, and generators silently drop what nothing
refers to. So name clashes, dead references and unused components are errors here.
"""

import io
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ENTRY = "openapi.yaml"
FAMILIES = ("v1/*.yaml", "by-model/*.yaml", "solutions/*.yaml")
# The keys that a family's file or a shared file may have. Only openapi.yaml may have others.
PARTS = {"openapi", "info", "tags", "paths", "components"}
SHARED = "components/*.yaml"
OVERLAYS = "overlays/*.yaml"
GENERATORS = "generators/*.yaml"
WORKFLOWS = "workflows/*.arazzo.yaml"
# Files with records about the description, which are not part of the bundle.
LEDGERS = ("sources.yaml", "coverage.yaml", "sentences.yaml")
FIXTURES = "fixtures/**/*.yaml"
WITNESS = "witness/*.yaml"
# The key of a tag whose value is the name of its family in programs. If a tag lacks the key, this
# name is made from the name of the file.
FAMILY = "x-kling-family"
# The key of the list of families that most people use, which renderers show first.
FIRST = "x-kling-first-families"
# The pickled content of each YAML text. One run reads a file many times, and parsing it is slow.
_PICKLED: dict[str, bytes] = {}

Document = dict[str, Any]


class BundleError(Exception):
    """The documents do not fit together; the message names the file and the place."""


def load(path: Path) -> Any:
    """Read a YAML file, and refuse values that YAML 1.1 and 1.2 read differently."""
    text = path.read_text(encoding="utf-8")
    if text not in _PICKLED:
        file = io.StringIO(text)
        file.name = str(path)  # so that messages name it
        try:
            _PICKLED[text] = pickle.dumps(yaml.load(file, _StrictLoader))  # noqa: S506 (a SafeLoader)
        except yaml.YAMLError as error:
            raise BundleError(str(error)) from error
    return pickle.loads(_PICKLED[text])  # noqa: S301 (we pickled it)


def bundle(root: Path) -> Document:
    """Join the files below `root`, and return the document.

    Raises:
        BundleError: two things have the same name, a reference is dead, or something is unused.
    """
    entry, family_files, shared_files = root / ENTRY, _glob(root, *FAMILIES), _glob(root, SHARED)
    known = {entry, *family_files, *shared_files, *(root / name for name in LEDGERS)}
    known |= {*_glob(root, OVERLAYS, GENERATORS, WORKFLOWS, FIXTURES, WITNESS)}
    for path in _glob(root, "**/*.yaml", "**/*.yml"):
        if path not in known:
            raise BundleError(f"{path}: the bundler does not read this file; move or delete it")

    documents = {path.resolve(): load(path) for path in (entry, *family_files, *shared_files)}
    for path in (*family_files, *shared_files):
        if unknown := documents[path.resolve()].keys() - PARTS:
            raise BundleError(f"{path}: move {', '.join(sorted(unknown))} to {ENTRY}")
    for path, document in documents.items():
        _make_references_local(path, document, documents)

    whole: Document = {**documents[entry.resolve()], "tags": []}
    # The file that each thing comes from, by section, such as components/schemas, and by name.
    origin: dict[tuple[str, str], Path] = {}
    for path, document in documents.items():
        family = path.stem.replace("-", "_")
        whole["tags"] += [{FAMILY: family, **tag} for tag in document.get("tags", [])]
        _merge("paths", whole["paths"], document["paths"], path, origin)
        for section, named in document.get("components", {}).items():
            target = whole["components"].setdefault(section, {})
            _merge(f"components/{section}", target, named, path, origin)
    if unknown := {*whole.get(FIRST, ())} - {tag[FAMILY] for tag in whole["tags"]}:
        raise BundleError(f"{ENTRY}: {FIRST} has unknown families: {', '.join(sorted(unknown))}")
    _refuse_orphans(whole, origin)
    _refuse_dead_links(whole, origin)
    return whole


def families(whole: Document) -> dict[str, str]:
    """Return the name of each tag's family in programs, such as kling_30_text_to_video.

    If a tag lacks x-kling-family, as in older bundles, the name is made from the words of the tag.
    """
    return {
        tag["name"]: tag.get(FAMILY) or re.sub(r"\W+", "_", tag["name"]).lower()
        for tag in whole["tags"]
    }


def former_families(whole: Document) -> dict[str, str]:
    """Return the former names of families, each with the name that the family has now."""
    names = families(whole)
    return {
        former: names[tag["name"]]
        for tag in whole["tags"]
        for former in tag.get("x-kling-former-families", ())
    }


def references(node: Any) -> Iterator[str]:
    """Yield every `$ref` in a node."""
    for holder in holders(node, "$ref"):
        yield holder["$ref"]


def holders(node: Any, key: str) -> Iterator[Document]:
    """Yield every mapping in a node that has the key, outer ones before inner ones."""
    pending = [node]  # a recursive generator takes four times as long
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if key in node:
                yield node
            pending.extend(reversed(node.values()))
        elif isinstance(node, list):
            pending.extend(reversed(node))


def copied(node: Any) -> Any:
    """Return a copy of a part of a description, ten times as fast as copy.deepcopy."""
    return pickle.loads(pickle.dumps(node))  # noqa: S301 (we pickled it)


def _glob(root: Path, *patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def _make_references_local(path: Path, document: Document, documents: dict[Path, Document]) -> None:
    targets: dict[str, Document | None] = {"": document}
    for holder, key in _reference_places(document):
        reference = holder[key]
        file, _, pointer = reference.partition("#")
        if file not in targets:
            targets[file] = documents.get((path.parent / file).resolve())
        target = targets[file]
        match = re.fullmatch(r"/components/(\w+)/(\w+)", pointer)
        if target is None or match is None:
            raise BundleError(f"{path}: $ref {reference} does not lead to a component")
        section, name = match.groups()
        if name not in target.get("components", {}).get(section, {}):
            raise BundleError(f"{path}: $ref {reference} is dead")
        holder[key] = f"#{pointer}"


def _reference_places(document: Document) -> Iterator[tuple[Document, str]]:
    """Yield every mapping that holds a reference, with the key of the reference."""
    for holder in holders(document, "$ref"):
        yield holder, "$ref"
    for holder in holders(document, "discriminator"):
        mapping = holder["discriminator"]["mapping"]
        for value in mapping:
            yield mapping, value


def _merge(
    section: str, target: Document, named: Document, path: Path, origin: dict[tuple[str, str], Path]
) -> None:
    for name, value in named.items():
        if (section, name) in origin:
            raise BundleError(f"{path}: {section}/{name} is already in {origin[section, name]}")
        origin[section, name] = path
        target[name] = value


def _refuse_orphans(whole: Document, origin: dict[tuple[str, str], Path]) -> None:
    pending = [whole["paths"]]
    reached: set[str] = set()
    while pending:
        for reference in references(pending.pop()):
            if reference not in reached:
                reached.add(reference)
                _, _, section, name = reference.split("/")
                pending.append(whole["components"][section][name])
    for (place, name), path in origin.items():
        if place in ("paths", "components/securitySchemes"):
            continue  # nothing refers to these with $ref
        if f"#/{place}/{name}" not in reached:
            raise BundleError(f"{path}: nothing uses {place}/{name}")


def _refuse_dead_links(whole: Document, origin: dict[tuple[str, str], Path]) -> None:
    operations = {
        holder["operationId"]
        for holder in holders(whole["paths"], "responses")
        if "operationId" in holder
    }
    for path, item in whole["paths"].items():
        for holder in holders(item, "links"):
            for link in holder["links"].values():
                if link["operationId"] not in operations:
                    file, name = origin["paths", path], link["operationId"]
                    raise BundleError(f"{file}: a link leads to {name}, which does not exist")


class Strict(yaml.constructor.SafeConstructor):
    """Refuse repeated keys, and scalars that YAML 1.1 and 1.2 read differently."""

    _SAME_IN_BOTH = re.compile(r"true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?")

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that is given twice."""
        keys = [self.construct_object(key) for key, _ in node.value]
        for key, (key_node, _) in zip(keys, node.value, strict=True):
            if keys.count(key) > 1:
                # A mark begins with white space: '  in "video.yaml", line 3'.
                raise BundleError(f"the key {key} is there twice{key_node.start_mark}")
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Refuse an unquoted scalar that YAML 1.1 and 1.2 read differently."""
        if isinstance(node, yaml.ScalarNode) and not node.style:
            is_string = node.tag == "tag:yaml.org,2002:str"
            if not (is_string or self._SAME_IN_BOTH.fullmatch(node.value)):
                raise BundleError(f"write {node.value!r} in quotes{node.start_mark}")
        return super().construct_object(node, deep)


# The parser in C is seven times as fast, but not every build of PyYAML has it. So the base class is
# chosen at run time, which mypy cannot follow.
class _StrictLoader(Strict, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    pass
