"""Which credentials a client has: its arguments, or what the environment says."""

from collections.abc import Mapping

from kling._http.called_key import AsyncKeyFunction, CalledKey
from kling._http.clock import Clock
from kling._http.credentials import AccessKey, ApiKey, Credentials
from kling.errors import CredentialsError

_NAMES = ("KLING_API_KEY", "KLING_ACCESS_KEY", "KLING_SECRET_KEY")
# What other programs for Kling call the key; asked last, so that a second program changes nothing.
_NAME_OF_OTHERS = "KLINGAI_API_KEY"


def choose(
    environ: Mapping[str, str],
    *,
    api_key: str | AsyncKeyFunction | None,
    access_key: str | None,
    secret_key: str | None,
    clock: Clock,
) -> Credentials:
    """Choose credentials: arguments before the environment, then an API key before a pair.

    Raises:
        CredentialsError: there are none, or half of a pair.
        TypeError: one of the arguments is no text.
    """
    if callable(api_key):
        return CalledKey(api_key)
    arguments = {"api_key": api_key, "access_key": access_key, "secret_key": secret_key}
    for name, value in arguments.items():
        if value is not None and not isinstance(value, str):
            or_called = ", or a function that returns one" if name == "api_key" else ""
            raise TypeError(f"{name} is a text{or_called}, not {type(value).__name__}")
    given = [(value or "").strip() for value in (api_key, access_key, secret_key)]
    key, access, secret = given if any(given) else [environ.get(n, "").strip() for n in _NAMES]
    if not any((key, access, secret)):
        key = environ.get(_NAME_OF_OTHERS, "").strip()
    if key:
        return ApiKey(key)
    if access and secret:
        return AccessKey(access, secret, clock=clock)
    if access or secret:
        missing = _NAMES[2] if access else _NAMES[1]
        if any(given):
            missing = f"{missing.removeprefix('KLING_').lower()}=, beside the other argument,"
        raise CredentialsError(f"an access key pair needs both keys; {missing} is missing")
    raise CredentialsError(
        f"no credentials: set KLING_API_KEY (or {_NAME_OF_OTHERS}), or KLING_ACCESS_KEY and "
        "KLING_SECRET_KEY; in Python arguments of the same names do as well"
    )
