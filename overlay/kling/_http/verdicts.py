"""What an error says about a create, and about sending the same request again."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import httpx

from kling.description import load
from kling.errors import APIConnectionError, APIError, APIStatusError

# Failures of httpx that come before anything is sent.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# How a gateway refuses a request that it does not pass on. Not 400: a relay says that too of what
# went wrong behind it.
_REFUSED_BY_GATEWAY = frozenset(
    {
        httpx.codes.UNAUTHORIZED,
        httpx.codes.FORBIDDEN,
        httpx.codes.NOT_FOUND,
        httpx.codes.METHOD_NOT_ALLOWED,
        httpx.codes.REQUEST_ENTITY_TOO_LARGE,
        httpx.codes.UNSUPPORTED_MEDIA_TYPE,
    }
)


class Verdict(NamedTuple):
    """What an error means for the one who sent the request."""

    made: Literal["no", "unknown"]
    """Whether the request, if it was a create, made a task."""
    again: Literal["no", "later", "with new credentials"]
    """Whether the same query may succeed if it is sent again."""


_OF_CODES: Mapping[str, Verdict] = {
    "never": Verdict("no", "no"),
    "later": Verdict("no", "later"),
    "new-token": Verdict("no", "with new credentials"),
    "in-doubt": Verdict("unknown", "later"),
}
"""By the column `retry` of the table of codes."""


def verdict_on(error: APIError) -> Verdict:
    """Return what an error says about the task, and about another attempt.

    Only a code that the table marks as a refusal, a gateway's refusal and a failure before sending
    rule a task out; a code that the table lacks does not, nor does a refusal that says that the
    create's own id is taken.
    """
    if isinstance(error, APIStatusError):
        if error.id_is_taken:
            return Verdict("unknown", "no")
        return verdict_on_reply(error.code, error.status_code)
    made_none = isinstance(error.__cause__, _NEVER_SENT)
    may_pass = isinstance(error, APIConnectionError)
    return Verdict("no" if made_none else "unknown", "later" if may_pass else "no")


def verdict_on_reply(code: int | None, status: int) -> Verdict:
    """Return the same for the code of a reply, None without one, and its HTTP status."""
    if row := load().errors.get(code or 0):
        return _OF_CODES[row.retry]
    made_none = code is None and status in _REFUSED_BY_GATEWAY
    is_lasting = httpx.codes.is_client_error(status) and status != httpx.codes.TOO_MANY_REQUESTS
    return Verdict("no" if made_none else "unknown", "no" if is_lasting else "later")
