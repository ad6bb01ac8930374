"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kling.description import dialects

Command = TypeVar("Command", bound=Callable[..., Any])


def body_options(command: Command) -> Command:
    """Let a command take an operation, or a path that is not described, and a request body."""
    command = click.option(
        "--image",
        type=click.Path(exists=True, dir_okay=False),
        help="A picture for the field image, or as first frame for contents.",
    )(command)
    command = click.option(
        "--set",
        "changes",
        multiple=True,
        metavar="FIELD=VALUE",
        help="Set a field, such as duration or settings.duration: text or JSON; @PATH takes it "
        "from a file, media in base64.",
    )(command)
    command = click.option(
        "--path",
        metavar="PATH",
        help="Take the body for a path that is not described, such as /text-to-video/kling-4.0, "
        "in place of OPERATION; then nothing is checked.",
    )(command)
    # Which of the two a single one is depends on --path.
    return click.argument("names", nargs=-1, metavar="[OPERATION] FILE")(command)


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
