"""What a picture, a sound or a video is by its own bytes: format, sides, length, codec."""

from kling._media.base64_file import Base64File
from kling._media.looking import MediaFacts, look

__all__ = ["Base64File", "MediaFacts", "look"]
