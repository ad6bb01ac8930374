"""From a request model, or a JSON body, to a call that is checked before it is sent."""

from kling._requests.calls import (
    Call,
    Request,
    body_call,
    call_of,
    create_call,
    create_of,
    endpoint,
)
from kling._requests.hosts import private_host
from kling._requests.media_files import media_places, media_problems, media_remarks
from kling._requests.media_limits import MediaFields
from kling._requests.names import operation_named, operations_named
from kling._requests.validation import (
    checked,
    problems_of,
    refuse_broken,
    remarks_of,
    validate,
    validate_body,
)

__all__ = [
    "Call",
    "MediaFields",
    "Request",
    "body_call",
    "call_of",
    "checked",
    "create_call",
    "create_of",
    "endpoint",
    "media_places",
    "media_problems",
    "media_remarks",
    "operation_named",
    "operations_named",
    "private_host",
    "problems_of",
    "refuse_broken",
    "remarks_of",
    "validate",
    "validate_body",
]
