"""The command that tests a server."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

import click

from kling._cli.options import dialect_option
from kling._cli.output import show

_PARTS = (
    *("credentials", "refusals", "types", "stories", "acceptances", "callbacks", "replies"),
    "fuzz",
)


def _file_option(name: str, what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        f"--{name}",
        f"{name}_file",
        type=click.File("w", encoding="utf-8", lazy=False),
        metavar="FILE",
        help=f"Write the report {what}; - for standard output.",
    )


@click.command()
@click.argument("url")
@click.option(
    "--spend",
    metavar="UNITS",
    help="Let the check create tasks, for at most so many units of Kling's price list in all.  "
    "[default: create nothing]",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(_PARTS),
    help="Run this part only; repeatable. The part replies looks at what the others get, and fuzz "
    "needs the extra check.  [default: all but fuzz]",
)
@click.option(
    "--only",
    multiple=True,
    metavar="FAMILY",
    help="Look at this family only, such as text_to_video; repeatable.",
)
@click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="The server differs here on purpose, such as text-to-video.sound-models; repeatable.",
)
@dialect_option
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Expect the models that were alive on that day.  [default: today, or the day of the mock]",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Decides order and choice.")
@click.option(
    "--patience",
    type=click.FloatRange(0),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long tasks may take to end.",
)
@click.option(
    "--examples",
    type=click.IntRange(1),
    default=25,
    show_default=True,
    help="How many requests the part fuzz makes up for each operation.",
)
@click.option(
    "--webhook-secret",
    envvar="KLING_WEBHOOK_SECRET",
    metavar="SECRET",
    help="What callbacks are signed with, also from KLING_WEBHOOK_SECRET.  "
    "[default: signatures are not checked]",
)
@_file_option("junit", "as JUnit, for CI")
@_file_option("json", "as JSON, for programs")
@_file_option("html", "as one page for a browser")
def check(
    url: str,
    parts: tuple[str, ...],
    as_of: datetime | None,
    junit_file: IO[str] | None,
    json_file: IO[str] | None,
    html_file: IO[str] | None,
    **options: Any,
) -> None:
    """Test whether the server at URL behaves like Kling; it costs nothing without --spend.

    It is for gateways that forward to Kling, and for mocks. Because a gateway may pay for what it
    forwards, only reads are sent without --spend, and what Kling is known to refuse; a part ends
    at the first request that was to be refused and is accepted. A kling mock on this machine
    makes itself known, and is tested in full. Credentials come from KLING_API_KEY, or from
    KLING_ACCESS_KEY and KLING_SECRET_KEY.

    It ends with 0 if nothing was found, with 1 if something was, and with 2 if the check could
    not be finished.

    \b
    Example: kling check http://127.0.0.1:8000 --html report.html
    """
    from kling.check import USUAL, InterruptedCheck, run
    from kling.check.reports import as_json, html, junit, terminal

    files = (junit_file, json_file, html_file)
    if sum(one is sys.stdout for one in files) > 1:
        raise click.UsageError("only one report can be written to standard output")
    try:
        with _progress() as told:
            report = run(
                url,
                parts=parts or USUAL,
                as_of=as_of.date() if as_of else None,
                on_progress=told,
                **options,
            )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except InterruptedCheck as interrupted:
        report = interrupted.report
    if junit_file:
        junit_file.write(junit(report))
    if json_file:
        json.dump(as_json(report), json_file, indent=1)
        json_file.write("\n")
    if html_file:
        html_file.write(html(report))
    if not any(one is sys.stdout for one in files):
        show(*terminal(report, shutil.get_terminal_size().columns))
    sys.exit(report.exit_code)


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """Give a function that shows the part and its requests, on standard error."""
    from tqdm import tqdm

    bar_format = "{desc} {elapsed}"
    with tqdm(
        bar_format=bar_format, file=sys.stderr, leave=False, disable=not sys.stderr.isatty()
    ) as bar:

        def tell(part: str, requests: int) -> None:
            bar.set_description_str(f"{part}: {requests} requests", refresh=False)
            bar.update()

        yield tell
