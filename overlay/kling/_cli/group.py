"""The command line."""

import os
import sys
import warnings
from typing import Any

import click

from kling._cli import description_commands as spec
from kling._cli import task_commands as tasks
from kling._cli.account_commands import account, doctor
from kling._cli.batch_command import batch
from kling._cli.cost_command import cost
from kling._cli.media_command import check_media
from kling._cli.mock_command import mock
from kling._cli.output import in_lines, say, unwritable
from kling._cli.reconcile_command import reconcile
from kling.errors import KlingError


class _Group(click.Group):
    """A group whose commands end in one line when something is wrong."""

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


for command in (
    *(tasks.run, tasks.get, tasks.list_, tasks.wait, tasks.download, tasks.token),
    *(spec.validate, check_media, spec.models, spec.operations, spec.spec),
    *(cost, reconcile, account, doctor, batch, mock),
):
    cli.add_command(command)
