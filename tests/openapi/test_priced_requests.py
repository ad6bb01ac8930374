"""A second reading of Kling's price list, against estimates and what the mock charges."""

import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import kling
from every_slip import for_each
from kling.description import load
from kling.mock import KlingMock, Package

from scripts.build.bundle import load as load_yaml

REQUESTS: list[dict[str, Any]] = load_yaml(Path(__file__).with_name("priced_requests.yaml"))
UNITS = 1000
DAY = 86400.0
# The mock refuses what needs a session that an earlier call made, and what is closed.
CHARGED = [
    one
    for one in REQUESTS
    if "session_id" not in one["body"] and not load().operations[one["operation"]].closed
]


def span(one: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    units = one["units"]
    if isinstance(units, dict):
        return Decimal(units["min"]), Decimal(units["max"])
    return (None, None) if units is None else (Decimal(units), Decimal(units))


def estimate(one: dict[str, Any]) -> kling.Estimate:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return kling.estimate_body(one["operation"], one["body"])


@for_each(REQUESTS, lambda one: one["operation"])
def test_an_estimate_is_what_the_second_reader_worked_out(one: dict[str, Any]) -> None:
    found = estimate(one)

    assert ((found.minimum, found.maximum) == span(one)) is ("differs" not in one), one["why"]
    if found.minimum is not None:
        assert found.package == one["package"]
    else:
        assert found.reason


@for_each(CHARGED, lambda one: one["operation"])
def test_the_mock_charges_what_the_second_reader_worked_out(one: dict[str, Any]) -> None:
    operation = load().operations[one["operation"]]
    mock = KlingMock(packages=[Package(kind, 9, UNITS) for kind in ("video", "image", "try-on")])
    with httpx.Client(
        transport=mock.transport,
        base_url=mock.transport.url,
        headers={"Authorization": "Bearer mock-api-key"},
    ) as client:
        reply = client.request(operation.method, operation.path, json=one["body"]).json()
        assert reply["code"] == 0, reply
        mock.clock.advance(DAY)
        packages = client.get("/_mock/state").json()["packages"]

    charged = {row["type"]: UNITS - Decimal(str(row["left"])) for row in packages}
    taken = {kind: units for kind, units in charged.items() if units}
    least, most = span(one)
    if least is None or most is None:
        assert taken == {}
    elif "differs" not in one:
        assert set(taken) <= {one["package"]}
        assert least <= taken.get(one["package"], 0) <= most
