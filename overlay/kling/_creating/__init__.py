"""Submitting a create so that it is paid for once, and no more creates at a time than fit."""

from kling._creating.own_ids import next_try, refuse_replay, with_callers_id
from kling._creating.recovery import recover, recover_ref
from kling._creating.slots import Slots
from kling._creating.submission import DEFAULT_CREATE_TIMEOUT, submit

__all__ = [
    "DEFAULT_CREATE_TIMEOUT",
    "Slots",
    "next_try",
    "recover",
    "recover_ref",
    "refuse_replay",
    "submit",
    "with_callers_id",
]
