"""A stateful mock of Kling, built from the description, for tests in any language.

In Python it needs no server:

    mock = KlingMock()
    client = Kling(api_key=mock.keys.api_key, transport=mock.transport)

With pytest, the fixture `kling_mock` does this. For other languages, `kling mock` runs a server.

The mock is as strict as the description, and remembers what was created. A test can plan failures.
LIMITS lists what the mock does not imitate.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from kling.description import load
from kling.mock._api import Keys, Routes
from kling.mock._callbacks import Delivery
from kling.mock._control import LIMITS
from kling.mock._exchange import ManualClock, RealClock
from kling.mock._faults import FIELDS, KINDS, Plans
from kling.mock._in_process import KlingMock
from kling.mock._server import serve
from kling.mock._serving import App
from kling.mock._tasks import Balance, Package

__all__ = [
    "App",
    "Delivery",
    "Keys",
    "KlingMock",
    "LIMITS",
    "ManualClock",
    "Balance",
    "Package",
    "RealClock",
    "check_aliases",
    "check_plans",
    "fault_kinds",
    "plan_fields",
    "serve",
]


def fault_kinds() -> dict[str, str]:
    """Return the meaning and the fields of each fault, by name."""
    return {name: kind.describe() for name, kind in KINDS.items()}


def plan_fields() -> dict[str, str]:
    """Return the meaning of each field of a plan, by name."""
    return dict(FIELDS)


def check_plans(plans: Iterable[Mapping[str, Any]], dialect: str = "") -> None:
    """Check plans as `serve` and `KlingMock.plan` do, without a mock.

    Raises:
        ValueError: a plan is wrong, and the message says what would be right; or the dialect does
            not exist.
    """
    Plans(load(dialect)).add(plans)


def check_aliases(aliases: Mapping[str, str], dialect: str = "") -> None:
    """Check aliases as `serve` and `KlingMock` do, without a mock.

    Raises:
        ValueError: an alias is wrong, or the dialect does not exist.
    """
    Routes(load(dialect), aliases)
