"""One httpx client, sync or async, that signs, retries, logs and raises our errors."""

from kling._http.client_options import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_TOTAL_TIMEOUT,
    options,
)
from kling._http.clients import AsyncHTTPClient, HTTPClient
from kling._http.clock import Clock, SystemClock
from kling._http.credentials import AccessKey, ApiKey
from kling._http.error_replies import (
    inner_error_of,
    json_object,
    say_id_is_taken,
    unreadable,
)
from kling._http.generated_client import raw_client
from kling._http.httpx_types import URL, AsyncTransport, InvalidURL, Response, Transport
from kling._http.interrupts import tell
from kling._http.logs import log_error, logger
from kling._http.retries import growing, jittered, read
from kling._http.steps import Fetch, Pause, Steps, cut_off, send, within
from kling._http.verdicts import verdict_on

__all__ = [
    "AccessKey",
    "ApiKey",
    "AsyncHTTPClient",
    "AsyncTransport",
    "Clock",
    "DEFAULT_MAX_REPLY_BYTES",
    "DEFAULT_TOTAL_TIMEOUT",
    "Fetch",
    "HTTPClient",
    "InvalidURL",
    "Pause",
    "Response",
    "Steps",
    "SystemClock",
    "Transport",
    "URL",
    "cut_off",
    "growing",
    "inner_error_of",
    "jittered",
    "json_object",
    "log_error",
    "logger",
    "options",
    "raw_client",
    "read",
    "say_id_is_taken",
    "send",
    "tell",
    "unreadable",
    "verdict_on",
    "within",
]
