"""Tell the format of a file by its first bytes."""

# How files begin, by the names that Kling's pages and people give them.
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
# What RIFF files contain.
_RIFF = {b"WAVE": "wav", b"WEBP": "webp", b"AVI ": "avi"}
# How ISO media files name themselves that are no MP4.
_BRANDS = {b"M4A": "m4a", b"qt ": "mov", b"hei": "heic", b"mif": "heic", b"avi": "avif"}
# How QuickTime files begin that do not name themselves.
_QUICKTIME = (b"moov", b"mdat", b"wide", b"pnot")
_EBML = b"\x1a\x45\xdf\xa3"


def format_of(beginning: bytes) -> str | None:
    """Return the format of a file, such as jpg or m4a; None if it is not known.

    Args:
        beginning: the first 64 bytes, without a tag of ID3.
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
        # The frames of both begin with eleven ones; the two bits of the layer tell them apart.
        return "mp3" if beginning[1] & 0x06 else "aac"
    return next((name for start, name in _BEGINNINGS if beginning.startswith(start)), None)
