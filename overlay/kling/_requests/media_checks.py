"""Hold what a file says of itself against the limits of a field."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kling.description import Document

if TYPE_CHECKING:
    from kling._media import MediaFacts

_MIB = 1024 * 1024


class Finding(NamedTuple):
    """Something about a file that the limits of a field do not allow, or leave open."""

    text: str
    """The rest of a sentence that begins with the field, without a period."""
    is_certain: bool = True
    """Whether Kling would refuse the file; otherwise it is for people to look at."""


def findings(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    """Yield what is wrong with a file. What cannot be read of a sound or video is not wrong."""
    kind, accepted = facts.format, limits.get("formats", ())
    if kind is None and limits["kind"] == "video":
        taken = f"; {_or(accepted)} is taken" if accepted else ""
        yield Finding(f"is in no format that can be read here{taken}", False)
        return
    # Recorders write sounds that do not say M4A at their beginning.
    fits = kind in accepted if accepted else facts.kind == limits["kind"]
    if not fits and not (kind in ("mp4", "mov") and "m4a" in accepted):
        found = f"in the format {kind}" if kind else "in no known format"
        yield Finding(f"is {found}, not {_or(accepted) if accepted else 'a ' + limits['kind']}")
        return
    if "bytes" in limits and facts.bytes > limits["bytes"]:
        most = limits["bytes"] / _MIB
        yield Finding(f"has {facts.bytes} bytes; at most {most:g} MiB are taken")
    if limits["kind"] != "audio":
        yield from _of_sides(facts, limits)
        yield from _of_frames(facts, limits)
    if "seconds" in limits:
        yield from _of_length(facts, limits)


def _of_sides(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    if facts.width is None or facts.height is None:
        if limits["kind"] == "image":
            yield Finding("is a picture whose size cannot be read")
        elif "side" in limits:
            yield Finding("is a video whose size cannot be read here", False)
        return
    width, height = facts.width, facts.height
    size = f"is {width} x {height} px"
    if "side" in limits and min(width, height) < limits["side"]:
        yield Finding(f"{size}; each side must have at least {limits['side']} px")
    if "most_side" in limits and max(width, height) > limits["most_side"]:
        yield Finding(f"{size}; each side must have at most {limits['most_side']} px")
    if "pixels" in limits and width * height > limits["pixels"]:
        yield Finding(f"{size}; there must be at most {limits['pixels']} px in all")
    if "ratio" in limits:
        least, most = limits["ratio"]
        if not least <= width / height <= most:
            yield Finding(f"{size}; width to height must be from {least:g} to {most:g}")


def _of_frames(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    if "fps" in limits and facts.fps:
        least, most = limits["fps"]
        # What is called 24 is often 23.976, and no frame of a telephone is like the other.
        if not least <= round(facts.fps) <= most:
            yield Finding(f"has {facts.fps:.4g} frames a second; {least:g} to {most:g} are taken")


def _of_length(facts: "MediaFacts", limits: Document) -> Iterator[Finding]:
    least, most = limits["seconds"]
    seconds = facts.seconds
    wanted = f"it must last {least:g} to {most:g} s"
    if seconds is None:
        if limits["kind"] == "video":
            yield Finding(f"does not say how long it is; {wanted}", False)
    elif seconds < least or seconds - facts.padding > most:
        # Not "lasts 2.0 s; it must last 2 to 300 s".
        digits = 1 if round(seconds, 1) not in (least, most) else 3
        about = "seems to last" if facts.is_estimated else "lasts"
        yield Finding(f"{about} {seconds:.{digits}f} s; {wanted}", not facts.is_estimated)


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if names[1:] else names[0]
