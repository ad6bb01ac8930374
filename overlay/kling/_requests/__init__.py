"""Turn a request of `kling.models`, or a JSON body, into a call, and check it before it is sent.

A call is an operation of the API, with the arguments for httpx.
"""

from kling._requests.calls import (
    Call,
    Request,
    body_call,
    call_of,
    create_call,
    create_of,
    operation_of,
    query_call,
    request_class,
)
from kling._requests.hosts import private_host
from kling._requests.media_by_kind import put_medium
from kling._requests.media_files import media_places, media_problems, media_remarks
from kling._requests.media_limits import MediaFields, facts_of
from kling._requests.names import NO_TASK, operation_named, operations_named
from kling._requests.unlisted import Unlisted, is_sendable
from kling._requests.unlisted_paths import (
    id_parent_of,
    is_path,
    is_unlisted,
    model_of,
    unlisted_create,
    unlisted_query,
)
from kling._requests.validation import (
    checked_create,
    checked_query,
    problems_of,
    remarks_of,
    validate,
    validate_body,
)

__all__ = [
    "NO_TASK",
    "Call",
    "MediaFields",
    "Request",
    "Unlisted",
    "body_call",
    "call_of",
    "checked_create",
    "checked_query",
    "create_call",
    "create_of",
    "facts_of",
    "id_parent_of",
    "is_path",
    "is_sendable",
    "is_unlisted",
    "media_places",
    "media_problems",
    "media_remarks",
    "model_of",
    "operation_named",
    "operation_of",
    "operations_named",
    "private_host",
    "problems_of",
    "put_medium",
    "query_call",
    "remarks_of",
    "request_class",
    "unlisted_create",
    "unlisted_query",
    "validate",
    "validate_body",
]
