"""Credentials: an API key, or an access key pair that signs tokens."""

import contextlib
import threading
import warnings
from collections.abc import Generator
from email.utils import parsedate_to_datetime
from functools import cache

import httpx

from kling._http.clock import Clock
from kling._http.error_replies import SHORTEST, code_of
from kling._http.verdicts import verdict_on_reply
from kling.description import load
from kling.errors import CredentialsError

# Renewed this long before its end (seconds), so that no request arrives with a stale one.
_MARGIN = 60.0
# What people paste a key with, and which is not a part of it.
_QUOTES = "\"'`\u2018\u2019\u201c\u201d"
_WHITE_SPACE = {"\n": "a line break", "\r": "a line break", "\t": "a tab", " ": "a space"}


class Credentials(httpx.Auth):
    """Adds the Authorization header, request by request, so that no client object holds it."""

    requires_response_body = True

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request, and sign it anew if Kling finds the token too early or expired."""
        request.headers["Authorization"] = f"Bearer {self.token()}"
        response = yield request
        if _wants_new_token(response) and self.renew(response):
            request.headers["Authorization"] = f"Bearer {self.token()}"
            yield request

    def admit(self, path: str) -> None:
        """Let a request pass that these credentials are good for.

        Raises:
            CredentialsError: they are not.
        """
        del path

    def token(self) -> str:
        """Return what stands behind "Bearer"."""
        raise NotImplementedError  # subclasses are all there is

    def masked(self, text: str) -> str:
        """Return what a reply says without what is secret: a gateway may quote a header."""
        for secret in self._secrets():
            # What is shorter is no key of Kling's, but may be a word of the text.
            if len(secret) >= SHORTEST:
                text = text.replace(secret, "***")
        return text

    def _secrets(self) -> tuple[str, ...]:
        raise NotImplementedError  # subclasses are all there is

    def renew(self, response: httpx.Response) -> bool:
        """Forget the token that a reply refuses, and return whether there will be a new one."""
        del response
        return False


class ApiKey(Credentials):
    """A key from Kling's console, sent as it is."""

    def __init__(self, key: str) -> None:
        self._key = clean(key, "the API key")

    def token(self) -> str:
        """Return the key."""
        return self._key

    def _secrets(self) -> tuple[str, ...]:
        return (self._key,)

    def __repr__(self) -> str:
        return "ApiKey(...)"


class AccessKey(Credentials):
    """An access key pair; signs a token, and uses it until shortly before it expires."""

    def __init__(self, access_key: str, secret_key: str, *, clock: Clock) -> None:
        self._access_key = clean(access_key, "the access key")
        self._secret_key = clean(secret_key, "the secret key")
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._expires = 0.0
        self._ahead = 0.0
        """Seconds that Kling's clock is ahead of ours."""

    def admit(self, path: str) -> None:
        """Refuse what would be refused whatever a token says."""
        if path in _paths_for_api_keys():
            scheme = load().document["components"]["securitySchemes"]["apiKey"]
            raise CredentialsError(
                f"{path} takes an API key only, and refuses tokens of an access key pair, as far "
                f"as is known; make a key at {scheme['x-kling-console']} and set KLING_API_KEY"
            )

    def token(self) -> str:
        """Return a token that is good for at least another minute."""
        with self._lock:
            now = self._clock.time() + self._ahead
            if now > self._expires - _MARGIN:
                self._token, self._expires = self._signed(now)
            return self._token

    def renew(self, response: httpx.Response) -> bool:
        """Forget the token, and go by the clock of the reply from now on."""
        with contextlib.suppress(KeyError, OverflowError, TypeError, ValueError), self._lock:
            theirs = parsedate_to_datetime(response.headers["date"]).timestamp()
            self._ahead = theirs - self._clock.time()
        with self._lock:
            self._expires = 0.0
        return True

    def _secrets(self) -> tuple[str, ...]:
        return (*self._token.split("."), self._secret_key, self._access_key)

    def _signed(self, now: float) -> tuple[str, float]:
        # Only here, for whoever uses an API key need not pay for the import.
        import jwt

        form = load().document["components"]["securitySchemes"]["accessToken"]["x-kling-jwt"]
        expires = int(now) + form["lifetime"]
        claims = {"iss": self._access_key, "exp": expires, "nbf": int(now) - form["backdated"]}
        with warnings.catch_warnings():
            # Kling deals out the secret; its length is nothing that the caller could change.
            warnings.simplefilter("ignore")
            return jwt.encode(claims, self._secret_key, algorithm=form["algorithm"]), expires

    def __repr__(self) -> str:
        return "AccessKey(...)"


def clean(secret: str, name: str) -> str:
    """Return a secret that can be sent.

    Raises:
        CredentialsError: it is none, as far as can be told by its form. It is not shown.
    """
    if secret.lower().startswith("bearer "):
        raise CredentialsError(f'{name} must be given without the "Bearer" before it')
    if secret[:1] in _QUOTES and secret[1:] and secret[-1] in _QUOTES:
        raise CredentialsError(f"{name} is wrapped in quotes, which are not a part of it")
    if "|" in secret:
        raise CredentialsError(
            f"{name} has a | in it, as in ACCESS_KEY|SECRET_KEY: those are two keys; set "
            "KLING_ACCESS_KEY and KLING_SECRET_KEY, or in Python give arguments of these names"
        )
    for character, said in _WHITE_SPACE.items():
        if character in secret:
            raise CredentialsError(f"{name} has {said} in it, and may be two pasted together")
    if not (secret.isascii() and secret.isprintable()):
        # Said here, for httpx would show the whole header in its own message.
        raise CredentialsError(f"{name} has a character that cannot be sent in a header")
    return secret


@cache
def _paths_for_api_keys() -> frozenset[str]:
    return frozenset(one.path for one in load().operations.values() if one.needs_api_key)


def _wants_new_token(response: httpx.Response) -> bool:
    if response.status_code != httpx.codes.UNAUTHORIZED:
        return False
    code = code_of(response)
    return verdict_on_reply(code, response.status_code).again == "with new credentials"
