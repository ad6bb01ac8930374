"""Calls, replies, refusals, clocks, and the connection to httpx."""

from kling.mock._exchange.calls import (
    HANG_UP,
    JSON,
    MEDIA,
    Call,
    EncodedJson,
    Reply,
    Stall,
    json_reply,
    json_reply_with_data,
    pieces_of,
)
from kling.mock._exchange.clock import ManualClock, RealClock
from kling.mock._exchange.over_httpx import (
    IN_PROCESS,
    Address,
    CallbackSender,
    Transport,
    address_of,
)
from kling.mock._exchange.refusals import Refused

__all__ = [
    "Address",
    "Call",
    "CallbackSender",
    "HANG_UP",
    "IN_PROCESS",
    "JSON",
    "EncodedJson",
    "MEDIA",
    "ManualClock",
    "RealClock",
    "Refused",
    "Reply",
    "Stall",
    "Transport",
    "address_of",
    "json_reply",
    "json_reply_with_data",
    "pieces_of",
]
