"""What a media file says about itself: format, dimensions, length and codec."""

from kling._media.base64_file import Base64File
from kling._media.media_facts import MediaFacts, read_facts

__all__ = ["Base64File", "MediaFacts", "read_facts"]
