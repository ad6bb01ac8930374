"""Options that several commands have."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

import click

from kling._cli.added_media import check_sources
from kling.description import dialects

# By kind, what the option takes and what it is for.
_MEDIA = {
    "image": (
        "PATH|URL",
        "An image for the field image, the first frame, or the only field for images.",
    ),
    "audio": ("PATH|URL", "A sound for the only field for sounds."),
    "video": ("URL", "A video for the only field for videos; Kling takes no files of videos."),
}


class Given(NamedTuple):
    """What a command line says of a request; see `call_of` in `request_files`."""

    names: tuple[str, ...]
    """The operation, by any of its names, and the file with the body; or the file alone."""
    path: str | None
    """A path that is not described, in place of the operation."""
    changes: tuple[str, ...]
    """FIELD=VALUE, each."""
    media: tuple[tuple[str, str], ...]
    """Kinds of media, each with a URL or the path of a file."""


def body_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take an operation, or a path that is not described, and a request body.

    They are its first argument.
    """

    @wraps(command)
    def with_body(
        *, names: tuple[str, ...], path: str | None, changes: tuple[str, ...], **options: Any
    ) -> None:
        media = [(kind, source) for kind in _MEDIA for source in options.pop(kind)]
        command(Given(names, path, changes, tuple(media)), **options)

    for kind, (metavar, help_text) in reversed(_MEDIA.items()):
        with_body = click.option(
            f"--{kind}", multiple=True, callback=check_sources, metavar=metavar, help=help_text
        )(with_body)
    with_body = click.option(
        "--set",
        "changes",
        multiple=True,
        metavar="FIELD=VALUE",
        help="Set a field, such as duration or settings.duration: text or JSON; @PATH takes it "
        "from a file, media in base64.",
    )(with_body)
    with_body = click.option(
        "--path",
        metavar="PATH",
        help="Take the body for a path that is not described, such as /text-to-video/kling-4.0, "
        "in place of OPERATION; then nothing is checked.",
    )(with_body)
    # Which of the two a single one is depends on --path.
    return click.argument("names", nargs=-1, metavar="[OPERATION] FILE")(with_body)


allow_option = click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="Only warn of what breaks this rule, such as unknown-field; repeatable. The id of a rule "
    "is in brackets behind each problem.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
dialect_option = click.option(
    "--dialect",
    default="",
    metavar="NAME",
    help=f"Take another form of the description: {', '.join(dialects())}.",
)
