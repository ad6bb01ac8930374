"""Whether a server is a mock of this project, and which credentials the check uses."""

import os
import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from kling.check.credentials import token
from kling.check.exchanges import Reply, Request
from kling.check.guard import Address, Place
from kling.check.inquiry import Keys
from kling.check.server import Server, UnreachableError
from kling.description import Spec

_IDENTITY = "/_mock/identity"


class MockIdentity(NamedTuple):
    """How a mock of this project identifies itself."""

    nonce: str
    """A random text that the mock repeats in each of its replies."""
    api_key: str
    access_key: str
    secret_key: str
    as_of: str | None
    """The date that decides which models are retired in the mock, such as 2026-09-20."""


def identity(where: Address, transport: Any, probe: Request) -> MockIdentity | None:
    """Return the identity of a mock on this machine; None if the server is not a mock.

    Args:
        where: the address of the server.
        transport: an httpx transport to use instead of the network, or None.
        probe: a read of the API. It must reach the mock too. If a gateway forwards only the paths
            below /_mock to the mock, the server does not count as a mock.
    """
    # Only a server on this machine, or behind a transport in this process, is asked.
    if where.place is not Place.HERE and transport is None:
        return None
    nonce = secrets.token_hex(16)
    server = Server(where.origin, lambda: "", transport, is_here=True, timeout=10.0, nonce=nonce)
    try:
        answer = server.page(f"{where.origin}{_IDENTITY}?nonce={nonce}").json
        if not isinstance(answer, dict) or answer.get("kling_mock") != nonce:
            return None
        if server.page(f"{where.url}{probe.target}").nonce != nonce:
            return None
    finally:
        server.close()
    return MockIdentity(
        nonce=nonce,
        api_key=str(answer.get("api_key", "")),
        access_key=str(answer.get("access_key", "")),
        secret_key=str(answer.get("secret_key", "")),
        as_of=answer.get("as_of"),
    )


def stop_at_other_servers(mock: MockIdentity) -> Callable[[Request, Reply], None]:
    """Return a function that ends the check if a server other than the mock accepts a request."""

    def refuse_others(request: Request, reply: Reply) -> None:
        if reply.may_have_created and not reply.lost and reply.nonce != mock.nonce:
            name = f"{request.operation.method} {request.operation.path}"
            raise UnreachableError(
                f"a kling mock answers /_mock at this address, but another server answered {name} "
                "and may charge for it; a gateway must send /_mock and the API to the same server"
            )

    return refuse_others


def chosen_keys(
    api_key: str | None,
    access_key: str | None,
    secret_key: str | None,
    webhook_secret: str | None,
    mock: MockIdentity | None,
) -> Keys:
    """Return the credentials of the check.

    A given key comes first, then the key of the mock, then the key in the environment.
    """

    def chosen(given: str | None, variable: str, of_mock: str) -> str:
        if given is not None:
            return given
        # The keys in the environment are for Kling. A mock would refuse them.
        return of_mock or os.environ.get(variable, "")

    return Keys(
        chosen(api_key, "KLING_API_KEY", mock.api_key if mock else ""),
        chosen(access_key, "KLING_ACCESS_KEY", mock.access_key if mock else ""),
        chosen(secret_key, "KLING_SECRET_KEY", mock.secret_key if mock else ""),
        (webhook_secret,) if webhook_secret else (),
    )


def authorization(spec: Spec, keys: Keys) -> Callable[[], str]:
    """Return a function that makes the default Authorization header.

    Raises:
        ValueError: the credentials are missing.
    """
    if keys.api_key:
        return lambda: f"Bearer {keys.api_key}"
    if not keys.access_key or not keys.secret_key:
        raise ValueError(
            "there is no kling mock at this address, and any other server needs credentials: set "
            "KLING_API_KEY, or KLING_ACCESS_KEY with KLING_SECRET_KEY"
        )
    return lambda: f"Bearer {token(spec, keys, time.time())}"
