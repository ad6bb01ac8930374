"""Check the properties of a media file against the limits of a field."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kling.description import Document

if TYPE_CHECKING:
    from kling._media import MediaFacts

_MIB = 1024 * 1024
_WITH_ARTICLE = {"image": "an image", "audio": "an audio clip", "video": "a video"}


class Finding(NamedTuple):
    """A property of a file that breaks a limit of a field, or that could not be checked."""

    text: str
    """What a message says after the name of the field, such as "has 9 bytes", without a period."""
    is_certain: bool = True
    """Whether Kling would certainly refuse the file. If not, a person has to look at it."""


def findings(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    """Yield what is wrong with a file.

    If a property of an audio clip or video cannot be read, the finding about it is uncertain.
    """
    file_format, accepted = facts.format, limits.get("formats", ())
    # Kling may know formats of videos that this version cannot read, so this is uncertain.
    if file_format is None and limits["kind"] == "video":
        hint = f"; it must be {_joined_with_or(accepted)}" if accepted else ""
        yield Finding(f"is in a format that this version cannot read{hint}", is_certain=False)
        return
    fits = file_format in accepted if accepted else facts.kind == limits["kind"]
    # Some recorders write M4A files whose header says MP4 or MOV.
    may_be_m4a = file_format in ("mp4", "mov") and "m4a" in accepted
    if not fits and not may_be_m4a:
        found = f"in the format {file_format}" if file_format else "in an unknown format"
        wanted = _joined_with_or(accepted) if accepted else _WITH_ARTICLE[limits["kind"]]
        yield Finding(f"is {found}, not {wanted}")
        return
    if "bytes" in limits and facts.bytes > limits["bytes"]:
        most = limits["bytes"] / _MIB
        yield Finding(f"has {facts.bytes} bytes; Kling accepts at most {most:g} MiB")
    if limits["kind"] != "audio":
        yield from _size_findings(facts, limits)
        yield from _frame_rate_findings(facts, limits)
    if "seconds" in limits:
        yield from _length_findings(facts, limits)


def _size_findings(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    if facts.width is None or facts.height is None:
        if limits["kind"] == "image":
            yield Finding("is an image whose width and height cannot be read")
        elif "side" in limits:
            yield Finding(
                "is a video whose width and height this version cannot read", is_certain=False
            )
        return
    width, height = facts.width, facts.height
    size = f"is {width} x {height} px"
    if "side" in limits and min(width, height) < limits["side"]:
        yield Finding(f"{size}; each side must have at least {limits['side']} px")
    if "most_side" in limits and max(width, height) > limits["most_side"]:
        yield Finding(f"{size}; each side must have at most {limits['most_side']} px")
    if "pixels" in limits and width * height > limits["pixels"]:
        yield Finding(f"{size}; width times height must be at most {limits['pixels']} px")
    if "ratio" in limits:
        least, most = limits["ratio"]
        if not least <= width / height <= most:
            yield Finding(f"{size}; width divided by height must be {least:g} to {most:g}")


def _frame_rate_findings(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    if "fps" in limits and facts.fps:
        least, most = limits["fps"]
        # Compare the rounded rate: a rate of 24 is often 23.976 in the file, and phones record at
        # a varying rate.
        if not least <= round(facts.fps) <= most:
            yield Finding(
                f"has {facts.fps:.4g} frames per second; Kling accepts {least:g} to {most:g}"
            )


def _length_findings(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    least, most = limits["seconds"]
    seconds = facts.seconds
    wanted = f"it must last {least:g} to {most:g} s"
    if seconds is None:
        if limits["kind"] == "video":
            yield Finding(f"does not state its length; {wanted}", is_certain=False)
    # Kling may not count the padding that an encoder added.
    elif seconds < least or seconds - facts.padding > most:
        # Show more digits where rounding would give "lasts 2.0 s; it must last 2 to 300 s".
        digits = 1 if round(seconds, 1) not in (least, most) else 3
        about = "seems to last" if facts.is_estimated else "lasts"
        yield Finding(
            f"{about} {seconds:.{digits}f} s; {wanted}", is_certain=not facts.is_estimated
        )


def _joined_with_or(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
