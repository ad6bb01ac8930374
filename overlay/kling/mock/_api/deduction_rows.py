"""The columns about a video in the lists of deductions."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kling.description import Operation, Spec
from kling.mock._samples import RESOLUTION_BY_MODE
from kling.mock._tasks import Charge

# The value of the column video_sound, by the value that was requested.
_SOUNDS = {"on": "native", "native": "native", "original": "original"}
# The length that Kling states for a result of 5 s. It is assumed if a file decides the length, or
# if the request has no duration.
_ASSUMED_SECONDS = "5.041"
_VIDEO_COLUMNS = ("resolution", "duration", "refer_video_input", "video_sound", "voice_control")


class Deduction(NamedTuple):
    """The charge of one create, with its request."""

    task_id: str
    operation: Operation
    body: Mapping[str, Any]
    time: float
    """Unix seconds."""
    charge: Charge


def video_columns(spec: Spec, deduction: Deduction) -> dict[str, Any]:
    """Return the columns about the video of a create; each is None if it made no video."""
    operation = deduction.operation
    if (operation.task or {}).get("output") != "video":
        return dict.fromkeys(_VIDEO_COLUMNS)
    completed = spec.defaults(spec.schemas[str(operation.request)]).completed(deduction.body)
    settings = completed.get("settings")
    requested = {**completed, **(settings if isinstance(settings, Mapping) else {})}
    content_types = set(_content_types(requested.get("contents")))
    videos = requested.get("video_list")
    # A base video, which is the video that the request edits, decides the length of the result. In
    # `video_list`, base is the default of refer_type.
    file_decides = "base_video" in content_types or any(
        isinstance(video, Mapping) and video.get("refer_type", "base") == "base"
        for video in (videos if isinstance(videos, list) else ())
    )
    return {
        "resolution": requested.get(
            "resolution", RESOLUTION_BY_MODE.get(str(requested.get("mode")))
        ),
        "duration": _ASSUMED_SECONDS
        if file_decides
        else str(requested.get("duration", _ASSUMED_SECONDS)),
        "refer_video_input": bool(videos or content_types & {"base_video", "feature_video"}),
        "video_sound": _SOUNDS.get(str(requested.get("sound", requested.get("audio"))), "off"),
        # A voice of voice_list speaks, and costs units, only if the prompt names it.
        "voice_control": "voice" in content_types or "<<<voice_" in str(requested.get("prompt")),
    }


def _content_types(contents: Any) -> Iterator[str]:
    for part in contents if isinstance(contents, list) else ():
        if isinstance(part, Mapping):
            yield str(part.get("type"))
