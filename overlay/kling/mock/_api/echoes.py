"""What a reply repeats of a request under another name, or in another form."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kling.description import Spec
from kling.mock._samples import filled

_VIDEO_REFER = "video_refer"
# What the modes and the sounds of the /v1 standard are in the words of the current one.
_RESOLUTIONS = {"std": "720p", "pro": "1080p", "4k": "4k"}
# What is said of videos only.
_OF_VIDEOS = ("resolution", "duration", "video_sound", "voice_control", "refer_video_input")
_SOUNDS = {"on": "native", "off": "off"}


def videos_in(body: Mapping[str, Any]) -> tuple[str, str]:
    """Return the id and the URL of the video that a body names; empty where it names none."""
    place = body.get("input", body)
    given = place if isinstance(place, Mapping) else {}
    return str(given.get("video_id") or ""), str(given.get("video_url") or "")


def finish_element(spec: Spec, element: dict[str, Any], body: Mapping[str, Any], root: str) -> None:
    """Give an element of a reply the tags, the voice and the materials that were asked for.

    Args:
        spec: the description.
        element: the element, as examples of the description show it.
        body: the request that made it.
        root: what urls of its files begin with.
    """
    if "tag_list" in element:
        element["tag_list"] = list(_tags(spec, body))
    is_of_video = body.get("reference_type") == _VIDEO_REFER
    if is_of_video:
        videos = {"refer_videos": [{"video_url": "https://example.org/video.mp4"}]}
        element["element_image_list"] = {}
        element["element_video_list"] = filled(videos, 0, root, {})
    if "element_voice_info" in element:
        if voice := body.get("element_voice_id"):
            element["element_voice_info"]["voice_id"] = voice
        elif not is_of_video:  # a video brings a voice of its own
            element["element_voice_info"] = {}


def _tags(spec: Spec, body: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    names = dict(re.findall(r"(o_\d+) (\w+)", spec.schemas["ElementTagId"]["description"]))
    for tag in body.get("tag_list") or ():
        name = names.get(tag["tag_id"], "").capitalize()
        yield {"id": tag["tag_id"], "name": name, "description": name}


def charged_for(product: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the lists of deductions say of a request; None for what it had no choice of.

    Args:
        product: the kind of product; most of it is said of videos only.
        body: the request, with Kling's defaults.
    """
    asked = {**body, **body.get("input", {}), **body.get("settings", {})}
    if product != "video":
        return dict.fromkeys(_OF_VIDEOS)
    videos = [*(asked.get("video_list") or ())]
    videos += [one for one in asked.get("contents", ()) if "video" in str(one.get("type"))]
    sound = asked.get("audio") or _SOUNDS.get(str(asked.get("sound")))
    if any(one.get("keep_original_sound") == "yes" for one in (asked, *videos)):
        sound = "original"
    return {
        "resolution": asked.get("resolution") or _RESOLUTIONS.get(str(asked.get("mode"))),
        "video_sound": sound,
        "voice_control": bool(asked.get("voice_list")),
        "refer_video_input": any([*videos, asked.get("video_id"), asked.get("video_url")]),
    }
