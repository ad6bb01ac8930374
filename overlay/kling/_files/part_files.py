"""What is here of a file that is not complete, and whose it is."""

import errno
import os
import re
import stat
import time
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

# Seconds without a write; no attempts that all time out take so long.
_ABANDONED = 600.0
_OWNER = r"([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{8}\.part"


def is_strong(etag: str) -> bool:
    """Whether a name stands for every byte; a weak one begins with W/."""
    return etag.startswith('"') and etag.isascii()


class Content(NamedTuple):
    """What a server says a file is."""

    etag: str
    modified: str
    total: int | None

    def is_other_than(self, known: "Content | None") -> bool:
        """Whether bytes of one do not belong to the other."""
        if known is None:
            return False
        # A part that was asked for by a strong name need not have the date too.
        dated = self.modified or not is_strong(self.etag)
        return (
            self.etag != known.etag
            or (dated and self.modified != known.modified)
            or (None not in (self.total, known.total) and self.total != known.total)
        )


class Part:
    """What is here of a file that is not complete. While a call lasts, it is that call's alone.

    Its name has the host and the process, so that who comes later knows what nobody writes now.
    """

    def __init__(self, path: Path) -> None:
        name = os.uname().nodename if hasattr(os, "uname") else ""
        host, token = f"{zlib.crc32(name.encode()):08x}", os.urandom(4).hex()
        self._left = path.with_name(f"{path.name}.part")
        self.path = path.with_name(f"{path.name}.{host}-{os.getpid()}-{token}.part")
        self.content: Content | None = None
        """What the server said it is, in this call."""
        self.least = 0
        """Bytes that it surely has, if the server never said how many it has."""
        self._take_over(path, host)
        self.unproven = self.size
        """Bytes that an earlier call left, which may be of another content; 0 if that is known."""

    @property
    def size(self) -> int:
        return size_of(self.path)

    def open(self) -> IO[bytes]:
        """Open it to read and write.

        Raises:
            OSError: it cannot be opened, or is a link, and what would be written is another file.
        """
        mode = "r+b" if self.path.exists() else "x+b"
        return open(self.path, mode, opener=_not_linked)

    def drop(self) -> None:
        """Begin anew."""
        self.path.unlink(missing_ok=True)
        self.unproven = 0

    def leave(self) -> None:
        """Leave it to a later call, unless it is empty."""
        with suppress(OSError):
            if self.size:
                self.path.replace(self._left)
            else:
                self.path.unlink(missing_ok=True)

    def _take_over(self, path: Path, host: str) -> None:
        found = [self._left]
        with suppress(OSError), os.scandir(path.parent) as entries:
            for entry in entries:
                before, _, after = entry.name.partition(f"{path.name}.")
                match = None if before else re.fullmatch(_OWNER, after)
                if match and (
                    (match[1] == host and not _is_alive(int(match[2])))
                    or time.time() - entry.stat(follow_symlinks=False).st_mtime > _ABANDONED
                ):
                    found.append(path.with_name(entry.name))
        for one in found:
            with suppress(OSError):
                if _is_alone(one.lstat()):
                    os.utime(one)
                    # Of several that want it, one succeeds.
                    one.rename(self.path)
                    return


def size_of(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def check_space(path: Path, needed: int) -> None:
    """Look whether a file of so many bytes has room, before it is written.

    Raises:
        OSError: it has not.
    """
    import shutil

    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        # Some file systems do not tell.
        return
    if needed > free:
        told = f"{path.name} needs {needed} bytes, and only {free} are free"
        raise OSError(errno.ENOSPC, told, str(path.parent))


def _is_alone(status: os.stat_result) -> bool:
    """Whether this is a file with no other name; a symlink is no file."""
    return stat.S_ISREG(status.st_mode) and status.st_nlink <= 1


def _is_alive(pid: int) -> bool:
    """Whether a process of this host may still run."""
    if os.name == "nt":
        # There, to ask is to send a signal.
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _not_linked(path: str, flags: int) -> int:
    opened = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)
    if _is_alone(os.fstat(opened)):
        return opened
    os.close(opened)
    raise OSError(errno.EMLINK, "this is a link, and no download is written through it", path)
