"""Provides the client with which a batch sends its requests."""

from typing import Any

from kling._client import AsyncKling


class ClientSource:
    """A client, or a function that makes one; checked before anything is sent.

    Args:
        given: an AsyncKling, or a function that returns one. If it is None, `open` makes a client
            with the credentials of the environment.

    Raises:
        TypeError: the argument has another type.
        ValueError: the client has a budget.
    """

    def __init__(self, given: Any) -> None:
        if given is not None and not callable(given):
            _check(given)
        self._given = given

    def open(self) -> tuple[AsyncKling, bool]:
        """Return the client, and whether the batch must close it.

        Call it within the event loop that uses the client.

        Raises:
            TypeError: the function did not return an AsyncKling.
            ValueError: the client that the function returned has a budget.
            CredentialsError: the environment does not have credentials.
        """
        if self._given is None:
            return AsyncKling(), True
        if isinstance(self._given, AsyncKling):
            return self._given, False
        return _check(self._given()), True


def _check(client: object) -> AsyncKling:
    """Return the client, if a batch can use it.

    Raises:
        TypeError: it is not an AsyncKling.
        ValueError: it has a budget.
    """
    if not isinstance(client, AsyncKling):
        kind = type(client).__name__
        raise TypeError(
            f"the client must be an AsyncKling, or a function that returns one, not {kind}"
        )
    if client.budget is not None:
        raise ValueError(
            "the client has a budget; give the budget to the batch, which keeps it in its state"
        )
    return client
