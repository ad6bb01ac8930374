"""What both clients have in common: a connection with credentials."""

from kling_api import AuthenticatedClient

from kling._auth import ApiKey
from kling._http import AsyncHTTPClient, HTTPClient, raw_client


class Connected:
    """An HTTP client of ours, and the generated client over it."""

    _http: HTTPClient | AsyncHTTPClient

    def __init__(self, http: HTTPClient | AsyncHTTPClient, *, borrows_transport: bool) -> None:
        self._borrows_transport = borrows_transport
        self._http = http
        self._clock = http.clock
        self._has_api_key = isinstance(http.credentials, ApiKey)
        self._raw = raw_client(http)

    @property
    def raw(self) -> AuthenticatedClient:
        """The generated client, for the functions of `kling_api.api`.

        It has the same credentials and errors, but no rules and no waiting. `Kling` is for their
        sync functions, and `AsyncKling` for the asyncio ones.
        """
        return self._raw

    def token(self) -> str:
        """Return what stands behind "Bearer" in a request, for other HTTP clients.

        Of an access key pair it is a token that expires within half an hour.
        """
        return self._http.credentials.token()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._http.base_url}>"
