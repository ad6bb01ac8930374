"""The parts of a reply that repeat the request under another name, or in another form."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kling.description import Spec
from kling.mock._samples import Place, fill_example

_VIDEO_REFER = "video_refer"


def video_in(body: Mapping[str, Any]) -> tuple[str, str]:
    """Return the id and the URL of the video in a body; each is empty if the body lacks it."""
    holder = body.get("input", body)
    given = holder if isinstance(holder, Mapping) else {}
    return str(given.get("video_id") or ""), str(given.get("video_url") or "")


def complete_element(
    spec: Spec, element: dict[str, Any], body: Mapping[str, Any], place: Place
) -> None:
    """Put the tags, the voice and the source files of a request into the element of a reply.

    Args:
        spec: the description.
        element: the element, in the form of the examples of the description; it is changed.
        body: the request that created it.
        place: where the files of the element are.
    """
    if "tag_list" in element:
        element["tag_list"] = list(_tags(spec, body))
    is_from_video = body.get("reference_type") == _VIDEO_REFER
    if is_from_video:
        videos = {"refer_videos": [{"video_url": "https://example.org/video.mp4"}]}
        # The example of the description has images, but this element was made from a video.
        element["element_image_list"] = {}
        element["element_video_list"] = fill_example(videos, 0, place, {})
    if "element_voice_info" in element:
        if voice := body.get("element_voice_id"):
            element["element_voice_info"]["voice_id"] = voice
        elif not is_from_video:  # an element from a video has the voice of the video
            element["element_voice_info"] = {}


def _tags(spec: Spec, body: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    # The description of the schema lists the tags, such as "o_101 hottest, o_102 character".
    names = dict(re.findall(r"(o_\d+) (\w+)", spec.schemas["ElementTagId"]["description"]))
    for tag in body.get("tag_list") or ():
        name = names.get(tag["tag_id"], "").capitalize()
        yield {"id": tag["tag_id"], "name": name, "description": name}
