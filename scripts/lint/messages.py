"""House rules for facts that Kling's pages do not have: messages, aliases of paths, closed APIs."""

import re
from collections.abc import Iterator
from typing import Any

from scripts.build.bundle import Document
from scripts.lint.view import SOURCES, Description, File, Findings, rule
from scripts.lint.walk import is_date, listed, mapping

_KEYS = {"text", "code", "status", "kind", "when", "sources"}
_KINDS = ("policy", "input", "media", "outage")
_WHEN = {"events", "rules", "keywords", "fields", "paths", "if"}
_EVENTS = (
    "bad-token",
    "closed",
    "code",
    "failure",
    "file",
    "no-task-ids",
    "only-api-keys",
    "retired-model",
    "too-many-task-ids",
    "unknown-element",
    "unknown-language",
    "unknown-model",
    "unknown-path",
    "unknown-task",
    "unknown-video",
    "unknown-voice",
    "used-external-id",
)
_KEYWORDS = (
    "anyOf",
    "discriminator",
    "enum",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "pattern",
    "required",
    "type",
)
# The placeholders, in braces, for values that Kling fills in.
_PLACEHOLDERS = (
    "camel",
    "duration",
    "limit",
    "max",
    "min",
    "mode",
    "model",
    "param",
    "parts",
    "path",
    "type",
    "value",
    "values",
)


@rule
def messages_are_complete(file: File) -> Findings:
    """Write an entry of x-kling-messages as {text, code, status, kind, when, sources}.

    Only text, when and sources are required. Codes, rules and sources must exist. The words in
    braces, and those in when, must be known to programs.
    """
    for node in file.nodes:
        for number, entry in enumerate(listed(node.schema.get("x-kling-messages"))):
            for detail in _message_flaws(mapping(entry), file.whole):
                yield f"{node.place}.x-kling-messages.{number}", detail


def _message_flaws(entry: Document, whole: Description) -> list[str]:
    flaws = [f"{key} is not known" for key in entry.keys() - _KEYS]
    text, when = entry.get("text"), mapping(entry.get("when"))
    if not isinstance(text, str) or not text.strip():
        flaws.append("text is missing")
    used = re.findall(r"\{(.*?)\}", str(text))
    flaws += [
        f"{{{name}}} is not a known placeholder" for name in used if name not in _PLACEHOLDERS
    ]
    if "code" in entry and entry["code"] not in {row.get("code") for row in whole.errors}:
        flaws.append(f"{entry['code']} is not a code of x-kling-error")
    if "code" in entry and "status" in entry:
        flaws.append("remove the key status, because the key code determines it")
    if "kind" in entry and entry["kind"] not in _KINDS:
        flaws.append(f"kind must be one of {', '.join(_KINDS)}")
    if "failure" in listed(when.get("events")) and "kind" not in entry:
        flaws.append("kind is missing; an entry for the event failure needs it")
    return [*flaws, *_when_flaws(when, whole), *_source_flaws(entry.get("sources"), whole)]


def _when_flaws(when: Document, whole: Description) -> Iterator[str]:
    for key in when.keys() - _WHEN:
        yield f"when.{key} is not known"
    if not when.keys() & {"events", "rules", "keywords"}:
        yield "when must have events, rules or keywords"
    for key in when.keys() & {"fields", "paths"}:
        if "keywords" not in when:
            yield f"when.{key} needs when.keywords"
    known = {"events": _EVENTS, "rules": whole.claim_ids, "keywords": _KEYWORDS}
    for key, names in known.items():
        for name in listed(when.get(key)):
            if name not in names:
                yield f"when.{key}: {name} is not known"
    paths = [operation.path for file in whole.files for operation in file.operations]
    for name in listed(when.get("paths")):
        if not any(path.startswith(str(name)) for path in paths):
            yield f"when.paths: no path begins with {name}"


def _source_flaws(sources: Any, whole: Description) -> Iterator[str]:
    if not listed(sources):
        yield f"sources must be a list of ids from {SOURCES}"
    for name in listed(sources):
        if str(name) not in whole.sources:
            yield f"{name} is not in {SOURCES}"


@rule
def aliases_are_free(file: File) -> Findings:
    """Write x-kling-aliases, on an operation, as a list of its other paths: [{path, sources}].

    A path that the description has must not be an alias.
    """
    paths = {one.path for other in file.whole.files for one in other.operations}
    for operation in file.operations:
        for number, entry in enumerate(listed(operation.body.get("x-kling-aliases"))):
            place, alias = f"{operation.place}.x-kling-aliases.{number}", mapping(entry)
            if set(alias) != {"path", "sources"}:
                yield place, "must have exactly path and sources"
            # The alias is a path of the description, or no path at all.
            elif alias["path"] in paths or not str(alias["path"]).startswith("/"):
                yield (
                    place,
                    f"{alias['path']} does not begin with /, or the description has this path",
                )
            for detail in _source_flaws(alias.get("sources"), file.whole):
                yield place, detail


@rule
def closings_have_a_day(file: File) -> Findings:
    """Write x-kling-closed, on an operation, as the day from which Kling refuses every call."""
    for operation in file.operations:
        day = operation.body.get("x-kling-closed")
        if day is not None and not is_date(day):
            yield f"{operation.place}.x-kling-closed", f"{day} is not a date such as '2026-09-15'"
