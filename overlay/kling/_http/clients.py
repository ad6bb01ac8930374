"""httpx, taught to raise the errors of this package and nothing else."""

import os
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

import httpx

from kling._http.bounds import (
    CURRENT,
    Bounds,
    Limits,
    refuse_private,
)
from kling._http.call_options import Options
from kling._http.client_options import proxies_read
from kling._http.clock import Clock
from kling._http.credentials import Credentials
from kling._http.error_replies import error_of
from kling._http.given_clients import AsyncThrough, Through
from kling._http.interrupts import hand_over
from kling._http.logs import log_reply
from kling._http.long_bodies import afetch, along, built, fetch, is_long
from kling._http.no_replies import UnsentError, connection_error
from kling._http.regions import say_other_region
from kling._http.steps import OPTIONS, Fetch, Pause, Step, Steps, T
from kling._http.unpacking import ACCEPTED, alimit, limit
from kling._tracebacks import note_origin, strip_traceback
from kling.errors import KlingError


class HTTPClient(httpx.Client):
    """An httpx client whose every call is a success of Kling's, or raises."""

    def __init__(
        self,
        clock: Clock,
        credentials: Credentials,
        limits: Limits,
        defaults: Options,
        **options: Any,
    ) -> None:
        _check_transport(options.get("transport"), "handle_request")
        hooks = {"response": [limit]}
        with proxies_read():
            super().__init__(auth=credentials, event_hooks=hooks, **options)
        _prepare(self, is_own=options.get("transport") is None)
        self.clock = clock
        self.credentials = credentials
        self.limits = limits
        self.defaults = defaults
        self.process: int | None = None
        self._base = str(self.base_url).rstrip("/")
        self.made_with = {
            "clock": clock,
            "credentials": credentials,
            "limits": limits,
            "defaults": defaults,
            **options,
        }

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Build a request; paths are joined as text, for httpx parses an address three times."""
        self.credentials.admit(str(url))
        return built(super().build_request, method, _joined(self._base, url), options)

    def request(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        sent_with: Options | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Build a request and send it; errors leave bare, for this is called from outside too."""
        handled = sys.exception()
        options = (sent_with or self.defaults).applied(options)
        try:
            return super().request(method, url, **options)
        except KlingError as error:
            options.clear()
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        except BaseException as error:
            options.clear()
            raise strip_traceback(note_origin(error), handled)  # noqa: B904 (it is the same error)

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send one request; a reply that is no success raises, unless it is streamed."""
        _refuse_unusable(self)
        handled, began = sys.exception(), self.clock.monotonic()
        bounds = Bounds(request, self.limits, self.clock, whole=not options.get("stream"))
        before = CURRENT.set(bounds)
        try:
            refuse_private(request, bounds)
            response = super().send(request, **options)
        except httpx.HTTPError as error:
            failure = connection_error(error, bounds)
            log_reply(request, failure, self.clock.monotonic() - began)
            raise failure from strip_traceback(error, handled)
        finally:
            CURRENT.reset(before)
        log_reply(request, response, self.clock.monotonic() - began)
        if not options.get("stream") and (
            problem := error_of(response, self.clock.time(), self.credentials.masked)
        ):
            raise problem
        return response

    def carry_out(self, steps: Steps[T], sent_with: Options | None = None) -> T:
        """Do what the steps say, and return the value that they end with.

        Raises:
            KlingError: bare of the frames below, whose locals may hold what is secret or large.
        """
        handled = sys.exception()
        sent_with = sent_with or self.defaults
        go_on: Callable[[], Step] = partial(next, steps)
        try:
            while True:
                try:
                    step = go_on()
                except StopIteration as end:
                    value: T = end.value
                    return value
                except (KlingError, TypeError, ValueError) as error:
                    # These say what is wrong with what was asked for.
                    say_other_region(error, self.base_url.host)
                    raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
                except Exception as error:
                    raise strip_traceback(note_origin(error), handled)  # noqa: B904 (same error)
                reply: object = None
                try:
                    if step is OPTIONS:
                        reply = sent_with
                    elif isinstance(step, Pause):
                        self.clock.sleep(step.seconds)
                    elif isinstance(step, Fetch):
                        reply = self._fetched(step, sent_with)
                    else:
                        reply = self.request(**step.arguments, sent_with=sent_with)
                        if sent_with.heard:
                            sent_with.heard(reply)
                except BaseException as error:
                    # Even of an interruption the steps decide what is left to do.
                    go_on = partial(steps.throw, error)
                else:
                    go_on = partial(steps.send, reply)
        except BaseException as error:
            hand_over(error, steps)
            raise

    def _fetched(self, step: Fetch, sent_with: Options) -> httpx.Response:
        try:
            return fetch(self, step, sent_with.timeout)
        except httpx.HTTPError as error:
            raise connection_error(error) from error


class AsyncHTTPClient(httpx.AsyncClient):
    """The same for async clients."""

    def __init__(
        self,
        clock: Clock,
        credentials: Credentials,
        limits: Limits,
        defaults: Options,
        **options: Any,
    ) -> None:
        _check_transport(options.get("transport"), "handle_async_request")
        hooks = {"response": [alimit]}
        with proxies_read():
            super().__init__(auth=credentials, event_hooks=hooks, **options)
        _prepare(self, is_own=options.get("transport") is None)
        self.clock = clock
        self.credentials = credentials
        self.limits = limits
        self.defaults = defaults
        self.process: int | None = None
        self._base = str(self.base_url).rstrip("/")
        self.made_with = {
            "clock": clock,
            "credentials": credentials,
            "limits": limits,
            "defaults": defaults,
            **options,
        }

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Build a request; paths are joined as text, for httpx parses an address three times."""
        self.credentials.admit(str(url))
        return built(super().build_request, method, _joined(self._base, url), options)

    async def request(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        sent_with: Options | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Build a request and send it; errors leave bare, for this is called from outside too."""
        handled = sys.exception()
        options = (sent_with or self.defaults).applied(options)
        try:
            if is_long(options.get("json")):
                # Only here, for most programs send no picture.
                from anyio import to_thread

                options = await to_thread.run_sync(along, options)
            return await super().request(method, url, **options)
        except KlingError as error:
            options.clear()
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        except BaseException as error:
            options.clear()
            raise strip_traceback(note_origin(error), handled)  # noqa: B904 (it is the same error)

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send one request; a reply that is no success raises, unless it is streamed."""
        _refuse_unusable(self)
        handled, began = sys.exception(), self.clock.monotonic()
        bounds = Bounds(request, self.limits, self.clock, whole=not options.get("stream"))
        before = CURRENT.set(bounds)
        try:
            refuse_private(request, bounds)
            response = await super().send(request, **options)
        except httpx.HTTPError as error:
            failure = connection_error(error, bounds)
            log_reply(request, failure, self.clock.monotonic() - began)
            raise failure from strip_traceback(error, handled)
        finally:
            CURRENT.reset(before)
        log_reply(request, response, self.clock.monotonic() - began)
        if not options.get("stream") and (
            problem := error_of(response, self.clock.time(), self.credentials.masked)
        ):
            raise problem
        return response

    async def carry_out(self, steps: Steps[T], sent_with: Options | None = None) -> T:
        """Do what the steps say, and return the value that they end with."""
        handled = sys.exception()
        sent_with = sent_with or self.defaults
        go_on: Callable[[], Step] = partial(next, steps)
        try:
            while True:
                try:
                    step = go_on()
                except StopIteration as end:
                    value: T = end.value
                    return value
                except (KlingError, TypeError, ValueError) as error:
                    # These say what is wrong with what was asked for.
                    say_other_region(error, self.base_url.host)
                    raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
                except Exception as error:
                    raise strip_traceback(note_origin(error), handled)  # noqa: B904 (same error)
                reply: object = None
                try:
                    if step is OPTIONS:
                        reply = sent_with
                    elif isinstance(step, Pause):
                        await self.clock.asleep(step.seconds)
                    elif isinstance(step, Fetch):
                        reply = await self._fetched(step, sent_with)
                    else:
                        reply = await self.request(**step.arguments, sent_with=sent_with)
                        if sent_with.heard:
                            sent_with.heard(reply)
                except BaseException as error:
                    # Even of an interruption the steps decide what is left to do.
                    go_on = partial(steps.throw, error)
                else:
                    go_on = partial(steps.send, reply)
        except BaseException as error:
            hand_over(error, steps)
            raise

    async def _fetched(self, step: Fetch, sent_with: Options) -> httpx.Response:
        try:
            return await afetch(self, step, sent_with.timeout)
        except httpx.HTTPError as error:
            raise connection_error(error) from error


def _refuse_unusable(client: HTTPClient | AsyncHTTPClient) -> None:
    """Let a client send until it is closed, in the process that it first sent in.

    Raises:
        UnsentError: it is closed; or this is another process, where replies would come to the wrong
            request.
    """
    here = os.getpid()
    client.process = client.process or here
    if client.process != here:
        raise UnsentError("this client was used before a fork; make one in each process")
    if client.is_closed:
        raise UnsentError("Cannot send a request, as the client has been closed.")


def _prepare(client: httpx.Client | httpx.AsyncClient, *, is_own: bool) -> None:
    """Let a client keep no cookies, ask for what it unpacks, and heed bounds on the network."""
    _keep_no_cookies(client)
    client.headers["Accept-Encoding"] = ACCEPTED
    if is_own:
        # Here, for it imports httpcore, which a transport that was given need not.
        from kling._http.network import watch

        watch(client)


def _keep_no_cookies(client: httpx.Client | httpx.AsyncClient) -> None:
    """Let a client send the cookies that it was made with, and none that a reply sets.

    Media hosts may share a domain with the API; and looking for cookies takes a tenth of a request.
    """
    # httpx wraps every jar that it is given, so that only what it made can be told.
    client.cookies.extract_cookies = _ignored  # type: ignore[method-assign]


def _ignored(response: httpx.Response) -> None:
    del response


def _joined(base: str, url: httpx.URL | str) -> httpx.URL | str:
    if not isinstance(url, str) or not url.startswith("/"):
        return url
    whole = f"{base}{url}"
    # What is no Unicode cannot be kept, and httpx says so in its own time.
    return _parsed(whole) if whole.isascii() else whole


@lru_cache(maxsize=1024)
def _parsed(url: str) -> httpx.URL:
    """Parse an address once: creates have few, and a task is asked for again and again."""
    return httpx.URL(url)


def _check_transport(transport: object, sends: str) -> None:
    """Refuse what a client cannot send through; `sends` is the method that it calls."""
    if isinstance(transport, Through | AsyncThrough) and not hasattr(transport, sends):
        raise TypeError("http_client of Kling is an httpx.Client, of AsyncKling httpx.AsyncClient")
    if isinstance(transport, type):
        raise TypeError(f"transport is an httpx transport, not the class {transport.__name__}")
    if transport is not None and not hasattr(transport, sends):
        name = type(transport).__name__
        raise TypeError(f"transport is an httpx transport with {sends}, not {name}")
