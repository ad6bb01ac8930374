"""The whole mock on one clock: the API, plans, callbacks, and what it was asked."""

from kling.mock._engine.engine import Engine
from kling.mock._engine.history import without_secrets

__all__ = [
    "Engine",
    "without_secrets",
]
