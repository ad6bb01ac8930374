"""What --image, --audio and --video put into the body of a request."""

from pathlib import Path
from typing import Any

import click

from kling._requests import put_medium
from kling.description import Operation, Spec
from kling.media import image as encoded

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
    value = encoded(Path(source)) if is_file else source
    try:
        put_medium(body, kind, value, operation, spec, option=f"--{kind}", field_hint=_by_set)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _by_set(field: str) -> str:
    # --set knows the parts of contents by their numbers only.
    known = "contents.0.url" if field.startswith("contents.") else field
    return f"use --set {known}=@PATH"
