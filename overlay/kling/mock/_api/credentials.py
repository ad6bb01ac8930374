"""Whether a caller may come in."""

from dataclasses import dataclass
from typing import Any

import jwt

from kling.mock._exchange import Refused


@dataclass(frozen=True, slots=True)
class Keys:
    """The credentials that the mock takes; no secret, and not for anything real."""

    api_key: str = "mock-api-key"
    access_key: str = "mock-access-key"
    secret_key: str = "mock-secret-key-of-32-bytes-or-more"  # noqa: S105 (public)

    def check(self, header: str, now: float, algorithm: str, *, key_only: bool = False) -> None:
        """Let the bearer of an Authorization header pass, or refuse.

        Args:
            header: the header.
            now: the date in Unix seconds by the clock of whoever signs tokens.
            algorithm: what tokens are signed with.
            key_only: whether only API keys are taken.

        Raises:
            Refused: with code 1001 to 1004.
        """
        if not header.strip():
            raise Refused(1001)
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Refused(1002, "the Authorization header must be: Bearer, one space, the token")
        if token != self.api_key:
            if key_only:
                # To a wrong key the service says the same.
                raise Refused(1002, event="only-api-keys")
            self._check_token(token, now, algorithm)

    def _check_token(self, token: str, now: float, algorithm: str) -> None:
        if (dots := token.count(".")) != 2:
            # The service takes everything for a token that is no key of its own.
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
                    # The mock's own clock says what is too early and what is too late.
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except jwt.PyJWTError as error:
            raise Refused(1002, f"the token is not valid: {error}") from error
        if claims["iss"] != self.access_key:
            raise Refused(1002, "the token is not valid: iss is no access key of the mock")
        for name in ("exp", "nbf"):
            if isinstance(claims[name], bool) or not isinstance(claims[name], int | float):
                raise Refused(1002, f"the token is not valid: {name} is no number")
        return claims
