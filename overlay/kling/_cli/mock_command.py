"""The command that serves the mock."""

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from kling._cli.options import Date, dialect_option
from kling._cli.output import print_lines


class _Help(click.Command):
    """A command whose help ends with the plans, faults and limits of the mock."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's)
        """Write the plans, faults and limits."""
        # Imported here because the other commands do not need the mock.
        from kling.mock import LIMITS, fault_kinds, plan_fields

        with formatter.section("Plans for --scenario and POST /_mock/plan"):
            formatter.write_text(
                "A plan says what the mock does with the next task or request. It is an object, "
                'such as {"statuses": ["submitted", "failed"], "message": "too dark"} or '
                '{"fault": "refuse", "code": 1303, "times": 2}. Its fields:'
            )
            formatter.write_dl(list(plan_fields().items()))
        with formatter.section("Faults, with their fields; those in brackets are optional"):
            formatter.write_dl(list(fault_kinds().items()))
        with formatter.section("Limits"):
            for limit in LIMITS:
                formatter.write_text(limit)


@click.command(cls=_Help)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 selects a free one.",
)
@dialect_option
@click.option(
    "--as-of",
    type=Date("2026-11-01"),
    metavar="YYYY-MM-DD",
    help="Offer the models that were available on this day.  [default: today]",
)
@click.option(
    "--speed",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="Let tasks run this many times faster.",
)
@click.option(
    "--exact",
    is_flag=True,
    help='Refuse values that Kling converts, such as 5 instead of "5", and values that it ignores, '
    "such as null.",
)
@click.option("--lenient", is_flag=True, help="Accept unknown fields, as Kling does.")
@click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="Accept a request that breaks this rule, but let its task fail later. (A task that breaks "
    "only the rule unknown-field succeeds.) Repeatable.",
)
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="NEW=KNOWN",
    help="Serve the path NEW like the path KNOWN, but without the rules of KNOWN. Both may also be "
    "segments of paths, as in kling-4.0=kling-3.0. NEW must not be in the description. Repeatable.",
)
@click.option(
    "--package",
    "packages",
    multiple=True,
    metavar="TYPE:CONCURRENCY:UNITS",
    help="Give the account a resource package, such as video:5:100. TYPE is video, image or "
    "try-on. Repeatable. A new task that exceeds the concurrency is refused with code 1303. A new "
    "task that costs more than the remaining units is refused with code 1102.  [default: no "
    "quotas]",
)
@click.option(
    "--balance",
    metavar="CURRENCY:AMOUNT",
    help="Give the account money, such as USD:50. It pays for a task if no package can. A new task "
    "that costs more than the balance is refused with code 1102.",
)
@click.option(
    "--requests-per-second",
    type=click.FloatRange(1),
    metavar="NUMBER",
    help="Refuse requests above this rate with code 1302.  [default: no limit]",
)
@click.option(
    "--scenario",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Read plans from this file, a YAML or JSON list; see below for their fields.",
)
@click.option(
    "--media",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Serve this video, image or audio file as every result of its kind; repeatable with one "
    "file of each kind.  [default: samples with the requested length, shape and resolution]",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Keep tasks in this file, and continue them after a restart.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="Without --state, keep at most this many tasks. If there are more, the mock removes the "
    "oldest ended tasks.",
)
@click.option(
    "--allow-callbacks-to",
    "callbacks_to",
    multiple=True,
    metavar="HOST",
    help="Send callbacks also to this host, not only to loopback addresses; repeatable. * allows "
    "every host.",
)
@click.option(
    "--webhook-secret",
    "webhook_secrets",
    multiple=True,
    metavar="SECRET",
    help="Sign callbacks with this secret, whsec_ followed by base64. Repeat it to rotate secrets: "
    "each callback is signed with all of them.  [default: do not sign]",
)
@click.option(
    "--public-url",
    metavar="URL",
    help="Address of the mock in the URLs of results.  [default: the Host header of the request]",
)
@click.option(
    "--allow-host",
    "allow_hosts",
    multiple=True,
    metavar="NAME",
    help="Allow requests below /_mock/ with this host name, such as the name of a container; "
    "repeatable. IP addresses, localhost, --host and the host of --public-url are always allowed. "
    "Other names are refused to protect against DNS rebinding by web pages.",
)
@click.option(
    "--idle-timeout",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="SECONDS",
    help="Close a connection after this time without data.",
)
@click.option(
    "--tls",
    is_flag=True,
    help="Serve https with a certificate from a private certificate authority, and print how "
    "programs can trust it. Needs kling-openapi[tls].",
)
@click.option(
    "--hosts",
    is_flag=True,
    help="Only print how to redirect programs with a hard-coded Kling host to the mock, and how to "
    "undo it; nothing is changed.",
)
def mock(
    hosts: bool,
    as_of: datetime | None,
    packages: tuple[str, ...],
    balance: str | None,
    aliases: tuple[str, ...],
    **options: Any,
) -> None:
    """Serve a stateful mock of Kling, built from the description.

    It checks credentials, parameters and every rule. It keeps tasks, sends callbacks, and fails on
    demand. A task takes as long as it does at Kling. The page /_mock/ shows all tasks and requests.

    \b
    Example: kling mock --port 8000 --speed 20
    """
    if hosts:
        from kling._cli.hosts_file import advice

        print_lines(*advice(options["dialect"]))
        return
    if options["tls"] and not find_spec("cryptography"):
        raise click.ClickException(
            "--tls needs the package cryptography; install it with: "
            'pip install "kling-openapi[cli,tls]"'
        )
    from kling.mock import Balance, Package, serve

    scenario = options.pop("scenario")
    serve(
        as_of=as_of.date() if as_of else None,
        packages=[Package.parse(package) for package in packages],
        balance=Balance.parse(balance) if balance else None,
        aliases=read_aliases(aliases, options["dialect"]),
        plans=read_plans(scenario, options["dialect"]) if scenario else (),
        announce=print_lines,
        **options,
    )


def read_aliases(values: tuple[str, ...], dialect: str) -> dict[str, str]:
    """Check the values of --alias. Return a mapping from new to known paths or segments."""
    from kling.mock import check_aliases

    aliases: dict[str, str] = {}
    for value in values:
        new, equals, known = value.partition("=")
        if not equals:
            raise click.UsageError(
                f"--alias takes NEW=KNOWN, such as kling-4.0=kling-3.0, not {value!r}"
            )
        # NEW was given before, with another KNOWN.
        if aliases.setdefault(new, known) != known:
            raise click.UsageError(
                f"--alias maps {new} to both {aliases[new]} and {known}; write only one of them"
            )
    try:
        if aliases:
            check_aliases(aliases, dialect)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return aliases


def read_plans(path: Path, dialect: str = "") -> list[Any]:
    """Return the plans of a file.

    Raises:
        ValueError: the file is not a list of valid plans, or the dialect does not exist.
    """
    from kling._cli.yaml_files import read
    from kling.mock import check_plans

    try:
        with path.open(encoding="utf-8") as file:
            plans = read(file, path.name)
    except ValueError as error:
        raise ValueError(f"{path} cannot be read as JSON or YAML: {error}") from error
    if not isinstance(plans, list):
        raise ValueError(
            f'{path} must contain a list of plans, such as [{{"statuses": ["failed"]}}]'
        )
    try:
        check_plans(plans, dialect)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return plans
