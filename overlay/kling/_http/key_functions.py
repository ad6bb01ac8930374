"""An API key that a function returns, and that may change while the client is in use."""

from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from typing import Any

import httpx

from kling._http.credentials import ApiKey, checked_secret
from kling._http.error_replies import code_of
from kling._http.logs import logger
from kling._tracebacks import note_origin
from kling.description import load
from kling.errors import CredentialsError

KeyFunction = Callable[[], str]
AsyncKeyFunction = Callable[[], str | Awaitable[str]]

# In text from servers, this many keys are masked: those that were sent last.
_MASKED_KEYS = 8


class FunctionKey(ApiKey):
    """Calls a function for the key before each request, and once more if Kling refuses the key.

    A request is sent again only if the new key is different, and the reply has an error code with
    which Kling refuses a key. Such a code proves that a create made no task.
    """

    def __init__(self, function: AsyncKeyFunction) -> None:
        self._function = function
        self._sent: deque[str] = deque(maxlen=_MASKED_KEYS)

    def token(self) -> str:
        """Return the key.

        Raises:
            CredentialsError: the function failed, or did not return a key.
        """
        key = self._call_function()
        if isinstance(key, Awaitable):
            if hasattr(key, "close"):
                key.close()  # otherwise Python warns of a coroutine that was never awaited
            raise CredentialsError("api_key() returned an awaitable, which only AsyncKling accepts")
        return self._checked_key(key)

    async def atoken(self) -> str:
        """Return the key of a function that may be async."""
        key = self._call_function()
        if isinstance(key, Awaitable):
            try:
                key = await key
            except Exception as error:
                raise _function_error(error) from note_origin(error)
        return self._checked_key(key)

    def sync_auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request; send it again if Kling refuses the key and there is a new one."""
        key = self.token()
        response = yield _with_key(request, key)
        response.read()  # the code is in the body
        if _is_refused(response):
            try:
                other = self.token()
            except CredentialsError as error:
                _log_failure(error)
            else:
                if other != key:
                    yield _with_key(request, other)

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Do the same for async clients."""
        key = await self.atoken()
        response = yield _with_key(request, key)
        await response.aread()
        if _is_refused(response):
            try:
                other = await self.atoken()
            except CredentialsError as error:
                _log_failure(error)
            else:
                if other != key:
                    yield _with_key(request, other)

    def _call_function(self) -> Any:
        try:
            return self._function()
        except Exception as error:
            raise _function_error(error) from note_origin(error)

    def _checked_key(self, key: object) -> str:
        if not isinstance(key, str):
            raise CredentialsError(f"api_key() must return a string, not {type(key).__name__}")
        checked = checked_secret(key.strip(), "the API key")
        if not checked:
            raise CredentialsError("api_key() returned an empty string")
        if checked not in self._sent:
            self._sent.append(checked)
        return checked

    def _secrets(self) -> tuple[str, ...]:
        return tuple(self._sent)


def _function_error(error: Exception) -> CredentialsError:
    # The message of the error is left out, because it may contain a secret.
    return CredentialsError(f"api_key() raised {type(error).__name__}")


def _log_failure(error: CredentialsError) -> None:
    logger.warning("Kling refused the API key, and the second call of api_key() failed: %s", error)


def _with_key(request: httpx.Request, key: str) -> httpx.Request:
    request.headers["Authorization"] = f"Bearer {key}"
    return request


def _is_refused(response: httpx.Response) -> bool:
    """Whether the reply has a code with which Kling refuses the key."""
    row = load().errors.get(code_of(response) or 0)
    return row is not None and row.kind == "authentication"
