"""The command that serves the mock."""

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from kling._cli.options import dialect_option
from kling._cli.output import show


class _Help(click.Command):
    """A command whose help ends with what the mock itself says of its faults and limits."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's)
        """Write the end of the help."""
        # Only here, for the other commands do not need it.
        from kling.mock import LIMITS, fault_kinds, plan_fields

        with formatter.section("Plans, for --scenario and POST /_mock/plan"):
            formatter.write_text(
                'A plan is an object, such as {"statuses": ["submitted", "failed"], "message": '
                '"too dark"} or {"fault": "refuse", "code": 1303, "times": 2}. Its fields:'
            )
            formatter.write_dl(list(plan_fields().items()))
        with formatter.section("Faults, with the fields that each needs, or may have in brackets"):
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
    help="Port to listen on; 0 takes a free one.",
)
@dialect_option
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Know the models that were alive on that day.  [default: today]",
)
@click.option(
    "--speed",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="Let tasks go that many times faster.",
)
@click.option(
    "--exact",
    is_flag=True,
    help='Refuse what Kling reads as another type or as absent, such as 5 for "5", or null.',
)
@click.option("--lenient", is_flag=True, help="Let unknown fields pass, as Kling does.")
@click.option(
    "--allow",
    multiple=True,
    metavar="RULE",
    help="Do not refuse what breaks this rule, but let its task fail later; repeatable. After "
    "unknown-field it succeeds.",
)
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="NEW=KNOWN",
    help="Let a path that nobody has described, or one segment of it, stand for a described one, "
    "such as kling-4.0=kling-3.0: with its tasks and replies, and without its rules. Repeatable.",
)
@click.option(
    "--package",
    "packages",
    multiple=True,
    metavar="TYPE:CONCURRENCY:UNITS",
    help="A resource package of the account, such as video:5:100; TYPE is video, image or try-on. "
    "Repeatable. Over the concurrency comes 1303, and 1102 where what is left cannot pay.  "
    "[default: no quotas]",
)
@click.option(
    "--balance",
    metavar="CURRENCY:AMOUNT",
    help="Money of the account, such as USD:50, which pays where no package can; then comes 1102.",
)
@click.option(
    "--requests-per-second",
    type=click.FloatRange(1),
    help="Refuse with 1302 what comes faster.  [default: take everything]",
)
@click.option(
    "--scenario",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What is to happen: a YAML or JSON list of plans, as POST /_mock/plan takes them.",
)
@click.option(
    "--media",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Serve this video, picture or sound as every result of its kind; repeatable, one of each "
    "kind.  [default: samples of the length, shape and resolution that was asked for]",
)
@click.option(
    "--state",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Keep tasks in this file, and go on with them after a restart.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="How many tasks to keep without --state; the oldest that have ended are forgotten.",
)
@click.option(
    "--allow-callbacks-to",
    "callbacks_to",
    multiple=True,
    metavar="HOST",
    help="Send callbacks to this host too, not only to loopback addresses; repeatable, * for all.",
)
@click.option(
    "--webhook-secret",
    "webhook_secrets",
    multiple=True,
    metavar="SECRET",
    help="Sign callbacks with this, whsec_ and base64; repeatable, as while a new one replaces the "
    "old one.  [default: send them unsigned]",
)
@click.option(
    "--public-url",
    metavar="URL",
    help="Where callers reach the mock, for the urls of results.  [default: the Host of a request]",
)
@click.option(
    "--allow-host",
    "allow_hosts",
    multiple=True,
    metavar="NAME",
    help="Let what is below /_mock/ be reached by this name, such as that of a container; "
    "repeatable. Addresses, localhost, --host and that of --public-url do so anyway; other names "
    "may be those of web pages that were led here.",
)
@click.option(
    "--idle-timeout",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="SECONDS",
    help="Close a connection on which no more comes of a request, or no other request.",
)
@click.option(
    "--tls",
    is_flag=True,
    help="Serve https in place of http, with a certificate of a certificate authority of its own, "
    "and say how programs trust it. Needs the extra tls.",
)
@click.option(
    "--hosts",
    is_flag=True,
    help="Only say how to lead programs that have Kling's hosts built in to a mock, and how to "
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

    It checks credentials, parameters and every rule, remembers the tasks, lets them take as long
    as Kling's do, sends callbacks, and goes wrong on demand. Its page, /_mock/, shows what happens.

    \b
    Example: kling mock --port 8000 --speed 20
    """
    if hosts:
        from kling._cli.hosts_file import advice

        show(*advice(options["dialect"]))
        return
    if options["tls"] and not find_spec("cryptography"):
        way = 'pip install "kling-openapi[cli,tls]"'
        raise click.ClickException(f"--tls needs the package cryptography; install it with: {way}")
    from kling.mock import Balance, Package, serve

    path = options.pop("scenario")
    serve(
        as_of=as_of.date() if as_of else None,
        packages=[Package.parse(one) for one in packages],
        balance=Balance.parse(balance) if balance else None,
        aliases=pairs(aliases, options["dialect"]),
        plans=scenario(path, options["dialect"]) if path else (),
        announce=show,
        **options,
    )


def pairs(given: tuple[str, ...], dialect: str) -> dict[str, str]:
    """Return the aliases of the options, each of them checked."""
    from kling.mock import check_aliases

    aliases: dict[str, str] = {}
    for one in given:
        new, equals, known = one.partition("=")
        if not equals:
            raise click.UsageError(
                f"--alias takes NEW=KNOWN, such as kling-4.0=kling-3.0, not {one!r}"
            )
        if aliases.setdefault(new, known) != known:
            raise click.UsageError(f"--alias gives {new} two meanings, {aliases[new]} and {known}")
    try:
        if aliases:
            check_aliases(aliases, dialect)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    return aliases


def scenario(path: Path, dialect: str = "") -> list[Any]:
    """Return the plans of a file.

    Raises:
        ValueError: it holds no plans, with the name of the file and what would be right; or there
            is no such dialect.
    """
    from kling._cli.yaml_files import read
    from kling.mock import check_plans

    try:
        with path.open(encoding="utf-8") as file:
            plans = read(file, path.name)
    except ValueError as error:
        raise ValueError(f"{path} cannot be read as JSON or YAML: {error}") from error
    if not isinstance(plans, list):
        raise ValueError(f"{path} holds no list of plans")
    try:
        check_plans(plans, dialect)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    return plans
