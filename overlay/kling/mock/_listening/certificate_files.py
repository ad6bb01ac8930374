"""Where the certificates of the mock are kept: in a folder that its user alone can read."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kling.mock._listening.certificates import Authority, Identity, expiry, is_fit


class Files(NamedTuple):
    """The files of an identity."""

    authority: Path
    """What clients are to trust."""
    server: Path
    """The key and the certificate of the mock; only its user can read it."""
    expires: datetime


def kept(hosts: Collection[str], more: Collection[str] = ()) -> Files:
    """Return the files of the identity for these hosts, made anew unless it is there and fit.

    Args:
        hosts: the ones that every mock has.
        more: the ones of this mock; with any, it has a folder of its own, for a change of hosts
            takes the trust away from those mocks that are running.

    Raises:
        OSError: the folder cannot be used.
        ValueError: one of the hosts cannot be written in a certificate.
    """
    folder = data_folder() / "kling-openapi" / "mock-tls"
    if more:
        folder /= sha256(" ".join(sorted(more)).encode()).hexdigest()[:12]
    try:
        with _held(folder):
            return _fit(folder, sorted({*hosts, *more}), datetime.now(UTC))
    except OSError as error:
        reason = error.strerror or str(error)
        raise OSError(
            f"the certificates of the mock cannot be kept in {folder}: {reason}; "
            "set XDG_DATA_HOME to a folder of yours"
        ) from error


def data_folder() -> Path:
    """Return where programs keep the data of this user, as the platform has it.

    Raises:
        OSError: this user has no home folder.
    """
    # As its specification says, a relative path counts for nothing.
    if (given := Path(os.environ.get("XDG_DATA_HOME", ""))).is_absolute():
        return given
    try:
        home = Path.home()
    except RuntimeError as error:
        raise OSError(f"{error} Set XDG_DATA_HOME to a folder of yours.") from error
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return home / ".local" / "share"


def _fit(folder: Path, hosts: list[str], now: datetime) -> Files:
    authority, server = folder / "ca.pem", folder / "server.pem"
    found = Identity(_content(authority), _content(server))
    if not is_fit(found, hosts, now):
        found = Authority(hosts, now).identity(hosts)
        _write(server, found.server)
        _write(authority, found.authority)
    return Files(authority, server, expiry(found))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _write(path: Path, content: bytes) -> None:
    """Replace a file at once; from its first byte its user alone can read it."""
    descriptor, name = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Let nobody else into the folder, which is made, and closed to other users."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with (folder / "lock").open("ab") as file:
        _lock()(file.fileno())
        # The end of the process, whatever it is, unlocks it too.
        yield


def _lock() -> Callable[[int], None]:
    """Return how a file is locked here; it waits for whoever has locked it."""
    if sys.platform == "win32":
        import msvcrt

        return lambda descriptor: msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    import fcntl

    return lambda descriptor: fcntl.flock(descriptor, fcntl.LOCK_EX)
