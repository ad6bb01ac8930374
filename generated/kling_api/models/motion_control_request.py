from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.character_orientation import (
    CharacterOrientation,
    check_character_orientation,
)
from ..models.motion_control_model import MotionControlModel, check_motion_control_model
from ..models.original_sound_switch import (
    OriginalSoundSwitch,
    check_original_sound_switch,
)
from ..models.std_or_pro_mode import StdOrProMode, check_std_or_pro_mode
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="MotionControlRequest")


@_attrs_define(kw_only=True)
class MotionControlRequest:
    """Motion control: A video in which the person in an image copies the movement of a person in a video.
    The body of createMotionControlTask, POST /v1/videos/motion-control.
    The character to animate, and the motion.
    mode is needed: without it, Kling answers "video mode must be specified". Some gateways add std.

    Attributes:
        image_url: The character to animate, a URL or bare base64; each side at most 65536 px.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, at most 65536 px, width to height
            from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        video_url: The motion reference, which shows one person in one continuous shot. If there are several people, Kling
            uses the person who takes up most of the frame. Each side has at most 3850 px.
            It lasts 3 to 30 s with character_orientation video, and 3 to 10 s with image.
            Limits: mp4 or mov, at most 100 MiB, each side at least 340 px, at most 3850 px, 3 to 30 s.
        character_orientation: Which way the person faces; this also decides how long the video may be.
            With image, the person faces the same way as in the image; with video, the same way as the person in the
            video.
        mode: Resolution of the video, which affects the price. This field has no default, and 4k is not possible
            here.
            Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p.
        model_name: Model to use.
            Kling's default: `kling-v2-6`.
            Model to use; kling-v3 since 2026-03-04.
        prompt: What else to show.
        element_list: One element of the element library. It needs kling-v3 with character_orientation video.
        keep_original_sound: Whether to keep the sound of the video.
            Kling's default: `yes`.
            Whether the result keeps the sound of the input video.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    image_url: str
    """ The character to animate, a URL or bare base64; each side at most 65536 px.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, at most 65536 px, width to height from
    0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    video_url: str
    """ The motion reference, which shows one person in one continuous shot. If there are several people, Kling uses
    the person who takes up most of the frame. Each side has at most 3850 px.
    It lasts 3 to 30 s with character_orientation video, and 3 to 10 s with image.
    Limits: mp4 or mov, at most 100 MiB, each side at least 340 px, at most 3850 px, 3 to 30 s. """
    character_orientation: CharacterOrientation
    """ Which way the person faces; this also decides how long the video may be.
    With image, the person faces the same way as in the image; with video, the same way as the person in the video.
    """
    mode: StdOrProMode
    """ Resolution of the video, which affects the price. This field has no default, and 4k is not possible here.
    Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p. """
    model_name: MotionControlModel | Unset = UNSET
    """ Model to use.
    Kling's default: `kling-v2-6`.
    Model to use; kling-v3 since 2026-03-04. """
    prompt: str | Unset = UNSET
    """ What else to show. """
    element_list: list[ElementReference] | Unset = UNSET
    """ One element of the element library. It needs kling-v3 with character_orientation video. """
    keep_original_sound: OriginalSoundSwitch | Unset = UNSET
    """ Whether to keep the sound of the video.
    Kling's default: `yes`.
    Whether the result keeps the sound of the input video. """
    watermark_info: WatermarkInfo | Unset = UNSET
    """ Whether to make a watermarked copy too. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        image_url = self.image_url

        video_url = self.video_url

        character_orientation: str = self.character_orientation

        mode: str = self.mode

        model_name: str | Unset = UNSET
        if not isinstance(self.model_name, Unset):
            model_name = self.model_name

        prompt = self.prompt

        element_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.element_list, Unset):
            element_list = []
            for element_list_item_data in self.element_list:
                element_list_item = element_list_item_data.to_dict()
                element_list.append(element_list_item)

        keep_original_sound: str | Unset = UNSET
        if not isinstance(self.keep_original_sound, Unset):
            keep_original_sound = self.keep_original_sound

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "image_url": image_url,
                "video_url": video_url,
                "character_orientation": character_orientation,
                "mode": mode,
            }
        )
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if element_list is not UNSET:
            field_dict["element_list"] = element_list
        if keep_original_sound is not UNSET:
            field_dict["keep_original_sound"] = keep_original_sound
        if watermark_info is not UNSET:
            field_dict["watermark_info"] = watermark_info
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        image_url = d.pop("image_url")

        video_url = d.pop("video_url")

        character_orientation = check_character_orientation(
            d.pop("character_orientation")
        )

        mode = check_std_or_pro_mode(d.pop("mode"))

        _model_name = d.pop("model_name", UNSET)
        model_name: MotionControlModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_motion_control_model(_model_name)

        prompt = d.pop("prompt", UNSET)

        _element_list = d.pop("element_list", UNSET)
        element_list: list[ElementReference] | Unset = UNSET
        if _element_list is not None and _element_list is not UNSET:
            element_list = []
            for element_list_item_data in _element_list:
                element_list_item = ElementReference.from_dict(element_list_item_data)

                element_list.append(element_list_item)

        _keep_original_sound = d.pop("keep_original_sound", UNSET)
        keep_original_sound: OriginalSoundSwitch | Unset
        if _keep_original_sound is None or isinstance(_keep_original_sound, Unset):
            keep_original_sound = UNSET
        else:
            keep_original_sound = check_original_sound_switch(_keep_original_sound)

        _watermark_info = d.pop("watermark_info", UNSET)
        watermark_info: WatermarkInfo | Unset
        if _watermark_info is None or isinstance(_watermark_info, Unset):
            watermark_info = UNSET
        else:
            watermark_info = WatermarkInfo.from_dict(_watermark_info)

        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        if d:
            raise unknown_field(cls, d)

        motion_control_request = cls(
            image_url=image_url,
            video_url=video_url,
            character_orientation=character_orientation,
            mode=mode,
            model_name=model_name,
            prompt=prompt,
            element_list=element_list,
            keep_original_sound=keep_original_sound,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return motion_control_request


from ..models.element_reference import ElementReference
from ..models.watermark_info import WatermarkInfo
