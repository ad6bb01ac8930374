"""The outputs of a task, read from the reply of either standard."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kling._tasks.reply_values import id_of, object_of, objects_in, seconds_of, text_of

# The lists of `task_result` in the /v1 standard, and the kind of their entries.
_KIND_BY_LIST = {
    "videos": "video",
    "images": "image",
    "series_images": "image",
    "audios": "audio",
    "voices": "voice",
    "elements": "element",
}
# The fields that may have the URL of an entry, best first. Audio comes as MP3 and WAV; the MP3 is
# smaller. Some entries have three URLs, one for each view of an object.
_URL_FIELDS = (
    ("url",),
    ("url_mp3",),
    ("mp3_url",),
    ("url_wav",),
    ("wav_url",),
    ("url_1", "url_2", "url_3"),
    ("trial_url",),
    ("watermark_url",),
)
_DURATION_FIELDS = ("duration", "duration_mp3", "mp3_duration", "duration_wav", "wav_duration")
_KIND_BY_SUFFIX = {
    **dict.fromkeys((".mp4", ".mov", ".webm"), "video"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp"), "image"),
    **dict.fromkeys((".mp3", ".wav", ".m4a", ".aac"), "audio"),
    ".srt": "srt",
    ".ass": "ass",
}


@dataclass(frozen=True, slots=True)
class Output:
    """One thing that a task made: a file, or an entry of a library."""

    kind: str
    """video, image, audio, voice or element. A product under /solutions also has product_image,
    model_images, product_video, subbed_video, srt or ass. A kind that Kling adds later is passed on
    unchanged. If the reply names no kind, the suffix of the URL decides; if it does not show a
    kind either, the kind is "unknown"."""
    url: str | None
    """Where to download the file, until 30 days after the task was created; None if there is no
    file. If there is only a watermarked copy, this is its URL."""
    watermark_url: str | None
    """Where to download the watermarked copy; None if the request did not ask for it."""
    id: str | None
    """Kling's id of the file, which other endpoints accept."""
    duration: float | None
    """Length in seconds."""


def outputs_in(reply: Mapping[str, Any]) -> tuple[Output, ...]:
    """Return the outputs in a reply about a task; an empty tuple if there are none yet."""
    result = object_of(reply.get("task_result"))
    entries = [
        (kind, entry)
        for name, kind in _KIND_BY_LIST.items()
        for entry in objects_in(result.get(name))
    ]
    if not entries:
        entries = [(_kind_of(entry), entry) for entry in objects_in(reply.get("outputs"))]
    return tuple(output for kind, entry in entries for output in _outputs_of(kind, entry))


def known_suffix(url: str | None) -> str:
    """Return the suffix of a URL of a video, image, audio or subtitle file; otherwise ""."""
    path = str(url).partition("?")[0].lower()
    return next((suffix for suffix in _KIND_BY_SUFFIX if path.endswith(suffix)), "")


def _kind_of(entry: Mapping[str, Any]) -> str:
    """Return the kind of an output of the current standard.

    If the output does not state its kind, the suffix of a URL shows it.
    """
    if kind := text_of(entry.get("type")):
        return kind
    for names in _URL_FIELDS:
        for name in names:
            if suffix := known_suffix(text_of(entry.get(name))):
                return _KIND_BY_SUFFIX[suffix]
    return "unknown"


def _outputs_of(kind: str, entry: Mapping[str, Any]) -> Iterator[Output]:
    urls = [[text_of(entry.get(name)) for name in names] for names in _URL_FIELDS]
    lengths = [seconds_of(entry.get(name)) for name in _DURATION_FIELDS]
    # Without any URL, the entry is one output that has only an id.
    best_urls = next((group for group in urls if any(group)), [None])
    for url in best_urls:
        yield Output(
            kind=kind,
            url=url,
            watermark_url=text_of(entry.get("watermark_url")),
            id=id_of(entry.get(f"{kind}_id")) or id_of(entry.get("id")),
            duration=next(filter(None, lengths), None),
        )
