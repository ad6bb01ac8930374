"""What a server says, made fit to be shown."""

import re

# Characters of a message that are shown.
_LONGEST_MESSAGE = 2000
# Longer than any id.
_TOO_LONG = re.compile(r"[\w+/=%\\-]{65,}", re.ASCII)


def shortened(message: object) -> str:
    """Return what a reply says, without words so long that they may quote a picture."""
    return _TOO_LONG.sub("...", str(message or "")[:_LONGEST_MESSAGE])
