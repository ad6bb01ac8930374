"""Reading a file in base64 without decoding all of it."""

import binascii
import io
from typing import Any


class Base64File(io.RawIOBase):
    """A file whose content is given as base64. Only the parts that are read are decoded."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        # Each group of four characters encodes three bytes, minus one for each = at the end.
        self.size = len(text) // 4 * 3 - text[-2:].count("=")

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in the decoded file."""
        # SEEK_SET is 0, SEEK_CUR is 1, and SEEK_END is 2.
        base = (0, self._position, self.size)[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Decode the next bytes into a buffer.

        Raises:
            ValueError: the text is not base64.
        """
        first_group, skipped = divmod(self._position, 3)
        # As many groups as contain the skipped and the wanted bytes, rounded up.
        groups = (skipped + len(buffer) + 2) // 3
        try:
            part = self._text[first_group * 4 : (first_group + groups) * 4].encode("ascii")
            decoded = binascii.a2b_base64(part, strict_mode=True)
        except (UnicodeEncodeError, binascii.Error) as error:
            raise ValueError("not base64") from error
        data = decoded[skipped : skipped + len(buffer)]
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
