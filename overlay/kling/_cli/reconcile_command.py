"""The command that compares charges with the price list."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click
from kling_api import models

from kling._cli.options import Date, json_option
from kling._cli.output import print_json, print_lines, print_message
from kling._client import Kling
from kling._cost import Reconciled, plain, reconciled

# Kling returns at most this many deductions in one reply.
_PAGE_SIZE = 500
_MS_PER_SECOND = 1000


@click.command()
@click.option(
    "--since",
    type=Date("2026-11-01", "2026-11-01T12:00:00"),
    required=True,
    metavar="DATE",
    help="Start of the period, in UTC, such as 2026-11-01 or 2026-11-01T12:00:00.",
)
@json_option
def reconcile(since: datetime, as_json: bool) -> None:
    """Compare what Kling charged for each task with the price list.

    Kling's lists of deductions state the model, resolution, audio and length of each task. The
    command derives the price from them. A difference means that the price list has changed, or that
    you have a discount. The exit code is 1 if a charge differs. The command needs an API key.

    \b
    Example: kling reconcile --since 2026-11-01
    """
    with Kling() as client:
        rows = sorted(_rows(client, since.replace(tzinfo=UTC)), key=_sort_key)
    different = sum(row.differs for row in rows)
    if as_json:
        print_json([_fields(row) for row in rows])
    else:
        for row in rows:
            print_lines("  ".join(filter(None, _cells(row))))
    unknown = sum(row.minimum is None for row in rows)  # deductions without a known price
    print_message(
        f"{len(rows)} deductions: {different} differ from the price list, {unknown} have no known "
        "price"
    )
    sys.exit(1 if different else 0)


def _rows(client: Kling, since: datetime) -> Iterator[Reconciled]:
    span: dict[str, Any] = {
        "start_time": int(since.timestamp() * _MS_PER_SECOND),
        "end_time": int(client._http.clock.time() * _MS_PER_SECOND),
        "limit": _PAGE_SIZE,
    }
    for request in (
        models.ListPackageDeductionsRequest(**span),
        models.ListBalanceDeductionsRequest(**span),
    ):
        yield from map(reconciled, client.deductions(request))


def _sort_key(row: Reconciled) -> datetime:
    return row.time or datetime.min.replace(tzinfo=UTC)


def _cells(row: Reconciled) -> Iterator[str]:
    yield row.time.isoformat(timespec="seconds") if row.time else "-"
    yield row.task_id or "-"
    yield row.product
    charged = row.charged
    yield f"charged {plain(charged.value)} {charged.unit}" if charged else "no charge listed"
    if row.minimum is None or row.maximum is None:
        yield row.reason
        return
    range_start = "" if row.minimum == row.maximum else f"{plain(row.minimum)} to "
    yield f"expected {range_start}{plain(row.maximum)}"
    yield "DIFFERS" if row.differs else ""


def _fields(row: Reconciled) -> dict[str, Any]:
    charged = row.charged and {"value": row.charged.value, "unit": row.charged.unit}
    names = ("task_id", "time", "product", "minimum", "maximum", "reason", "differs")
    return {**{name: getattr(row, name) for name in names}, "charged": charged}
