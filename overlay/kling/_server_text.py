"""Make text that comes from outside (a server, a callback, a file) safe to show."""

import re

_MAX_MESSAGE_CHARACTERS = 2000
# A word that is longer than every id may be a part of an image in base64.
_LONG_WORD = re.compile(r"[\w+/=%\\-]{65,}", re.ASCII)
# These characters move a terminal's cursor, break a line of a log, or reverse the direction of
# text. Lone surrogates cannot be printed at all.
_CONTROL_CHARACTERS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def is_unicode(text: str) -> bool:
    """Whether a text can be sent or written as UTF-8. A text with a lone surrogate cannot."""
    return text.isascii() or not _SURROGATE.search(text)


def shortened(message: object) -> str:
    """Return the beginning of a message, with "..." in place of words that may be media."""
    return _LONG_WORD.sub("...", str(message or "")[:_MAX_MESSAGE_CHARACTERS])


def visible(text: str) -> str:
    r"""Return a text with its control characters escaped, such as \x1b for an escape."""
    return _CONTROL_CHARACTERS.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def note(error: BaseException, text: str) -> None:
    """Add a note to an error. Control characters are escaped, because a server may send them."""
    error.add_note(visible(text))


def escaped(json_text: str) -> str:
    """Return JSON with the control characters in its strings escaped.

    Line breaks stay, because in valid JSON they are only between the values, never in a string.
    """
    return _CONTROL_CHARACTERS.sub(
        lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", json_text
    )
