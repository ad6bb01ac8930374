"""Signatures of callbacks, according to Standard Webhooks."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from kling.description import Spec


class Signer:
    """Signs each callback with all secrets of the account; during a rotation there are several.

    Args:
        spec: the description.
        webhook_secrets: the secrets; if there are none, callbacks are not signed.

    Raises:
        ValueError: the secrets are not a list, or one of them has the wrong form.
    """

    def __init__(self, spec: Spec, webhook_secrets: Sequence[str] = ()) -> None:
        parameter = spec.document["components"]["parameters"]["WebhookSignature"]
        self._scheme = parameter["x-kling-signature"]
        self._keys: list[bytes] = []
        self.set(webhook_secrets)

    def set(self, webhook_secrets: Sequence[str]) -> None:
        """Replace the secrets.

        Raises:
            ValueError: the secrets are not a list, or one has the wrong form; nothing is changed.
        """
        if isinstance(webhook_secrets, str):
            raise ValueError(
                f'webhook secrets must be a list, such as ["{self._scheme["prefix"]}..."]'
            )
        self._keys = [self._key(secret.strip()) for secret in webhook_secrets]

    @property
    def count(self) -> int:
        """How many secrets there are."""
        return len(self._keys)

    def headers(self, body: bytes, now: float) -> dict[str, str]:
        """Return the headers that sign a callback; empty if there are no secrets."""
        if not self._keys:
            return {}
        delivery_id, timestamp = str(secrets.randbits(63)), str(int(now))
        signed = b".".join((delivery_id.encode(), timestamp.encode(), body))
        digests = (hmac.digest(key, signed, hashlib.sha256) for key in self._keys)
        version = self._scheme["version"]
        signatures = (f"{version},{base64.b64encode(digest).decode()}" for digest in digests)
        return {
            "webhook-id": delivery_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": " ".join(signatures),
        }

    def _key(self, secret: str) -> bytes:
        prefix = self._scheme["prefix"]
        try:
            text = secret.removeprefix(prefix)
            key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        except (binascii.Error, ValueError):
            key = b""
        if not key or not secret.startswith(prefix):
            raise ValueError(
                f'a webhook secret must be "{prefix}" followed by base64; '
                "one of the given secrets is not"
            )
        return key
