"""What --image, --audio and --video put into the body of a request."""

from pathlib import Path
from typing import Any

import click

from kling._requests import MediaFields
from kling.description import Document, Operation, Spec
from kling.media import image as encoded

# Of several places for media of one kind, those that a request is about.
_MAIN = ("image", "contents.first_frame.url")
_URL = ("http://", "https://")


def check_sources(
    context: click.Context, option: click.Parameter, sources: tuple[str, ...]
) -> tuple[str, ...]:
    """Refuse paths of files that do not exist, among URLs and paths."""
    for source in sources:
        if not source.lower().startswith(_URL):
            click.Path(exists=True, dir_okay=False).convert(source, option, context)
    return sources


def add_medium(
    body: dict[str, Any], kind: str, source: str, operation: Operation, spec: Spec
) -> None:
    """Put a medium where a request takes one of its kind.

    Args:
        body: which gets it; a list in it grows.
        kind: image, audio or video.
        source: a URL, or the path of a file, which is put in as base64.
        operation: what the body is for.
        spec: the description that has it.

    Raises:
        click.UsageError: there is no place for it, more than one, or something in its place.
    """
    is_file = not source.lower().startswith(_URL)
    if kind == "video" and is_file:
        raise click.UsageError(
            "Kling takes a video as a URL only: put the file where Kling can fetch it, and give "
            "--video the URL; kling check-media looks at the file first"
        )
    *steps, last = _place(kind, operation, spec).split(".")
    value = encoded(Path(source)) if is_file else source
    holder: Any = body
    schema = spec.schemas[str(operation.request)]
    while steps:
        name = steps.pop(0)
        schema = spec.resolve(schema["properties"][name])
        made: Any = [] if "items" in schema else {}
        inner = holder.setdefault(name, made)
        if type(inner) is not type(made):
            what = "list" if made == [] else "object"
            raise click.UsageError(f"--{kind} adds to {name}, which is no {what} in the file")
        if isinstance(inner, list):
            schema = spec.resolve(schema["items"])
            inner = _entry(inner, steps, last, schema, spec)
        holder = inner
    if holder.get(last):
        raise click.UsageError(f"--{kind}: the file has {last} already; leave one of them out")
    holder[last] = value


def _entry(entries: list[Any], steps: list[str], field: str, schema: Document, spec: Spec) -> Any:
    """Return the entry of a list that is to have a field: one that lacks it, or a new one."""
    kind, branches = spec.branches(schema)
    if branches:
        entries.append({kind: steps.pop(0)})
        return entries[-1]
    lacking = next((one for one in entries if isinstance(one, dict) and not one.get(field)), None)
    if lacking is None:
        entries.append(lacking := {})
    return lacking


def _place(kind: str, operation: Operation, spec: Spec) -> str:
    schema = spec.schemas.get(str(operation.request))
    if schema is None:
        raise click.UsageError(
            f"{operation.id} has no described field for --{kind}; use --set FIELD=@PATH"
        )
    places = [name for name, limits in MediaFields(spec, schema).places() if limits["kind"] == kind]
    found = [name for name in places if name in _MAIN] or places
    if len(found) == 1:
        return found[0]
    if not found:
        raise click.UsageError(f"{operation.id} has no field for --{kind}")
    field = "contents.0.url" if found[0].startswith("contents.") else found[0]
    raise click.UsageError(
        f"{operation.id} has several places for --{kind}: {', '.join(found)}; "
        f"use --set {field}=@PATH"
    )
