"""Partial files: what an interrupted download leaves, and which call may write it."""

import errno
import os
import re
import stat
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

# A partial file without a write for this many seconds is abandoned; retries never take that long.
_ABANDONED_AFTER = 600.0
_OWNER = r"([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{8}\.part"


def is_strong(etag: str) -> bool:
    """Whether an ETag identifies every byte; a weak one begins with W/."""
    return etag.startswith('"') and etag.isascii()


class Content(NamedTuple):
    """What the headers of a reply say about the content of a file."""

    etag: str
    modified: str
    total: int | None

    def differs_from(self, known: "Content | None") -> bool:
        """Whether this is, by the headers, the content of a different file."""
        if known is None:
            return False
        # A partial reply to a strong If-Range may leave out Last-Modified.
        compares_date = self.modified or not is_strong(self.etag)
        return (
            self.etag != known.etag
            or (compares_date and self.modified != known.modified)
            or (None not in (self.total, known.total) and self.total != known.total)
        )


class Part:
    """The partial file of one download. During a call, no other call uses it.

    Its name contains the host and the process, so that a later call can see whether the process
    that wrote it still runs.
    """

    def __init__(self, path: Path) -> None:
        name = os.uname().nodename if hasattr(os, "uname") else ""
        host, token = f"{zlib.crc32(name.encode()):08x}", os.urandom(4).hex()
        self._kept_path = path.with_name(f"{path.name}.part")
        self.path = path.with_name(f"{path.name}.{host}-{os.getpid()}-{token}.part")
        self.content: Content | None = None
        """What the headers of the server said in this call."""
        self.min_total = 0
        """The least number of bytes of the whole file, for a server that never states the total."""
        self._take_over(path, host)
        self.unverified = self.size
        """Bytes from an earlier call that may belong to a different file; 0 once they are known to
        belong to this one."""

    @property
    def size(self) -> int:
        return size_on_disk(self.path)

    def open(self) -> IO[bytes]:
        """Open the partial file to read and write.

        Raises:
            OSError: it cannot be opened, or it is a link to another file.
        """
        mode = "r+b" if self.path.exists() else "x+b"
        return open(self.path, mode, opener=_open_unlinked)

    def discard(self) -> None:
        """Delete the partial file."""
        self.path.unlink(missing_ok=True)
        self.unverified = 0

    def keep_for_later(self) -> None:
        """Leave the partial file to a later call, or delete it if it is empty."""
        with suppress(OSError):
            if self.size:
                self.path.replace(self._kept_path)
            else:
                self.path.unlink(missing_ok=True)

    def _take_over(self, path: Path, host: str) -> None:
        """Take over a partial file that an earlier call kept, or that nobody writes any more."""
        found = [self._kept_path]
        with suppress(OSError), os.scandir(path.parent) as entries:
            for entry in entries:
                before, _, after = entry.name.partition(f"{path.name}.")
                owner = None if before else re.fullmatch(_OWNER, after)
                if owner and (
                    (owner[1] == host and not _may_run(int(owner[2])))
                    or time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED_AFTER
                ):
                    found.append(path.with_name(entry.name))
        for candidate in found:
            with suppress(OSError):
                if _has_one_name(candidate.lstat()):
                    os.utime(candidate)
                    # If several calls try this, it succeeds for one of them.
                    candidate.rename(self.path)
                    return


def size_on_disk(path: Path) -> int:
    """Return the bytes of a file; 0 if it does not exist."""
    return path.stat().st_size if path.is_file() else 0


def check_space(path: Path, needed: int) -> None:
    """Check that the disk has room for a file before it is written.

    Args:
        path: the file.
        needed: bytes to write.

    Raises:
        OSError: the disk does not have enough room.
    """
    import shutil

    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        # Some file systems do not say how much is free.
        return
    if needed > free:
        text = f"{path.name} needs {needed} bytes, but only {free} are free"
        raise OSError(errno.ENOSPC, text, str(path.parent))


def _has_one_name(status: os.stat_result) -> bool:
    """Whether this is a regular file without further hard links, and not a symlink."""
    return stat.S_ISREG(status.st_mode) and status.st_nlink <= 1


def _may_run(pid: int) -> bool:
    """Whether a process of this host may still run."""
    if os.name == "nt":
        # On Windows, os.kill(pid, 0) would send a signal.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _open_unlinked(path: str, flags: int) -> int:
    opened = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
    if _has_one_name(os.fstat(opened)):
        return opened
    os.close(opened)
    raise OSError(errno.EMLINK, "this is a link, and downloads are not written through links", path)
