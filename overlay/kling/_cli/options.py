"""Options that several commands share."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple

import click

from kling._cli.added_media import check_sources
from kling.description import dialects

# Kind of media: (placeholder of the value, help).
_MEDIA = {
    "image": (
        "PATH|URL",
        "Add an image to the field image, or as the first frame. If the operation has neither, the "
        "image is added to its only image field. Repeatable if the field is a list.",
    ),
    "audio": ("PATH|URL", "Add an audio clip to the only audio field."),
    "video": ("URL", "Add a video to the only video field. Kling takes videos only as URLs."),
}


class Date(click.DateTime):
    """A date whose error message has an example instead of the codes of strptime."""

    def __init__(self, *examples: str) -> None:
        formats = ["%Y-%m-%dT%H:%M:%S" if "T" in example else "%Y-%m-%d" for example in examples]
        super().__init__(formats)
        self._examples = " or ".join(examples)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the date.

        Raises:
            click.BadParameter: the value has another form, or the day does not exist.
        """
        try:
            date: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is not a date, such as {self._examples}", param, ctx)
        return date


class RequestArguments(NamedTuple):
    """The arguments and options that describe a request; `request_files.call_of` reads them."""

    names: tuple[str, ...]
    """The operation and the file with the body; or only the file."""
    path: str | None
    """A path that is not described, instead of an operation."""
    changes: tuple[str, ...]
    """Values of --set, such as duration=8."""
    media: tuple[tuple[str, str], ...]
    """Pairs of a kind, such as image, and a URL or the path of a file."""


def body_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the arguments and options of a request; the command gets them as RequestArguments."""

    @wraps(command)
    def with_body(
        *, names: tuple[str, ...], path: str | None, changes: tuple[str, ...], **options: Any
    ) -> None:
        media = [(kind, source) for kind in _MEDIA for source in options.pop(kind)]
        command(RequestArguments(names, path, changes, tuple(media)), **options)

    # In the help, click lists the option first that is added last. So add them from last to first.
    for kind, (metavar, help_text) in reversed(_MEDIA.items()):
        with_body = click.option(
            f"--{kind}", multiple=True, callback=check_sources, metavar=metavar, help=help_text
        )(with_body)
    with_body = click.option(
        "--set",
        "changes",
        multiple=True,
        metavar="FIELD=VALUE",
        help="Set a field, such as duration=8 or settings.duration=8; repeatable. VALUE is text or "
        "JSON. With @PATH it is the content of a file: text, or media in base64.",
    )(with_body)
    with_body = click.option(
        "--path",
        metavar="PATH",
        help="Send the body to a path that is not described, such as /text-to-video/kling-4.0, "
        "instead of an OPERATION. The body is then not checked.",
    )(with_body)
    # OPERATION and FILE are one argument for click, because OPERATION is left out with --path.
    return click.argument("names", nargs=-1, metavar="[OPERATION] FILE")(with_body)


allow_option = click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="If the request breaks this rule, only warn, and do not refuse it. RULE is the id of a "
    "rule, such as unknown-field. A problem ends with the id of its rule in brackets. Repeatable.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
dialect_option = click.option(
    "--dialect",
    default="",
    metavar="NAME",
    help=f"Use another form of the description: {', '.join(dialects())}.",
)
