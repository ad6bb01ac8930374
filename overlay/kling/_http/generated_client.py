"""The generated client over one of our HTTP clients."""

from dataclasses import replace
from typing import Any

import httpx
from kling_api import AuthenticatedClient

from kling._http.call_options import Options
from kling._http.clients import AsyncHTTPClient, HTTPClient


class RawClient(AuthenticatedClient):
    """The generated client, over one of our HTTP clients, which `httpx_args` has as "parent".

    In two cases, AuthenticatedClient itself would create an httpx client without our credentials:

    - After with_headers, with_cookies or with_timeout, this class creates one of our clients.
    - If a sync function gets an async client, or an async function gets a sync client, this class
      raises TypeError.
    """

    def get_httpx_client(self) -> httpx.Client:
        parent = self._httpx_args["parent"]
        if not isinstance(parent, HTTPClient):
            raise TypeError(
                "AsyncKling.raw works only with asyncio functions; sync functions need Kling.raw"
            )
        # `parent` is not stored in `_client`, because with_headers, with_cookies and with_timeout
        # change the client that is stored there.
        if not self._is_changed:
            return parent
        if self._client is None:
            self._client = HTTPClient(**self._changed_options(parent))
        return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        parent = self._httpx_args["parent"]
        if not isinstance(parent, AsyncHTTPClient):
            raise TypeError(
                "Kling.raw works only with sync functions; asyncio functions need AsyncKling.raw"
            )
        if not self._is_changed:
            return parent
        if self._async_client is None:
            self._async_client = AsyncHTTPClient(**self._changed_options(parent))
        return self._async_client

    @property
    def _is_changed(self) -> bool:
        return bool(self._headers or self._cookies or self._timeout)

    def _changed_options(self, parent: HTTPClient | AsyncHTTPClient) -> dict[str, Any]:
        made_with = dict(parent.made_with)
        if self._headers:
            # The new headers replace default headers with the same name.
            names = {name.lower() for name in self._headers}
            defaults: Options = made_with["defaults"]
            kept = {name: value for name, value in defaults.headers.items() if name not in names}
            made_with["defaults"] = replace(defaults, headers=kept)
            made_with["headers"] = {**made_with["headers"], **self._headers}
        changes = {"cookies": self._cookies, "timeout": self._timeout}
        return made_with | {name: value for name, value in changes.items() if value}
