"""Keeps the certificates of the mock, in a folder that only its user can read."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kling.mock._listening.certificates import Authority, Identity, expiry, is_usable


class Files(NamedTuple):
    """The files with the certificates and the key of a mock."""

    authority: Path
    """The certificate that clients must trust."""
    server: Path
    """The key and the certificate of the mock; only its user can read the file."""
    expires: datetime


def load_or_create(hosts: Collection[str], more: Collection[str] = ()) -> Files:
    """Return the files of a mock for these hosts; create them if they are missing or expire soon.

    Args:
        hosts: the hosts that are the same for all mocks.
        more: further hosts of this mock. If there are any, the mock needs another authority,
            because clients trust an authority only for its hosts. Its files are in a separate
            folder, so that they do not replace the shared authority, which clients of other mocks
            trust.

    Raises:
        OSError: the folder cannot be used.
        ValueError: a host is not valid in a certificate.
    """
    folder = data_folder() / "kling-openapi" / "mock-tls"
    if more:
        folder /= sha256(" ".join(sorted(more)).encode()).hexdigest()[:12]
    try:
        with _locked(folder):
            return _load_or_renew(folder, sorted({*hosts, *more}), datetime.now(UTC))
    except OSError as error:
        reason = error.strerror or str(error)
        raise OSError(
            f"the certificates of the mock cannot be kept in {folder}: {reason}; "
            "set XDG_DATA_HOME to a folder that you can write to"
        ) from error


def data_folder() -> Path:
    """Return the folder in which programs keep the data of this user, on this platform.

    Raises:
        OSError: the user has no home folder.
    """
    # The XDG specification says that programs must ignore a relative path.
    if (given := Path(os.environ.get("XDG_DATA_HOME", ""))).is_absolute():
        return given
    try:
        home = Path.home()
    except RuntimeError as error:
        raise OSError(f"{error} Set XDG_DATA_HOME to a folder that you can write to.") from error
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return home / ".local" / "share"


def _load_or_renew(folder: Path, hosts: list[str], now: datetime) -> Files:
    authority, server = folder / "ca.pem", folder / "server.pem"
    identity = Identity(_content(authority), _content(server))
    if not is_usable(identity, hosts, now):
        identity = Authority(hosts, now).identity(hosts)
        _write(server, identity.server)
        _write(authority, identity.authority)
    return Files(authority, server, expiry(identity))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _write(path: Path, content: bytes) -> None:
    """Replace a file atomically. Other users can never read it."""
    descriptor, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Make the folder private to the user, and lock it against other processes."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with (folder / "lock").open("ab") as file:
        lock = _lock_function()
        lock(file.fileno())
        # The lock ends when the file is closed, which also happens if the process is killed.
        yield


def _lock_function() -> Callable[[int], None]:
    """Return a function that locks a file, as soon as no other process has locked it."""
    if sys.platform == "win32":
        import msvcrt

        return lambda descriptor: msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    import fcntl

    return lambda descriptor: fcntl.flock(descriptor, fcntl.LOCK_EX)
