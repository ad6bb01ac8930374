"""The names of a mock with https, and instructions for programs that are to trust it."""

import os
import shlex
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kling.description import load, servers_of_dialects

if TYPE_CHECKING:
    from kling.mock._listening.certificate_files import Files

LOCAL = ("127.0.0.1", "::1", "localhost")
# With these a server listens on all addresses. They are not names that a client can use.
_ANY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104 (what a host is compared with)


def identity(names: Collection[str]) -> "Files":
    """Return the certificates of a mock for these names, the local names and Kling's hosts.

    Raises:
        ModuleNotFoundError: the package cryptography, of the extra `tls`, is not installed.
        OSError: the certificates cannot be written.
        ValueError: a name is not valid in a certificate.
    """
    # Imported here, because a mock without https does not need cryptography.
    from kling.mock._listening.certificate_files import load_or_create

    always = {*LOCAL, *kling_hosts()}
    further = {*map(_ascii, names)} - always - {*_ANY_ADDRESS}
    return load_or_create(always, further)


def kling_hosts() -> list[str]:
    """Return the hosts of the description and of its dialects."""
    dialect_hosts = (urlsplit(url).hostname for url in servers_of_dialects())
    return sorted({*load().hosts, *filter(None, dialect_hosts)})


def trust_instructions(files: "Files") -> Iterator[str]:
    """Yield lines that say how to make programs in each language trust the mock."""
    path = str(files.authority)
    quoted = f'"{path}"' if os.name == "nt" else shlex.quote(path)
    yield f"certificate authority {quoted}, valid until {files.expires:%Y-%m-%d}"
    yield "  to make a program trust it, start it with"
    yield f"    Node               NODE_EXTRA_CA_CERTS={quoted}"
    yield f"    curl               --cacert {quoted}"
    yield f"    Python             SSL_CERT_FILE={quoted}"
    yield f"    Python requests    REQUESTS_CA_BUNDLE={quoted}"
    yield f"    Go, on Linux       SSL_CERT_FILE={quoted}"


def _ascii(host: str) -> str:
    try:
        return host.lower().rstrip(".").encode("idna").decode()
    except UnicodeError as error:
        raise ValueError(f"{host} is not a host name that a certificate can contain") from error
