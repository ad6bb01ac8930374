"""The media that --image, --audio and --video add to the body of a request."""

from pathlib import Path
from typing import Any

import click

from kling._requests import put_medium
from kling.description import Operation, Spec
from kling.media import image as file_as_base64

_URL = ("http://", "https://")


def check_sources(
    context: click.Context, option: click.Parameter, sources: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the values of a media option, which are URLs and paths; refuse a missing file."""
    for source in sources:
        if not source.lower().startswith(_URL):
            click.Path(exists=True, dir_okay=False).convert(source, option, context)
    return sources


def add_medium(
    body: dict[str, Any], kind: str, source: str, operation: Operation, spec: Spec
) -> None:
    """Add an image, an audio clip or a video to the field of a body that takes it.

    Args:
        body: the body, which is changed.
        kind: image, audio or video.
        source: a URL, or the path of a file, which is added in base64.
        operation: the operation that the body is for.
        spec: the description that contains the operation.

    Raises:
        click.UsageError: no field takes this kind, several do, or the field has a value already.
    """
    is_file = not source.lower().startswith(_URL)
    if kind == "video" and is_file:
        raise click.UsageError(
            "Kling takes a video only as a URL: upload the file to a host that Kling can reach, "
            "and give --video its URL; kling check-media checks the file before you upload it"
        )
    value = file_as_base64(Path(source)) if is_file else source
    try:
        put_medium(body, kind, value, operation, spec, option=f"--{kind}", field_hint=_set_option)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _set_option(field: str) -> str:
    # In a message, contents.first_frame.url means the entry of contents with this type. But --set
    # needs the number of the entry, so the hint shows the first entry as an example.
    name = "contents.0.url" if field.startswith("contents.") else field
    return f"use --set {name}=@PATH"
