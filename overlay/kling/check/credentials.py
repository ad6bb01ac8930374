"""The part of a check that sends requests with missing or wrong credentials."""

from collections.abc import Iterator

import jwt

from kling.check.exchanges import Request
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry, Keys
from kling.check.judging import code_in_words, judge_code
from kling.description import Operation, Spec

# Kling's error codes: no credentials, wrong ones, a token that is not yet valid, an expired token.
_EMPTY, _WRONG, _EARLY, _LATE = 1001, 1002, 1003, 1004
_MADE_UP = "no-such-key"
_HOUR = 3600.0


def check(inquiry: Inquiry) -> None:
    """Send GET requests with wrong credentials; check that all are refused. Nothing is created."""
    has_key_pair = bool(inquiry.keys.access_key and inquiry.keys.secret_key)
    can_sign = _has_tokens(inquiry.spec) and has_key_pair
    if not can_sign:
        reason = (
            "To sign tokens, the check needs an access key and its secret key."
            if _has_tokens(inquiry.spec)
            else "The server takes API keys only."
        )
        inquiry.skip("tokens that are expired, not yet valid, or of the wrong kind", reason)
    requests = [
        (request, code, what)
        for operation in inquiry.operations
        if operation.method == "GET"
        for request, code, what in _requests(inquiry, operation, can_sign=can_sign)
    ]
    for request, code, what in requests:
        reply = inquiry.send(request)
        if reply.is_success or (reply.status == 400 and reply.code is not None):
            # Status 400 is about the request, so the server has accepted the credentials.
            expected = code_in_words(inquiry, code)
            inquiry.add_finding(
                Kind.UNAUTHORIZED, request, expected, str(reply), f"security: {what}"
            )
        else:
            judge_code(inquiry, request, reply, (code,), f"security: {what}")


def _requests(
    inquiry: Inquiry, operation: Operation, *, can_sign: bool
) -> Iterator[tuple[Request, int, str]]:
    """Yield (request with wrong credentials, expected error code, what is wrong about them)."""

    def with_credentials(credentials: str) -> Request:
        path = {"id": "1"} if "{id}" in operation.path else {}
        return Request(operation, path=path, credentials=credentials)

    yield with_credentials(""), _EMPTY, "no credentials"
    yield with_credentials(f"Bearer {_MADE_UP}"), _WRONG, "an unknown key"
    if not can_sign:
        return
    now, spec, keys = inquiry.server.clock.time(), inquiry.spec, inquiry.keys
    # For an operation that takes only API keys, every token is wrong.
    if operation.needs_api_key:
        yield (
            with_credentials(f"Bearer {token(spec, keys, now)}"),
            _WRONG,
            "a token where a key is needed",
        )
        return
    yield (
        with_credentials(f"Bearer {token(spec, keys, now - 24 * _HOUR)}"),
        _LATE,
        "an expired token",
    )
    yield (
        with_credentials(f"Bearer {token(spec, keys, now + 24 * _HOUR)}"),
        _EARLY,
        "a token that is not yet valid",
    )
    forged = Keys(access_key=keys.access_key, secret_key=_MADE_UP * 3)
    yield (
        with_credentials(f"Bearer {token(spec, forged, now)}"),
        _WRONG,
        "a token signed with another key",
    )


def token(spec: Spec, keys: Keys, now: float) -> str:
    """Return an access token that is signed with a key pair.

    Args:
        spec: the description, which has the form of tokens.
        keys: the key pair.
        now: the time of signing, in Unix seconds.
    """
    form = spec.document["components"]["securitySchemes"]["accessToken"]["x-kling-jwt"]
    begins, ends = int(now) - form["backdated"], int(now) + form["lifetime"]
    claims = {"iss": keys.access_key, "nbf": begins, "exp": ends}
    return jwt.encode(claims, keys.secret_key, form["algorithm"])


def _has_tokens(spec: Spec) -> bool:
    """Whether the description has access tokens. A dialect may have only API keys."""
    return "accessToken" in spec.document["components"]["securitySchemes"]
