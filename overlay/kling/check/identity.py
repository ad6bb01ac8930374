"""Whether a server is a mock of ours, and which credentials it is asked with."""

import os
import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from kling.check.asking import Server, UnreachableError
from kling.check.credentials import token
from kling.check.exchanges import Ask, Reply
from kling.check.guard import Address, Place
from kling.check.inquiry import Keys
from kling.description import Spec

_IDENTITY = "/_mock/identity"


class Mock(NamedTuple):
    """What a mock of ours says of itself."""

    nonce: str
    """What it repeats in each of its replies."""
    api_key: str
    access_key: str
    secret_key: str
    as_of: str | None


def identity(where: Address, transport: Any, first: Ask) -> Mock | None:
    """Return what a mock on this machine says of itself; None if the server is no such mock.

    Args:
        where: the address of the server.
        transport: an httpx transport in place of the network, or None.
        first: a read, which the mock itself is to answer: a gateway may pass only /_mock to it.
    """
    if where.place is not Place.HERE and transport is None:
        return None
    nonce = secrets.token_hex(16)
    asking = Server(where.origin, lambda: "", transport, is_here=True, timeout=10.0, mark=nonce)
    try:
        said = asking.page(f"{where.origin}{_IDENTITY}?nonce={nonce}").json
        if not isinstance(said, dict) or said.get("kling_mock") != nonce:
            return None
        if asking.page(f"{where.url}{first.target}").mark != nonce:
            return None
    finally:
        asking.close()
    key, access, secret = (str(said.get(f"{name}_key", "")) for name in ("api", "access", "secret"))
    return Mock(nonce, key, access, secret, said.get("as_of"))


def only_of(mock: Mock) -> Callable[[Ask, Reply], None]:
    """Return what ends the check at a reply of another server: what it does may cost something."""

    def refuse_others(ask: Ask, reply: Reply) -> None:
        if reply.may_have_made and not reply.lost and reply.mark != mock.nonce:
            raise UnreachableError(
                f"{ask.operation.method} {ask.operation.path} was not answered by the kling mock "
                "that answers /_mock; a gateway that does not pass on /_mock can be checked"
            )

    return refuse_others


def keys_of(
    api_key: str | None,
    access_key: str | None,
    secret_key: str | None,
    webhook_secret: str | None,
    mock: Mock | None,
) -> Keys:
    """Return the credentials that are given, those of a mock, or those of the environment."""

    def chosen(given: str | None, variable: str, of_mock: str) -> str:
        # A key of the environment is for Kling, and none that a mock would take.
        return given if given is not None else of_mock or os.environ.get(variable, "")

    return Keys(
        chosen(api_key, "KLING_API_KEY", mock.api_key if mock else ""),
        chosen(access_key, "KLING_ACCESS_KEY", mock.access_key if mock else ""),
        chosen(secret_key, "KLING_SECRET_KEY", mock.secret_key if mock else ""),
        (webhook_secret,) if webhook_secret else (),
    )


def authorization(spec: Spec, keys: Keys) -> Callable[[], str]:
    """Return what gives the usual Authorization header.

    Raises:
        ValueError: there are no credentials.
    """
    if keys.api_key:
        return lambda: f"Bearer {keys.api_key}"
    if not keys.access_key or not keys.secret_key:
        raise ValueError(
            "no kling mock answers at this address, and another server needs credentials: set "
            "KLING_API_KEY, or KLING_ACCESS_KEY with KLING_SECRET_KEY"
        )
    return lambda: f"Bearer {token(spec, keys, time.time())}"
