"""Recognizing the format of a file by its first bytes."""

# The first bytes of each format. The names are the usual ones, which Kling's pages use too.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"OggS", "ogg"),
    (b"fLaC", "flac"),
    (b"FLV\x01", "flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
)
# The types of RIFF files.
_RIFF = {b"WAVE": "wav", b"WEBP": "webp", b"AVI ": "avi"}
# Files with a box "ftyp" have a brand. These are its first three letters in all formats but MP4.
_BRANDS = {b"M4A": "m4a", b"qt ": "mov", b"hei": "heic", b"mif": "heic", b"avi": "avif"}
# The first box of QuickTime files without a brand.
_QUICKTIME = (b"moov", b"mdat", b"wide", b"pnot")
_EBML = b"\x1a\x45\xdf\xa3"


def format_of(beginning: bytes) -> str | None:
    """Return the format of a file, such as jpg or m4a; None if it is not known.

    Args:
        beginning: the first 64 bytes of the file, or of the part after its ID3 tag.
    """
    if beginning[:4] == b"RIFF":
        return _RIFF.get(beginning[8:12])
    if beginning[4:8] == b"ftyp":
        return _BRANDS.get(beginning[8:11], "mp4")
    if beginning[4:8] in _QUICKTIME:
        return "mov"
    if beginning[:4] == _EBML:
        return "webm" if b"webm" in beginning else "mkv"
    if beginning[:1] == b"\xff" and beginning[1:2] and beginning[1] & 0xE0 == 0xE0:
        # Frames of MP3 and AAC begin with eleven bits that are 1. The two bits of the layer are 0
        # only in AAC.
        return "mp3" if beginning[1] & 0x06 else "aac"
    return next((name for start, name in _BEGINNINGS if beginning.startswith(start)), None)
