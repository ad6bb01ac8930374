"""Submitting a create so that it is paid for once, and no more creates at a time than fit."""

from kling._creating.recovery import recover
from kling._creating.slots import Slots
from kling._creating.submission import DEFAULT_CREATE_TIMEOUT, submit

__all__ = [
    "DEFAULT_CREATE_TIMEOUT",
    "Slots",
    "recover",
    "submit",
]
