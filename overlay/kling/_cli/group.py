"""The command line."""

import os
import sys
import warnings
from importlib import import_module
from typing import Any

import click

from kling._cli.output import in_lines, say, unwritable
from kling.errors import KlingError

# Of each command its module, the function there, and what the list of commands says of it. Only
# the module of the command that is run is imported: most of them import all of the client.
_COMMANDS = {
    "account": ("account_commands", "account", "Show resource packages and what is left of them."),
    "batch": ("batch_command", "batch", "Make many tasks from a table, and survive restarts."),
    "check": ("check_command", "check", "Test whether a server behaves like Kling."),
    "check-media": ("media_command", "check_media", "Say what Kling would refuse of a file."),
    "cost": ("cost_command", "cost", "Say what a request will cost."),
    "doctor": ("account_commands", "doctor", "Check credentials, host, clock and account."),
    "download": ("task_commands", "download", "Download what a task made."),
    "get": ("task_commands", "get", "Show how far a task is."),
    "list": ("task_commands", "list_", "Show the newest tasks of a family."),
    "mock": ("mock_command", "mock", "Serve a stateful mock of Kling."),
    "models": ("description_commands", "models", "Show which model takes what."),
    "operations": ("description_commands", "operations", "List the operations."),
    "reconcile": ("reconcile_command", "reconcile", "Compare what was charged with the prices."),
    "run": ("task_commands", "run", "Create a task, wait for it and download what it makes."),
    "spec": ("description_commands", "spec", "Print the OpenAPI description."),
    "token": ("task_commands", "token", "Print a token for other HTTP clients."),
    "validate": ("description_commands", "validate", "Say what Kling would refuse of a request."),
    "wait": ("task_commands", "wait", "Wait until a task has succeeded."),
}


class _Group(click.Group):
    """Imports a command when it is run, and ends in one line when something is wrong."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None if there is none of that name."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, function, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"kling._cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, which imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in self.list_commands(ctx)])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command, whatever has become of the standard streams."""
        # Python has none in place of one that was closed.
        for name, mode in (("stdin", "r"), ("stderr", "w")):
            if getattr(sys, name) is None:
                setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 (until the end)
        if sys.stdout is None:
            # Before anything is paid for.
            say("Error: standard output is closed; for no output write > /dev/null")
            sys.exit(1)
        try:
            return super().main(*args, **options)
        except OSError as error:
            # Of click itself, for help; those of commands do not come here.
            say(f"Error: {unwritable(error)}")
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        warnings.showwarning = _warn
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click knows what it means: the reader has seen enough
        except click.ClickException as error:
            # Names of files and refs may come from outside too.
            error.message = in_lines(error.message)  # type: ignore[misc]  # click only reads it
            raise
        except (KlingError, OSError, ValueError) as error:
            notes = getattr(error, "__notes__", ())
            raise click.ClickException(in_lines(" ".join([str(error), *notes]))) from error
        except ImportError as error:
            if "socksio" not in str(error):
                raise
            text = (
                'a SOCKS proxy needs another package; install it with: pip install "httpx[socks]"'
            )
            raise click.ClickException(text) from error


def _warn(message: Warning | str, *details: Any, **more: Any) -> None:
    """Show a warning to people who did not write the program."""
    del details, more
    say(f"Warning: {message}")


@click.group(cls=_Group, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="kling-openapi")
def cli() -> None:
    """Make videos with Kling AI, and test programs that do.

    Credentials are KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY; KLING_BASE_URL leads
    to another host, such as a mock. OPERATION is a family, such as text_to_video or text-to-video,
    the name of a request, such as TextToVideoRequest, or an operationId, such as
    createTextToVideoTask. FILE is the body of a request in JSON or YAML, - for standard input.
    REF is what every command prints for a task, such as text_to_video/752604318974529536, or
    tasks/893605946402811985 in the current standard, whose models have operations of their own.
    """
