"""The command line."""

import os
import sys
import warnings
from importlib import import_module
from typing import Any

import click

from kling._cli.output import print_message, printable, stdout_problem
from kling.errors import KlingError

# Command: (module, function, line in the list of commands). Only the module of the command that
# runs is imported, because most of them import the whole client.
_COMMANDS = {
    "account": ("account_commands", "account", "Show the resource packages of the account."),
    "batch": ("batch_command", "batch", "Run many jobs from a table, and resume after restarts."),
    "check": ("check_command", "check", "Test whether a server behaves like Kling."),
    "check-media": ("media_command", "check_media", "Check a media file before you send it."),
    "cost": ("cost_command", "cost", "Estimate the price of a request."),
    "doctor": ("account_commands", "doctor", "Check credentials, host, clock and account."),
    "download": ("task_commands", "download", "Download the results of a task."),
    "get": ("task_commands", "get", "Show the status of a task."),
    "list": ("task_commands", "list_", "Show the newest tasks of a family."),
    "mock": ("mock_command", "mock", "Serve a stateful mock of Kling."),
    "models": ("description_commands", "models", "Show what each model supports."),
    "operations": ("description_commands", "operations", "List the operations."),
    "reconcile": ("reconcile_command", "reconcile", "Compare charges with the price list."),
    "run": ("task_commands", "run", "Create a task, wait for it and download its results."),
    "spec": ("description_commands", "spec", "Print the OpenAPI description."),
    "token": ("task_commands", "token", "Print a token for other HTTP clients."),
    "validate": ("description_commands", "validate", "Check a request without sending it."),
    "wait": ("task_commands", "wait", "Wait until a task has succeeded."),
}


class _Group(click.Group):
    """Imports a command when it runs, and reports an error in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command with this name, or None."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, function, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"kling._cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in self.list_commands(ctx)])

    def main(self, *args: Any, **options: Any) -> Any:
        """Run a command, even if standard input or standard error is closed."""
        # Python sets a standard stream to None if it was closed before the start.
        for name, mode in (("stdin", "r"), ("stderr", "w")):
            if getattr(sys, name) is None:
                # The file stays open until the process ends.
                setattr(sys, name, open(os.devnull, mode))  # noqa: PTH123, SIM115 (see above)
        if sys.stdout is None:
            # Stop here, before the command spends money on results that it cannot show.
            print_message("Error: standard output is closed; to discard output, write > /dev/null")
            sys.exit(1)
        try:
            return super().main(*args, **options)
        except OSError as error:
            # Raised while click prints help; `invoke` handles the errors of commands.
            print_message(f"Error: {stdout_problem(error)}")
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        warnings.showwarning = _show_warning
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click then exits without a message, because the reader has closed the pipe
        except click.ClickException as error:
            # The message may contain text from outside, such as a file name or a ref.
            error.message = printable(error.message)  # type: ignore[misc]  # click only reads it
            raise
        except (KlingError, OSError, ValueError) as error:
            message = " ".join([_text_of(error), *getattr(error, "__notes__", ())])
            raise click.ClickException(printable(message)) from error
        except ImportError as error:
            # httpx needs the package socksio if the environment names a SOCKS proxy.
            if "socksio" not in str(error):
                raise
            text = (
                'a SOCKS proxy needs another package; install it with: pip install "httpx[socks]"'
            )
            raise click.ClickException(text) from error


def _text_of(error: Exception) -> str:
    """Return the message of an error. For a file error, this is the path and the reason."""
    # Only for Python's own classes: subclasses of OSError from other packages have good messages.
    if type(error).__module__ == "builtins" and isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _show_warning(message: Warning | str, *details: Any, **more: Any) -> None:
    """Show only the text of a warning, without the line of our code that emitted the warning."""
    del details, more
    print_message(f"Warning: {message}")


@click.group(cls=_Group, context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(package_name="kling-openapi")
def cli() -> None:
    """Make videos with Kling AI, and test programs that use it.

    Credentials are KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY. KLING_BASE_URL selects
    another host, such as a mock.

    OPERATION is a family, such as text_to_video or text-to-video; a request class, such as
    TextToVideoRequest; or an operationId, such as createTextToVideoTask. To list them, use kling
    operations.

    FILE is the body of a request in JSON or YAML, or - for standard input.

    REF identifies a task, such as text_to_video/752604318974529536. Commands print it. For a task
    of Kling's current standard, it begins with tasks/, as in tasks/893605946402811985.
    """
