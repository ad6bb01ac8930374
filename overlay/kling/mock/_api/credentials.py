"""Checks the credentials of a request."""

from dataclasses import dataclass
from typing import Any

import jwt

from kling.mock._exchange import Refused


@dataclass(frozen=True, slots=True)
class Keys:
    """The credentials that the mock accepts. They are public, and worthless anywhere else."""

    api_key: str = "mock-api-key"
    access_key: str = "mock-access-key"
    secret_key: str = "mock-secret-key-of-32-bytes-or-more"  # noqa: S105 (public)

    def check(self, header: str, now: float, algorithm: str, *, key_only: bool = False) -> None:
        """Accept the bearer token of an Authorization header, or refuse it.

        Args:
            header: the Authorization header.
            now: the time by which the caller signs tokens, in Unix seconds.
            algorithm: the algorithm that signs tokens.
            key_only: whether only API keys are accepted.

        Raises:
            Refused: a code from 1001 to 1004.
        """
        if not header.strip():
            raise Refused(1001)
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Refused(
                1002, 'the Authorization header must be "Bearer", one space and the token'
            )
        if token != self.api_key:
            if key_only:
                # Kling says that only API keys are accepted, even if this is a wrong API key.
                raise Refused(1002, event="only-api-keys")
            self._check_token(token, now, algorithm)

    def _check_token(self, token: str, now: float, algorithm: str) -> None:
        if (dots := token.count(".")) != 2:
            # Kling treats everything that is not one of its API keys as a token.
            # Its message states the number of parts; 0 if there is no dot.
            parts = dots + 1 if dots else 0
            raise Refused(1002, event="bad-token", parts=parts)
        claims = self._claims(token, algorithm)
        if claims["nbf"] > now:
            raise Refused(1003)
        if claims["exp"] <= now:
            raise Refused(1004)

    def _claims(self, token: str, algorithm: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self.secret_key,
                algorithms=[algorithm],
                options={
                    "require": ["iss", "exp", "nbf"],
                    # The mock compares these times itself, with its own clock.
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except jwt.PyJWTError as error:
            raise Refused(1002, f"the token is not valid: {error}") from error
        if claims["iss"] != self.access_key:
            raise Refused(1002, "the token is not valid: iss is not the access key of the mock")
        for name in ("exp", "nbf"):
            if isinstance(claims[name], bool) or not isinstance(claims[name], int | float):
                raise Refused(1002, f"the token is not valid: {name} is not a number")
        return claims
