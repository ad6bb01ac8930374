"""Callbacks: how they are signed, and how they are sent to the callback_url of a task."""

from kling.mock._callbacks.callbacks import Callbacks, Delivery
from kling.mock._callbacks.signatures import Signer

__all__ = [
    "Callbacks",
    "Delivery",
    "Signer",
]
