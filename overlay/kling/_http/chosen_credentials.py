"""Choosing the credentials of a client from its arguments or from the environment."""

from collections.abc import Mapping

from kling._http.clock import Clock
from kling._http.credentials import AccessKey, ApiKey, Credentials
from kling._http.key_functions import AsyncKeyFunction, FunctionKey
from kling.errors import CredentialsError

_VARIABLES = ("KLING_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY")
# Other programs for Kling use this variable. We read it only if none of our variables is set. So a
# user can set it for those programs without changing the key that we use.
_FOREIGN_VARIABLE = "KLINGAI_API_KEY"


def choose_credentials(
    environ: Mapping[str, str],
    *,
    api_key: str | AsyncKeyFunction | None,
    access_key: str | None,
    secret_key: str | None,
    clock: Clock,
) -> Credentials:
    """Choose the credentials of a client.

    Arguments have precedence over the environment, and an API key over an access key pair.

    Raises:
        CredentialsError: there are no credentials, or only half of a key pair.
        TypeError: an argument is not a string.
    """
    if callable(api_key):
        return FunctionKey(api_key)
    arguments = {"api_key": api_key, "access_key": access_key, "secret_key": secret_key}
    for name, value in arguments.items():
        if value is not None and not isinstance(value, str):
            or_function = ", or a function that returns one" if name == "api_key" else ""
            raise TypeError(f"{name} must be a string{or_function}, not {type(value).__name__}")
    # If there is any argument, the variables are not read, so a key pair never has keys of both.
    given = [(value or "").strip() for value in (api_key, access_key, secret_key)]
    key, access, secret = (
        given if any(given) else [environ.get(name, "").strip() for name in _VARIABLES]
    )
    if not any((key, access, secret)):
        key = environ.get(_FOREIGN_VARIABLE, "").strip()
    if key:
        return ApiKey(key)
    if access and secret:
        return AccessKey(access, secret, clock=clock)
    if access or secret:
        name = "secret_key" if access else "access_key"
        missing = f"the argument {name}" if any(given) else f"KLING_{name.upper()}"
        raise CredentialsError(f"an access key pair needs both keys; {missing} is missing")
    raise CredentialsError(
        f"no credentials: in the environment, set KLING_API_KEY (or {_FOREIGN_VARIABLE}), or both "
        "KLING_ACCESS_KEY and KLING_SECRET_KEY"
    )
