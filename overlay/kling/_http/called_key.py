"""An API key that a function of the caller's knows, which may change while the client lives."""

from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any

import httpx

from kling._http.credentials import ApiKey, clean
from kling._http.error_replies import code_of
from kling._http.logs import logger
from kling._tracebacks import note_origin
from kling.description import load
from kling.errors import CredentialsError

KeyFunction = Callable[[], str]
AsyncKeyFunction = Callable[[], str | Awaitable[str]]

# So many keys are taken out of texts of servers: the last ones that were sent.
_REMEMBERED = 8


class CalledKey(ApiKey):
    """Asks for the key before each request, and once more after Kling refused it.

    A request is sent again, as it was, only with another key, and only after Kling's own code said
    that it refused the first: so a create that was refused made no task.
    """

    def __init__(self, ask: AsyncKeyFunction) -> None:
        self._ask = ask
        self._sent: deque[str] = deque(maxlen=_REMEMBERED)

    def token(self) -> str:
        """Return the key.

        Raises:
            CredentialsError: the function failed, or returned no key.
        """
        key = self._asked()
        if isinstance(key, Awaitable):
            if hasattr(key, "close"):
                key.close()
            raise CredentialsError("api_key() is to be awaited, which only AsyncKling does")
        return self._checked(key)

    async def atoken(self) -> str:
        """Do the same with await."""
        key = self._asked()
        if isinstance(key, Awaitable):
            try:
                key = await key
            except Exception as error:
                raise _failed(error) from note_origin(error)
        return self._checked(key)

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request, and sign it anew if Kling refuses the key and there is another one."""
        key = self.token()
        response = yield _signed(request, key)
        response.read()
        if _is_refused(response):
            try:
                other = self.token()
            except CredentialsError as error:
                _say_kept(error)
            else:
                if other != key:
                    yield _signed(request, other)

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Do the same with await."""
        key = await self.atoken()
        response = yield _signed(request, key)
        await response.aread()
        if _is_refused(response):
            try:
                other = await self.atoken()
            except CredentialsError as error:
                _say_kept(error)
            else:
                if other != key:
                    yield _signed(request, other)

    def _asked(self) -> Any:
        try:
            return self._ask()
        except Exception as error:
            raise _failed(error) from note_origin(error)

    def _checked(self, key: object) -> str:
        if not isinstance(key, str):
            raise CredentialsError(f"api_key() returned no text, but {type(key).__name__}")
        if not (found := clean(key.strip(), "the API key")):
            raise CredentialsError("api_key() returned an empty text")
        if found not in self._sent:
            self._sent.append(found)
        return found

    def _secrets(self) -> tuple[str, ...]:
        return tuple(self._sent)


def _failed(error: Exception) -> CredentialsError:
    # Its text is not shown, for it may hold what is secret; it is the cause.
    return CredentialsError(f"api_key() raised {type(error).__name__}")


def _say_kept(error: CredentialsError) -> None:
    logger.warning("Kling refused the API key, and there is no other one: %s", error)


def _signed(request: httpx.Request, key: str) -> httpx.Request:
    request.headers["Authorization"] = f"Bearer {key}"
    return request


def _is_refused(response: httpx.Response) -> bool:
    """Whether Kling itself refuses the key, by one of its codes."""
    row = load().errors.get(code_of(response) or 0)
    return row is not None and row.kind == "authentication"
