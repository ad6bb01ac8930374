from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.video_effects_duration import (
    VideoEffectsDuration,
    check_video_effects_duration,
)
from ..models.video_effects_mode import VideoEffectsMode, check_video_effects_mode
from ..models.video_effects_model import VideoEffectsModel, check_video_effects_model
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="VideoEffectsInput")


@_attrs_define(kw_only=True)
class VideoEffectsInput:
    """The image or the images.
    Rules:
    - image or images must be given and not be empty.

    Attributes:
        image: The image for a scene with one image, a URL or bare base64. An empty string counts as absent.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        images: The images for a scene with two images. Kling joins them into one image; the first image is on the left.
        model_name: From the older form; the page of September 2026 does not have it. Scenes with one image took kling-v1-6.
            Models of the older form; all of them were retired on 2026-09-15.
        mode: From the older form, for scenes with two images; the page of September 2026 does not have it.
            Resolution of the video, in the older form.
        duration: From the older form, which required it; the page of September 2026 does not have it. Scenes with one
            image took "5" only.
            Length of the video in seconds, written as a string, in the older form.
    """

    image: str | Unset = UNSET
    """ The image for a scene with one image, a URL or bare base64. An empty string counts as absent.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    images: list[str] | Unset = UNSET
    """ The images for a scene with two images. Kling joins them into one image; the first image is on the left. """
    model_name: VideoEffectsModel | Unset = UNSET
    """ From the older form; the page of September 2026 does not have it. Scenes with one image took kling-v1-6.
    Models of the older form; all of them were retired on 2026-09-15. """
    mode: VideoEffectsMode | Unset = UNSET
    """ From the older form, for scenes with two images; the page of September 2026 does not have it.
    Resolution of the video, in the older form. """
    duration: VideoEffectsDuration | Unset = UNSET
    """ From the older form, which required it; the page of September 2026 does not have it. Scenes with one image
    took "5" only.
    Length of the video in seconds, written as a string, in the older form. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        image = self.image

        images: list[str] | Unset = UNSET
        if not isinstance(self.images, Unset):
            images = self.images

        model_name: str | Unset = UNSET
        if not isinstance(self.model_name, Unset):
            model_name = self.model_name

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        duration: str | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if image is not UNSET:
            field_dict["image"] = image
        if images is not UNSET:
            field_dict["images"] = images
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if mode is not UNSET:
            field_dict["mode"] = mode
        if duration is not UNSET:
            field_dict["duration"] = duration

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image = d.pop("image", UNSET)

        images = cast(list[str], d.pop("images", UNSET))

        _model_name = d.pop("model_name", UNSET)
        model_name: VideoEffectsModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_video_effects_model(_model_name)

        _mode = d.pop("mode", UNSET)
        mode: VideoEffectsMode | Unset
        if _mode is None or isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_video_effects_mode(_mode)

        _duration = d.pop("duration", UNSET)
        duration: VideoEffectsDuration | Unset
        if _duration is None or isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_video_effects_duration(_duration)

        if d:
            raise unknown_field(cls, d)

        video_effects_input = cls(
            image=image,
            images=images,
            model_name=model_name,
            mode=mode,
            duration=duration,
        )

        return video_effects_input
