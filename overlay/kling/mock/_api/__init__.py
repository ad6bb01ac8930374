"""Kling's API: routes, credentials, rules, and the reply of each operation."""

from kling.mock._api.api import Api
from kling.mock._api.credentials import Keys
from kling.mock._api.routes import Route, Routes
from kling.mock._api.settings import Settings

__all__ = [
    "Api",
    "Keys",
    "Settings",
    "Route",
    "Routes",
]
