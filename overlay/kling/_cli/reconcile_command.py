"""The command that holds what was charged against the price list."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click
from kling_api import models

from kling._cli.options import json_option
from kling._cli.output import print_json, say, show
from kling._client import Kling
from kling._cost import Reconciled, plain, reconciled

_MILLISECONDS, _PART = 1000, 500


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    required=True,
    metavar="DATE",
    help="From when on, in UTC, such as 2026-11-01 or 2026-11-01T12:00:00.",
)
@json_option
def reconcile(since: datetime, as_json: bool) -> None:
    """Compare what was charged with the price list, a line a task; end with 1 if one differs.

    The lists of deductions say of each task its model, resolution, sound and length, from which
    its price follows. A difference means that the price list has changed, or that a discount
    counts. It needs an API key.

    \b
    Example: kling reconcile --since 2026-11-01
    """
    with Kling() as client:
        rows = sorted(_rows(client, since.replace(tzinfo=UTC)), key=_order)
    differ = [one for one in rows if one.differs]
    if as_json:
        print_json([_plain(one) for one in rows])
    else:
        for one in rows:
            show("  ".join(filter(None, _cells(one))))
    unknown = sum(one.minimum is None for one in rows)
    say(f"{len(rows)} deductions, {len(differ)} differ from the price list, {unknown} unknown")
    sys.exit(1 if differ else 0)


def _rows(client: Kling, since: datetime) -> Iterator[Reconciled]:
    span: dict[str, Any] = {
        "start_time": int(since.timestamp() * _MILLISECONDS),
        "end_time": int(client._http.clock.time() * _MILLISECONDS),
        "limit": _PART,
    }
    for request in (
        models.ListPackageDeductionsRequest(**span),
        models.ListBalanceDeductionsRequest(**span),
    ):
        yield from map(reconciled, client.deductions(request))


def _order(one: Reconciled) -> datetime:
    return one.time or datetime.min.replace(tzinfo=UTC)


def _cells(one: Reconciled) -> Iterator[str]:
    yield one.time.isoformat(timespec="seconds") if one.time else "-"
    yield one.task_id or "-"
    yield one.product
    charged = one.charged
    yield f"charged {plain(charged.value)} {charged.unit}" if charged else "no charge stated"
    if one.minimum is None or one.maximum is None:
        yield one.reason
        return
    least = "" if one.minimum == one.maximum else f"{plain(one.minimum)} to "
    yield f"expected {least}{plain(one.maximum)}"
    yield "DIFFERS" if one.differs else ""


def _plain(one: Reconciled) -> dict[str, Any]:
    charged = one.charged and {"value": one.charged.value, "unit": one.charged.unit}
    names = ("task_id", "time", "product", "minimum", "maximum", "reason", "differs")
    return {**{name: getattr(one, name) for name in names}, "charged": charged}
