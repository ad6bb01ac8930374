"""Our HTTP clients, sync and async.

They sign and log requests, send them again, and raise the errors of `kling.errors`.
"""

from kling._http.call_options import CallOptions, Options, QueryValue
from kling._http.client_options import (
    DEFAULT_MAX_REPLY_BYTES,
    DEFAULT_MAX_RETRIES,
    DEFAULT_REQUEST_TIMEOUT,
    DEFAULT_TOTAL_TIMEOUT,
    connection_options,
)
from kling._http.clients import AsyncHTTPClient, HTTPClient
from kling._http.clock import Clock, SystemClock
from kling._http.connection_errors import UnsentError
from kling._http.credentials import AccessKey, ApiKey
from kling._http.error_replies import (
    error_in_data,
    json_object,
    mark_id_taken,
    message_without_remedy,
    parse_retry_after,
    request_id_of,
    unreadable_reply,
)
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
from kling._http.interrupts import add_task_note, tasks_are_resumed
from kling._http.key_functions import AsyncKeyFunction, KeyFunction
from kling._http.logs import log_error, logger
from kling._http.raw_clients import raw_client
from kling._http.regions import region_of
from kling._http.retries import (
    backoff,
    jittered,
    retry_after_or_zero,
    retry_pause,
    say_retry_after_too_long,
    send_query,
)
from kling._http.steps import Fetch, Pause, Steps, send, steps_with_deadline, with_deadline
from kling._http.verdicts import verdict_on

__all__ = [
    "AccessKey",
    "ApiKey",
    "AsyncClient",
    "AsyncHTTPClient",
    "AsyncKeyFunction",
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
    "add_task_note",
    "backoff",
    "connection_options",
    "error_in_data",
    "jittered",
    "json_object",
    "log_error",
    "logger",
    "mark_id_taken",
    "message_without_remedy",
    "parse_retry_after",
    "raw_client",
    "region_of",
    "request_id_of",
    "retry_after_or_zero",
    "retry_pause",
    "say_retry_after_too_long",
    "send",
    "send_query",
    "steps_with_deadline",
    "tasks_are_resumed",
    "unreadable_reply",
    "verdict_on",
    "with_deadline",
]
