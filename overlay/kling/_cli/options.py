"""Options that several commands have."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kling.description import dialects


class WrongOption(click.ClickException):
    """What is wrong with an option, in one line."""

    exit_code = 2


Command = TypeVar("Command", bound=Callable[..., Any])


def body_options(command: Command) -> Command:
    """Let a command take an operation and a request body."""
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
    command = click.argument("file", type=click.File("r", encoding="utf-8"))(command)
    return click.argument("operation", metavar="OPERATION")(command)


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
