"""The part that asks with credentials that are missing or wrong."""

from collections.abc import Iterator

import jwt

from kling.check.exchanges import Ask
from kling.check.findings import Kind
from kling.check.inquiry import Inquiry, Keys
from kling.check.judging import in_words, judge_code
from kling.description import Operation, Spec

_EMPTY, _WRONG, _EARLY, _LATE = 1001, 1002, 1003, 1004
_MADE_UP = "no-such-key"
_HOUR = 3600.0


def check(inquiry: Inquiry) -> None:
    """Read with wrong credentials, and see that every read is refused; nothing is ever created."""
    tokens = _has_tokens(inquiry.spec) and inquiry.keys.access_key and inquiry.keys.secret_key
    if not tokens:
        reason = (
            "The server takes API keys only."
            if not _has_tokens(inquiry.spec)
            else "Only with an access key and its secret key can such tokens be signed."
        )
        inquiry.skip("tokens that are expired, not yet valid, or of the wrong kind", reason)
    asks = [
        (ask, code, what)
        for operation in inquiry.operations
        if operation.method == "GET"
        for ask, code, what in _asks(inquiry, operation, bool(tokens))
    ]
    for ask, code, what in asks:
        reply = inquiry.ask(ask)
        if reply.is_success or (reply.status == 400 and reply.code is not None):
            # Who is told what is wrong with the request was let in.
            expected = in_words(inquiry, code)
            inquiry.wrong(Kind.UNAUTHORIZED, ask, expected, str(reply), f"security: {what}")
        else:
            judge_code(inquiry, ask, reply, (code,), f"security: {what}")


def _asks(inquiry: Inquiry, operation: Operation, tokens: bool) -> Iterator[tuple[Ask, int, str]]:
    def ask(credentials: str) -> Ask:
        path = {"id": "1"} if "{id}" in operation.path else {}
        return Ask(operation, path=path, credentials=credentials)

    yield ask(""), _EMPTY, "no credentials"
    yield ask(f"Bearer {_MADE_UP}"), _WRONG, "an unknown key"
    if not tokens:
        return
    now, spec, keys = inquiry.server.clock.time(), inquiry.spec, inquiry.keys
    if operation.needs_api_key:
        yield ask(f"Bearer {token(spec, keys, now)}"), _WRONG, "a token where a key is needed"
        return
    yield ask(f"Bearer {token(spec, keys, now - 24 * _HOUR)}"), _LATE, "an expired token"
    yield ask(f"Bearer {token(spec, keys, now + 24 * _HOUR)}"), _EARLY, "a token of tomorrow"
    forged = Keys(access_key=keys.access_key, secret_key=_MADE_UP * 3)
    yield ask(f"Bearer {token(spec, forged, now)}"), _WRONG, "a token signed with another key"


def token(spec: Spec, keys: Keys, now: float) -> str:
    """Return a token that an access key pair signs at a time, in Unix seconds."""
    form = spec.document["components"]["securitySchemes"]["accessToken"]["x-kling-jwt"]
    begins, ends = int(now) - form["backdated"], int(now) + form["lifetime"]
    claims = {"iss": keys.access_key, "nbf": begins, "exp": ends}
    return jwt.encode(claims, keys.secret_key, form["algorithm"])


def _has_tokens(spec: Spec) -> bool:
    return "accessToken" in spec.document["components"]["securitySchemes"]
