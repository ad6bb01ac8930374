"""How a mock is reached over https: by which names, and how programs come to trust it."""

import os
import shlex
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kling.description import load, servers_of_dialects

if TYPE_CHECKING:
    from kling.mock._listening.certificate_files import Files

LOCAL = ("127.0.0.1", "::1", "localhost")
_EVERY = ("", "0.0.0.0", "::")  # noqa: S104 (what a host is compared with)


def identity(names: Collection[str]) -> "Files":
    """Return the certificates of a mock that is reached by these names, and by Kling's.

    Raises:
        ModuleNotFoundError: there is no cryptography, which is in the extra `tls`.
        OSError: they cannot be kept.
        ValueError: one of the names cannot be written in a certificate.
    """
    # Only here, for a mock without https does not need cryptography.
    from kling.mock._listening.certificate_files import kept

    always = {*LOCAL, *kling_hosts()}
    return kept(always, {*map(_ascii, names)} - always - {*_EVERY})


def kling_hosts() -> list[str]:
    """Return the hosts of the description, and of each of its dialects."""
    others = (urlsplit(url).hostname for url in servers_of_dialects())
    return sorted({*load().hosts, *filter(None, others)})


def trusting(files: "Files") -> Iterator[str]:
    """Yield a line for each language: how its programs come to trust the mock, and nothing more."""
    path = str(files.authority)
    quoted = f'"{path}"' if os.name == "nt" else shlex.quote(path)
    yield f"certificate authority {quoted}, until {files.expires:%Y-%m-%d}"
    yield "  is trusted by a program that is started with"
    yield f"    Node               NODE_EXTRA_CA_CERTS={quoted}"
    yield f"    curl               --cacert {quoted}"
    yield f"    Python             SSL_CERT_FILE={quoted}"
    yield f"    Python requests    REQUESTS_CA_BUNDLE={quoted}"
    yield f"    Go, on Linux       SSL_CERT_FILE={quoted}"


def _ascii(host: str) -> str:
    try:
        return host.lower().rstrip(".").encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"{host} is no name of a host for a certificate") from error
