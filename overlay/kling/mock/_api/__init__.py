"""Kling's API: routes, credentials, rules, and the reply of each operation."""

from kling.mock._api.api import Api, Manner
from kling.mock._api.credentials import Keys
from kling.mock._api.routes import Route, Routes

__all__ = [
    "Api",
    "Keys",
    "Manner",
    "Route",
    "Routes",
]
