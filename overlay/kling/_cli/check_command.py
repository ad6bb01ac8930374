"""The command that tests whether a server behaves like Kling."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

import click

from kling._cli.options import Date, dialect_option
from kling._cli.output import print_lines

_PARTS = [
    "credentials",
    "refusals",
    "types",
    "stories",
    "acceptances",
    "callbacks",
    "replies",
    "fuzz",
]


def _report_option(name: str, form: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        f"--{name}",
        f"{name}_file",
        type=click.File("w", encoding="utf-8", lazy=False),
        metavar="FILE",
        help=f"Write the report to FILE {form}. FILE may be -, which means standard output.",
    )


@click.command()
@click.argument("url")
@click.option(
    "--spend",
    metavar="UNITS",
    help="Allow the check to create tasks, which cost at most this many Kling units in total.  "
    "[default: send only reads, and requests that Kling refuses]",
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(_PARTS),
    metavar="PART",
    help=f'Run only this part; repeatable. The parts are {", ".join(_PARTS)}. "replies" '
    'checks the replies to the requests of the other parts. "fuzz" needs kling-openapi[check].  '
    "[default: all but fuzz]",
)
@click.option(
    "--only",
    multiple=True,
    metavar="FAMILY",
    help="Check only this family, such as text_to_video; repeatable.",
)
@click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="Accept a difference; repeatable. RULE is the id of a rule, such as "
    "text-to-video.sound-models. It may also be an operationId, to accept all differences of the "
    'operation, or the place of a finding. The place is the text before ": expected", such as '
    '"TaskReply: data.task_status".',
)
@dialect_option
@click.option(
    "--as-of",
    type=Date("2026-11-01"),
    metavar="YYYY-MM-DD",
    help="Expect the models that were available on this day.  [default: today, or the date that "
    "the mock uses]",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Seed of the random order and choice of requests.",
)
@click.option(
    "--patience",
    type=click.FloatRange(0),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="Wait at most this long for a task to end.",
)
@click.option(
    "--examples",
    type=click.IntRange(1),
    default=25,
    show_default=True,
    help="Number of requests that the part fuzz generates for each operation.",
)
@click.option(
    "--webhook-secret",
    envvar="KLING_WEBHOOK_SECRET",
    metavar="SECRET",
    help="Check the signatures of callbacks with this secret, or with KLING_WEBHOOK_SECRET.  "
    "[default: do not check signatures]",
)
@_report_option("junit", "as JUnit, for CI")
@_report_option("json", "as JSON, for programs")
@_report_option("html", "as one page for a browser")
def check(
    url: str,
    parts: tuple[str, ...],
    as_of: datetime | None,
    junit_file: IO[str] | None,
    json_file: IO[str] | None,
    html_file: IO[str] | None,
    **options: Any,
) -> None:
    """Test whether the server at URL behaves like Kling.

    The check is for gateways that forward requests to Kling, and for mocks. A gateway may be
    charged for requests that it forwards. Without --spend, the check therefore sends only reads,
    and requests that Kling is known to refuse. So a server that refuses them creates no task. A
    server that accepts them creates at most one task in each of the parts refusals and types, which
    stop at their first task. A kling mock on this machine identifies itself. It charges nothing, so
    it is always tested in full, as with --spend and no limit.

    Credentials are KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY.

    The exit code is 0 without findings, 1 with findings, and 2 if the check was not finished.

    \b
    Example: kling check http://127.0.0.1:8000 --html report.html
    """
    from kling.check import USUAL, InterruptedCheck, run
    from kling.check.reports import as_json, html, junit, terminal

    files = (junit_file, json_file, html_file)
    if sum(file is sys.stdout for file in files) > 1:
        raise click.UsageError("only one report can be written to standard output")
    try:
        with _progress() as show_progress:
            report = run(
                url,
                parts=parts or USUAL,
                as_of=as_of.date() if as_of else None,
                on_progress=show_progress,
                **options,
            )
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except InterruptedCheck as interrupted:
        report = interrupted.report  # what was found before the interrupt
    if junit_file:
        junit_file.write(junit(report))
    if json_file:
        json.dump(as_json(report), json_file, indent=1)
        json_file.write("\n")
    if html_file:
        html_file.write(html(report))
    if not any(file is sys.stdout for file in files):
        print_lines(*terminal(report, shutil.get_terminal_size().columns))
    sys.exit(report.exit_code)


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """Yield a function that shows the current part and its requests on standard error."""
    from tqdm import tqdm

    bar_format = "{desc} {elapsed}"
    with tqdm(
        bar_format=bar_format, file=sys.stderr, leave=False, disable=not sys.stderr.isatty()
    ) as bar:

        def show(part: str, requests: int) -> None:
            bar.set_description_str(f"{part}: {requests} requests", refresh=False)
            bar.update()

        yield show
