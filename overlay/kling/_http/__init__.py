"""One httpx client, sync or async, that signs, retries, logs and raises our errors."""

from kling._http.call_options import CallOptions, Options, QueryValue
from kling._http.called_key import AsyncKeyFunction, KeyFunction
from kling._http.client_options import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_REQUEST_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    connection_options,
)
from kling._http.clients import AsyncHTTPClient, HTTPClient
from kling._http.clock import Clock, SystemClock
from kling._http.credentials import AccessKey, ApiKey
from kling._http.error_replies import (
    inner_error_of,
    json_object,
    request_id_of,
    retry_after_of,
    say_id_is_taken,
    unreadable,
)
from kling._http.generated_client import raw_client
from kling._http.httpx_types import (
    URL,
    AsyncClient,
    AsyncTransport,
    Client,
    InvalidURL,
    Response,
    Timeout,
    Transport,
)
from kling._http.interrupts import is_resumed, tell
from kling._http.logs import log_error, logger
from kling._http.no_replies import UnsentError
from kling._http.regions import region_of
from kling._http.retries import growing, heeding, jittered, read, say_too_long, wanted_pause
from kling._http.steps import Fetch, Pause, Steps, cut_off, send, within
from kling._http.verdicts import verdict_on

__all__ = [
    "AccessKey",
    "ApiKey",
    "AsyncClient",
    "AsyncKeyFunction",
    "AsyncHTTPClient",
    "AsyncTransport",
    "CallOptions",
    "Client",
    "Clock",
    "DEFAULT_MAX_REPLY_BYTES",
    "DEFAULT_MAX_RETRIES",
    "DEFAULT_REQUEST_TIMEOUT",
    "DEFAULT_TOTAL_TIMEOUT",
    "Fetch",
    "HTTPClient",
    "InvalidURL",
    "KeyFunction",
    "Options",
    "Pause",
    "QueryValue",
    "Response",
    "Steps",
    "SystemClock",
    "Timeout",
    "Transport",
    "URL",
    "UnsentError",
    "cut_off",
    "growing",
    "heeding",
    "inner_error_of",
    "jittered",
    "json_object",
    "log_error",
    "logger",
    "connection_options",
    "raw_client",
    "read",
    "region_of",
    "request_id_of",
    "retry_after_of",
    "say_id_is_taken",
    "say_too_long",
    "send",
    "is_resumed",
    "tell",
    "unreadable",
    "verdict_on",
    "wanted_pause",
    "within",
]
