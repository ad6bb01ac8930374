"""Partial files: an interrupted download leaves one, and a later call may continue it."""

import errno
import os
import re
import stat
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

# A partial file is abandoned if nothing was written to it for this many seconds. The pauses before
# retries are always shorter.
_ABANDONED_AFTER = 600.0
# The end of the name of a partial file in use: the host and the process that write it, and a random
# token.
_OWNER = r"([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{8}\.part"


def is_strong(etag: str) -> bool:
    """Whether an ETag is strong, which means that it identifies every byte of the file.

    A weak ETag begins with W/.
    """
    return etag.startswith('"') and etag.isascii()


class Content(NamedTuple):
    """What the headers of a reply say about the content of a file."""

    etag: str
    modified: str
    total: int | None

    def differs_from(self, known: "Content | None") -> bool:
        """Whether the headers of two replies show that their files are different."""
        if known is None:
            return False
        # If the request has a strong ETag in If-Range, a partial reply may omit Last-Modified. So a
        # missing date is no difference then. The totals are compared only if both are known.
        compares_date = self.modified or not is_strong(self.etag)
        return (
            self.etag != known.etag
            or (compares_date and self.modified != known.modified)
            or (None not in (self.total, known.total) and self.total != known.total)
        )


class Part:
    """The partial file of one download. While a call uses it, no other call does.

    Its name contains the host and the process, so that a later call can find out whether the
    process that wrote it is still running.
    """

    def __init__(self, path: Path) -> None:
        name = os.uname().nodename if hasattr(os, "uname") else ""
        host, token = f"{zlib.crc32(name.encode()):08x}", os.urandom(4).hex()
        self._kept_path = path.with_name(f"{path.name}.part")
        self.path = path.with_name(f"{path.name}.{host}-{os.getpid()}-{token}.part")
        self.content: Content | None = None
        """What the last reply of this call says about the file."""
        self.min_total = 0
        """The whole file has at least this many bytes. Used if no reply states the total."""
        self._take_over(path, host)
        self.unverified = self.size
        """How many bytes from an earlier call still have to be compared with the server's file."""

    @property
    def size(self) -> int:
        return size_on_disk(self.path)

    def open(self) -> IO[bytes]:
        """Open the partial file to read and write.

        Raises:
            OSError: it cannot be opened, or it is a link to another file.
        """
        mode = "r+b" if self.path.exists() else "x+b"
        return open(self.path, mode, opener=_open_without_links)

    def discard(self) -> None:
        """Delete the partial file."""
        self.path.unlink(missing_ok=True)
        self.unverified = 0

    def keep_for_later(self) -> None:
        """Keep the partial file for a later call, or delete it if it is empty."""
        with suppress(OSError):
            if self.size:
                self.path.replace(self._kept_path)
            else:
                self.path.unlink(missing_ok=True)

    def _take_over(self, path: Path, host: str) -> None:
        """Take over a partial file that an earlier call kept, or that no process writes now."""
        candidates = [self._kept_path]
        with suppress(OSError), os.scandir(path.parent) as entries:
            for entry in entries:
                if not entry.name.startswith(f"{path.name}."):
                    continue
                owner = re.fullmatch(_OWNER, entry.name.removeprefix(f"{path.name}."))
                # Its process has ended, or nothing was written to it for a long time.
                if owner and (
                    (owner[1] == host and not _may_run(int(owner[2])))
                    or time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED_AFTER
                ):
                    candidates.append(path.with_name(entry.name))
        for candidate in candidates:
            with suppress(OSError):
                if _has_no_links(candidate.lstat()):
                    # Now other calls do not take it for abandoned.
                    os.utime(candidate)
                    # If several calls try to rename it, only one of them succeeds.
                    candidate.rename(self.path)
                    return


def size_on_disk(path: Path) -> int:
    """Return the size of a file in bytes; 0 if it does not exist."""
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


def _has_no_links(status: os.stat_result) -> bool:
    """Whether a file is a regular file, and not a symlink, and has only one hard link."""
    return stat.S_ISREG(status.st_mode) and status.st_nlink <= 1


def _may_run(pid: int) -> bool:
    """Whether a process of this host may still run."""
    if os.name == "nt":
        # On Windows, os.kill(pid, 0) would send a signal, so we cannot find out.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _open_without_links(path: str, flags: int) -> int:
    """Open a file like `os.open`, and refuse symlinks and files with several hard links."""
    opened = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
    if _has_no_links(os.fstat(opened)):
        return opened
    os.close(opened)
    raise OSError(errno.EMLINK, "this is a link, and downloads are not written through links", path)
