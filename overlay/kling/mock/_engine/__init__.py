"""The mock without its own pages: API, plans, callbacks, clock, and the history of calls."""

from kling.mock._engine.engine import Engine
from kling.mock._engine.history import without_secrets

__all__ = [
    "Engine",
    "without_secrets",
]
