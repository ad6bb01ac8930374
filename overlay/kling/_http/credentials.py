"""Credentials: an API key, or an access key pair that signs tokens."""

import contextlib
import threading
import warnings
from collections.abc import Generator
from email.utils import parsedate_to_datetime
from functools import cache

import httpx

from kling._http.clock import Clock
from kling._http.error_replies import MIN_SECRET_LENGTH, code_of
from kling._http.verdicts import verdict_on_reply
from kling.description import load
from kling.errors import CredentialsError

# A token is renewed this many seconds before it expires, so that it is still valid when the request
# arrives.
_MARGIN = 60.0
# Quotes that people paste around a key.
_QUOTES = "\"'`\u2018\u2019\u201c\u201d"
_WHITE_SPACE = {"\n": "a line break", "\r": "a line break", "\t": "a tab", " ": "a space"}


class Credentials(httpx.Auth):
    """Adds the Authorization header to each request.

    The header is not stored in the client, so that the headers of the client show no secret.
    """

    # httpx then reads the body of each reply before `auth_flow` gets it. The body has Kling's code.
    requires_response_body = True

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request with a token, and again with a new token if Kling refuses the first.

        Kling refuses a token that has expired, or that is not valid yet.
        """
        request.headers["Authorization"] = f"Bearer {self.token()}"
        response = yield request
        if _wants_new_token(response) and self.renew(response):
            request.headers["Authorization"] = f"Bearer {self.token()}"
            yield request

    def check_path(self, path: str) -> None:
        """Refuse a path that does not accept credentials of this kind.

        Raises:
            CredentialsError: the path accepts only the other kind.
        """
        del path  # only an AccessKey has paths to refuse

    def token(self) -> str:
        """Return the part of the Authorization header after "Bearer"."""
        raise NotImplementedError  # every subclass has it

    def mask(self, text: str) -> str:
        """Return the text of a reply with *** instead of our secrets.

        A gateway may quote our headers in its reply.
        """
        for secret in self._secrets():
            # A shorter string is not one of Kling's keys, and may be an ordinary word.
            if len(secret) >= MIN_SECRET_LENGTH:
                text = text.replace(secret, "***")
        return text

    def _secrets(self) -> tuple[str, ...]:
        raise NotImplementedError  # every subclass has it

    def renew(self, response: httpx.Response) -> bool:
        """Drop the token that Kling refused. Return whether the next `token()` is a new one."""
        del response
        return False


class ApiKey(Credentials):
    """A key from Kling's console, sent as it is."""

    def __init__(self, key: str) -> None:
        self._key = checked_secret(key, "the API key")

    def token(self) -> str:
        """Return the key."""
        return self._key

    def _secrets(self) -> tuple[str, ...]:
        return (self._key,)

    def __repr__(self) -> str:
        return "ApiKey(...)"


class AccessKey(Credentials):
    """An access key pair, which signs tokens.

    One token is used for many requests, until shortly before it expires.
    """

    def __init__(self, access_key: str, secret_key: str, *, clock: Clock) -> None:
        self._access_key = checked_secret(access_key, "the access key")
        self._secret_key = checked_secret(secret_key, "the secret key")
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._expires = 0.0
        self._clock_offset = 0.0
        """Seconds by which Kling's clock is ahead of ours."""

    def check_path(self, path: str) -> None:
        """Refuse a path that takes only API keys."""
        if path in _paths_for_api_keys():
            scheme = load().document["components"]["securitySchemes"]["apiKey"]
            raise CredentialsError(
                f"{path} takes only an API key and, as far as is known, refuses tokens of an "
                f"access key pair; create a key at {scheme['x-kling-console']} and set "
                "KLING_API_KEY"
            )

    def token(self) -> str:
        """Return a token that is valid for at least another minute."""
        with self._lock:
            now = self._clock.time() + self._clock_offset
            if now > self._expires - _MARGIN:
                self._token, self._expires = self._sign_token(now)
            return self._token

    def renew(self, response: httpx.Response) -> bool:
        """Drop the token that Kling refused, so that the next `token()` signs a new one.

        If the reply has a Date, later tokens are made with the time of Kling's clock.
        """
        # Without a valid Date, the offset of the clock stays as it is.
        with contextlib.suppress(KeyError, OverflowError, TypeError, ValueError), self._lock:
            theirs = parsedate_to_datetime(response.headers["date"]).timestamp()
            self._clock_offset = theirs - self._clock.time()
        with self._lock:
            self._expires = 0.0
        return True

    def _secrets(self) -> tuple[str, ...]:
        # The three parts of a token are masked separately, in case a reply quotes only one of them.
        return (*self._token.split("."), self._secret_key, self._access_key)

    def _sign_token(self, now: float) -> tuple[str, float]:
        # Imported here, because users of an API key do not need it.
        import jwt

        form = load().document["components"]["securitySchemes"]["accessToken"]["x-kling-jwt"]
        expires = int(now) + form["lifetime"]
        claims = {"iss": self._access_key, "exp": expires, "nbf": int(now) - form["backdated"]}
        with warnings.catch_warnings():
            # jwt warns of short secrets, but users cannot change the secret that Kling issued.
            warnings.simplefilter("ignore")
            return jwt.encode(claims, self._secret_key, algorithm=form["algorithm"]), expires

    def __repr__(self) -> str:
        return "AccessKey(...)"


def checked_secret(secret: str, name: str) -> str:
    """Return a secret unchanged, after checks for common mistakes.

    Raises:
        CredentialsError: it cannot be one of Kling's secrets. The message does not show it.
    """
    if secret.lower().startswith("bearer "):
        raise CredentialsError(f'{name} must be given without the "Bearer" before it')
    if len(secret) > 1 and secret[0] in _QUOTES and secret[-1] in _QUOTES:
        raise CredentialsError(f"{name} is wrapped in quotes; remove them")
    if "|" in secret:
        raise CredentialsError(
            f"{name} contains a |, as in ACCESS_KEY|SECRET_KEY, which are two keys; set "
            "KLING_ACCESS_KEY and KLING_SECRET_KEY instead"
        )
    for character, description in _WHITE_SPACE.items():
        if character in secret:
            raise CredentialsError(
                f"{name} contains {description}; check that it is a single key, not two"
            )
    if not (secret.isascii() and secret.isprintable()):
        # Checked here, because the message of httpx would show the whole header.
        raise CredentialsError(f"{name} contains a character that cannot be sent in a header")
    return secret


@cache
def _paths_for_api_keys() -> frozenset[str]:
    return frozenset(
        operation.path for operation in load().operations.values() if operation.needs_api_key
    )


def _wants_new_token(response: httpx.Response) -> bool:
    if response.status_code != httpx.codes.UNAUTHORIZED:
        return False
    code = code_of(response)
    return verdict_on_reply(code, response.status_code).retry == "with new credentials"
