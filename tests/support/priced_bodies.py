"""The bodies of `openapi/fixtures/prices.yaml`, and what they cost."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from scripts.build.bundle import load

FILE = Path(__file__).parents[2] / "openapi" / "fixtures" / "prices.yaml"


class PricedBody(NamedTuple):
    """A body of a create, and the range of its charge in units."""

    operation: str
    body: dict[str, Any]
    least: Decimal | None
    """The lowest charge; None if it is not known."""
    most: Decimal | None
    """The highest charge; None if it is not known."""
    refused: bool
    """Whether a rule refuses the body."""

    @property
    def is_exact(self) -> bool:
        """Whether the charge is known before the task is made."""
        return self.least is not None and self.least == self.most


def priced_bodies() -> Iterator[PricedBody]:
    """Yield every body of the fixtures."""
    for operation, entry in load(FILE).items():
        for case in entry["cases"]:
            units = case["units"]
            low, high = units if isinstance(units, list) else (units, units)
            least, most = (None if one is None else Decimal(one) for one in (low, high))
            body = _laid_over(entry["body"], case["with"])
            yield PricedBody(operation, body, least, most, case.get("refused", False))


def _laid_over(body: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    whole = {**body, **more}
    if "settings" in body and "settings" in more:
        whole["settings"] = {**body["settings"], **more["settings"]}
    if "contents" in body and "contents" in more:
        whole["contents"] = [*body["contents"], *more["contents"]]
    return whole
