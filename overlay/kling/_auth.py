"""Credentials: an API key, or an access key pair that signs tokens."""

import threading
import warnings
from collections.abc import Generator, Mapping

import httpx

from kling._clock import Clock
from kling._errors import CredentialsError
from kling._spec import load

# Renewed this long before its end (seconds), so that no request arrives with a stale one.
_MARGIN = 60.0


class Credentials(httpx.Auth):
    """Adds the Authorization header, request by request, so that no client object holds it."""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request."""
        request.headers["Authorization"] = f"Bearer {self.token()}"
        yield request

    def token(self) -> str:
        """Return what stands behind "Bearer"."""
        raise NotImplementedError  # subclasses are all there is


class ApiKey(Credentials):
    """A key from Kling's console, sent as it is."""

    def __init__(self, key: str) -> None:
        self._key = _clean(key, "the API key")

    def token(self) -> str:
        """Return the key."""
        return self._key

    def __repr__(self) -> str:
        return "ApiKey(...)"


class AccessKey(Credentials):
    """An access key pair; signs a token, and uses it until shortly before it expires."""

    def __init__(self, access_key: str, secret_key: str, *, clock: Clock) -> None:
        self._access_key = _clean(access_key, "the access key")
        self._secret_key = _clean(secret_key, "the secret key")
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._expires = 0.0

    def token(self) -> str:
        """Return a token that is good for at least another minute."""
        with self._lock:
            now = self._clock.time()
            if now > self._expires - _MARGIN:
                self._token, self._expires = self._signed(now)
            return self._token

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


def credentials(
    environ: Mapping[str, str],
    *,
    api_key: str | None,
    access_key: str | None,
    secret_key: str | None,
    clock: Clock,
) -> Credentials:
    """Choose credentials: arguments before the environment, then an API key before a pair.

    Raises:
        CredentialsError: there are none, or half of a pair.
    """
    given = (api_key, access_key, secret_key)
    if not any(given):
        names = ("KLING_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY")
        given = tuple(environ.get(name) for name in names)  # type: ignore[assignment]  # three
    key, access, secret = given
    if key:
        return ApiKey(key)
    if access and secret:
        return AccessKey(access, secret, clock=clock)
    if access or secret:
        missing = "secret_key (KLING_SECRET_KEY)" if access else "access_key (KLING_ACCESS_KEY)"
        raise CredentialsError(f"an access key pair needs both keys; {missing} is missing")
    raise CredentialsError(
        "no credentials: set KLING_API_KEY, or KLING_ACCESS_KEY and KLING_SECRET_KEY, "
        "or give api_key=, or access_key= and secret_key="
    )


def _clean(secret: str, name: str) -> str:
    secret = secret.strip()
    if not (secret.isascii() and secret.isprintable()) or " " in secret:
        # Said here, for httpx would show the whole header in its own message.
        raise CredentialsError(f"{name} has a character that cannot be sent in a header")
    return secret
