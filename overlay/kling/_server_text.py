"""Text from outside, made fit to be shown: what a server, a callback or a file says."""

import re

# Characters of a message that are shown.
_LONGEST_MESSAGE = 2000
# Longer than any id.
_TOO_LONG = re.compile(r"[\w+/=%\\-]{65,}", re.ASCII)
# What moves a terminal's cursor, breaks a line of a log, or turns text around; and halves of pairs
# of surrogates, which cannot be printed at all.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


# One of them alone is no character, and cannot be encoded.
_HALF_OF_A_PAIR = re.compile("[\ud800-\udfff]")


def is_unicode(text: str) -> bool:
    """Whether a text has no half of a pair of surrogates, so that it can be sent or written."""
    return text.isascii() or not _HALF_OF_A_PAIR.search(text)


def shortened(message: object) -> str:
    """Return what a reply says, without words so long that they may quote a picture."""
    return _TOO_LONG.sub("...", str(message or "")[:_LONGEST_MESSAGE])


def visible(text: str) -> str:
    """Return a text with its control characters written out, an escape as backslash and x1b."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def note(error: BaseException, text: str) -> None:
    """Add a note to an error, which may quote what a server says."""
    error.add_note(visible(text))


def escaped(json_text: str) -> str:
    """Return JSON with its control characters as JSON writes them; line breaks outside stay."""
    return _UNSEEN.sub(
        lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", json_text
    )
