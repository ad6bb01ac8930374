"""The sync and the async HTTP client: httpx clients that raise only the errors of this package."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx

from kling._http.bounds import CURRENT, Bounds, Limits, refuse_private
from kling._http.call_options import Options
from kling._http.client_options import proxies_checked
from kling._http.clock import Clock
from kling._http.connection_errors import connection_error
from kling._http.credentials import Credentials
from kling._http.decompression import alimit_body, limit_body
from kling._http.error_replies import error_of
from kling._http.fetching import afetch, fetch
from kling._http.httpx_setup import check_transport, check_usable, joined, prepare
from kling._http.interrupts import throw_into
from kling._http.logs import log_reply
from kling._http.long_bodies import build_request, is_long, with_long_body
from kling._http.regions import name_other_region
from kling._http.steps import OPTIONS, Fetch, Pause, Step, Steps, T
from kling._tracebacks import note_origin, strip_traceback
from kling.errors import KlingError


class HTTPClient(httpx.Client):
    """An httpx client that raises an error for each reply that does not report success."""

    def __init__(
        self,
        clock: Clock,
        credentials: Credentials,
        limits: Limits,
        defaults: Options,
        **options: Any,
    ) -> None:
        check_transport(options.get("transport"), "handle_request")
        hooks = {"response": [limit_body]}
        with proxies_checked():
            super().__init__(auth=credentials, event_hooks=hooks, **options)
        prepare(self, has_default_transport=options.get("transport") is None)
        self.clock = clock
        self.credentials = credentials
        self.limits = limits
        self.defaults = defaults
        self.process: int | None = None  # see `Sender`
        self._base = str(self.base_url).rstrip("/")
        # Arguments for another client with the same settings.
        self.made_with = {
            "clock": clock,
            "credentials": credentials,
            "limits": limits,
            "defaults": defaults,
            **options,
        }

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Check that the path accepts our kind of credentials, and build a request."""
        self.credentials.check_path(str(url))
        return build_request(super().build_request, method, joined(self._base, url), options)

    def request(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        sent_with: Options | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Build a request and send it.

        The traceback of an error is removed, because the locals of our frames may contain secrets.
        `carry_out` removes it too, but the generated client calls this method directly. The frame
        of this method comes back when the error is raised again, so its `options` are cleared.
        """
        handled = sys.exception()
        options = (sent_with or self.defaults).apply_to(options)
        try:
            return super().request(method, url, **options)
        except KlingError as error:
            options.clear()
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        except BaseException as error:
            options.clear()
            raise strip_traceback(note_origin(error), handled)  # noqa: B904 (it is the same error)

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send one request; raise an error if it fails. A streamed reply is returned unchecked."""
        check_usable(self)
        handled = sys.exception()  # see `strip_traceback`
        began = self.clock.monotonic()
        bounds = Bounds(request, self.limits, self.clock, is_read_whole=not options.get("stream"))
        reset_token = CURRENT.set(bounds)
        try:
            refuse_private(request, bounds)
            response = super().send(request, **options)
        except httpx.HTTPError as error:
            failure = connection_error(error, bounds)
            log_reply(request, failure, self.clock.monotonic() - began)
            raise failure from strip_traceback(error, handled)
        finally:
            CURRENT.reset(reset_token)
        log_reply(request, response, self.clock.monotonic() - began)
        if not options.get("stream") and (
            problem := error_of(response, self.clock.time(), self.credentials.mask)
        ):
            raise problem
        return response

    def carry_out(self, steps: Steps[T], sent_with: Options | None = None) -> T:
        """Do the steps of a generator (see the module `steps`), and return what it returns.

        Raises:
            KlingError: the steps raised it. Its traceback ends at this frame, because the locals of
                deeper frames may contain secrets or large values.
        """
        handled = sys.exception()
        sent_with = sent_with or self.defaults
        resume: Callable[[], Step] = partial(next, steps)
        try:
            while True:
                try:
                    step = resume()
                except StopIteration as end:
                    value: T = end.value
                    return value
                except (KlingError, TypeError, ValueError) as error:
                    # These messages are for users, who do not need to know the place in our code.
                    name_other_region(error, self.base_url.host)
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
                        reply = self._fetch(step, sent_with)
                    else:
                        reply = self.request(**step.arguments, sent_with=sent_with)
                        if sent_with.on_reply:
                            sent_with.on_reply(reply)
                except BaseException as error:
                    # The steps get every error, even an interruption, and may handle it.
                    resume = partial(steps.throw, error)
                else:
                    resume = partial(steps.send, reply)
        except BaseException as error:
            throw_into(error, steps)
            raise

    def _fetch(self, step: Fetch, sent_with: Options) -> httpx.Response:
        try:
            return fetch(self, step, sent_with.timeout)
        except httpx.HTTPError as error:
            raise connection_error(error) from error


class AsyncHTTPClient(httpx.AsyncClient):
    """Does the same as HTTPClient, with await."""

    def __init__(
        self,
        clock: Clock,
        credentials: Credentials,
        limits: Limits,
        defaults: Options,
        **options: Any,
    ) -> None:
        check_transport(options.get("transport"), "handle_async_request")
        hooks = {"response": [alimit_body]}
        with proxies_checked():
            super().__init__(auth=credentials, event_hooks=hooks, **options)
        prepare(self, has_default_transport=options.get("transport") is None)
        self.clock = clock
        self.credentials = credentials
        self.limits = limits
        self.defaults = defaults
        self.process: int | None = None  # see `Sender`
        self._base = str(self.base_url).rstrip("/")
        # Arguments for another client with the same settings.
        self.made_with = {
            "clock": clock,
            "credentials": credentials,
            "limits": limits,
            "defaults": defaults,
            **options,
        }

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        """Check that the path accepts our kind of credentials, and build a request."""
        self.credentials.check_path(str(url))
        return build_request(super().build_request, method, joined(self._base, url), options)

    async def request(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        sent_with: Options | None = None,
        **options: Any,
    ) -> httpx.Response:
        """Build a request and send it.

        The traceback of an error is removed, because the locals of our frames may contain secrets.
        `carry_out` removes it too, but the generated client calls this method directly. The frame
        of this method comes back when the error is raised again, so its `options` are cleared.
        """
        handled = sys.exception()
        options = (sent_with or self.defaults).apply_to(options)
        try:
            if is_long(options.get("json")):
                # Imported here, because most programs send no large files.
                from anyio import to_thread

                options = await to_thread.run_sync(with_long_body, options)
            return await super().request(method, url, **options)
        except KlingError as error:
            options.clear()
            raise strip_traceback(error, handled)  # noqa: B904 (it is the same error)
        except BaseException as error:
            options.clear()
            raise strip_traceback(note_origin(error), handled)  # noqa: B904 (it is the same error)

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send one request; raise an error if it fails. A streamed reply is returned unchecked."""
        check_usable(self)
        handled = sys.exception()  # see `strip_traceback`
        began = self.clock.monotonic()
        bounds = Bounds(request, self.limits, self.clock, is_read_whole=not options.get("stream"))
        reset_token = CURRENT.set(bounds)
        try:
            refuse_private(request, bounds)
            response = await super().send(request, **options)
        except httpx.HTTPError as error:
            failure = connection_error(error, bounds)
            log_reply(request, failure, self.clock.monotonic() - began)
            raise failure from strip_traceback(error, handled)
        finally:
            CURRENT.reset(reset_token)
        log_reply(request, response, self.clock.monotonic() - began)
        if not options.get("stream") and (
            problem := error_of(response, self.clock.time(), self.credentials.mask)
        ):
            raise problem
        return response

    async def carry_out(self, steps: Steps[T], sent_with: Options | None = None) -> T:
        """Do the steps of a generator, and return what it returns."""
        handled = sys.exception()
        sent_with = sent_with or self.defaults
        resume: Callable[[], Step] = partial(next, steps)
        try:
            while True:
                try:
                    step = resume()
                except StopIteration as end:
                    value: T = end.value
                    return value
                except (KlingError, TypeError, ValueError) as error:
                    # These messages are for users, who do not need to know the place in our code.
                    name_other_region(error, self.base_url.host)
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
                        reply = await self._fetch(step, sent_with)
                    else:
                        reply = await self.request(**step.arguments, sent_with=sent_with)
                        if sent_with.on_reply:
                            sent_with.on_reply(reply)
                except BaseException as error:
                    # The steps get every error, even an interruption, and may handle it.
                    resume = partial(steps.throw, error)
                else:
                    resume = partial(steps.send, reply)
        except BaseException as error:
            throw_into(error, steps)
            raise

    async def _fetch(self, step: Fetch, sent_with: Options) -> httpx.Response:
        try:
            return await afetch(self, step, sent_with.timeout)
        except httpx.HTTPError as error:
            raise connection_error(error) from error
