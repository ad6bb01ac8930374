from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.omni_video_model import OmniVideoModel, check_omni_video_model
from ..models.shot_type import ShotType, check_shot_type
from ..models.sound_switch import SoundSwitch, check_sound_switch
from ..models.video_aspect_ratio import VideoAspectRatio, check_video_aspect_ratio
from ..models.video_duration import VideoDuration, check_video_duration
from ..models.video_mode import VideoMode, check_video_mode
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="OmniVideoRequest")


@_attrs_define(kw_only=True)
class OmniVideoRequest:
    """Omni video: A video from any mix of text, images, elements and one video.
    The body of createOmniVideoTask, POST /v1/videos/omni-video.
    The video to make, from any mix of text, images, elements and one video.
    There is no negative_prompt here; say in the prompt what to avoid.
    Rules:
    - model_name must be kling-v3-omni when multi_shot is true.
    - sound "on" needs model_name kling-v3-omni; kling-video-o1 makes no sound.
    - duration must be "3" to "15" with model_name kling-v3-omni, and "3" to "10" with kling-video-o1.
    - mode 4k needs model_name kling-v3-omni; kling-video-o1 takes std or pro.
    - prompt must not be empty or blank. It is optional only with multi_shot true and shot_type customize.
    - shot_type must be customize or intelligence when multi_shot is true.
    - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
    - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
    - the index of the shots in multi_prompt must be 1, 2, 3 and so on, in order and without gaps.
    - shot_type must be intelligence, not customize, when multi_shot is true with a video of refer_type feature.
    - sound must be "off" when video_list has a video; keep_original_sound "yes" keeps the sound of the video.
    - aspect_ratio must be given when image_list has no first_frame and video_list has no video.
    - aspect_ratio must be given for kling-v3-omni with a video of refer_type feature and without a first_frame in
    image_list.
    - image_list must have at most one first_frame and at most one end_frame; other images must have no type.
    - image_list must have a first_frame when it has an end_frame; an end frame by itself is not supported.
    - image_list must have no first_frame and no end_frame with a video of refer_type base, which is the default; the
    images must have no type.
    - image_list must have at most 2 entries when one of them is an end_frame and model_name is kling-video-o1.
    - element_list must have at most 3 entries with a first_frame and kling-v3-omni, and must be empty with a
    first_frame, an end_frame and kling-video-o1.
    - image_list and element_list together must have at most 7 entries, or 4 when there is a video.

    Attributes:
        model_name: Model to use.
            Kling's default: `kling-video-o1`.
        multi_shot: True makes a storyboard of several shots. It needs kling-v3-omni; since 2026-05-07 it also works with a
            first frame and an end frame.
            Kling's default: `false`.
        shot_type: How the storyboard is made. Needed when multi_shot is true. intelligence works since 2026-03-11.
            With customize, the shots are those of multi_prompt. With intelligence, the model divides the prompt
            into shots.
        prompt: What to show. With multi_shot true and shot_type customize, Kling ignores this field; otherwise it is
            needed.
            <<<image_1>>>, <<<element_1>>> and <<<video_1>>> name the first entry of image_list, element_list and
            video_list.
        multi_prompt: The shots, in order. Their prompts can refer to images too. Needed when multi_shot is true and shot_type
            is customize.
        image_list: Images. image_list and element_list together have at most 7 entries, or 4 with a video.
        element_list: Elements of the element library. A multi-image element was made from images, a video character element
            from a video.
            kling-video-o1 takes only multi-image elements.
            kling-v3-omni accepts at most 3 video character elements, and with them at most 4 images and multi-image
            elements.
            With a video, it accepts one video character element, and with it no images and no multi-image elements;
            sources of March 2026 allowed no video character element.
            The id of an element does not show its kind, so only Kling can check this.
            Open: whether the limit of 4 also applies to images when all elements are video character elements.
        video_list: One video to edit or to use as a reference. With a video, the task costs more.
        sound: Native audio: whether to make sound too. A video with sound costs more, except in mode 4k. On needs
            kling-v3-omni, and does not work with a video.
            Kling's default: `off`.
            Native audio: whether the model makes sound together with the video. A video with sound costs more.
        mode: Resolution of the video, which affects the price; the default is pro here. 4k needs kling-v3-omni; since
            2026-06-17 it also works with a video.
            Kling's default: `pro`.
            Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p
            (720p on kling-v1), 4k is 4K.
        aspect_ratio: Width to height of the video. Needed when there is no first frame and no video to edit; there is no
            default.
            For kling-video-o1, two of Kling's own examples with a video of refer_type feature leave this field out.
        duration: Length in seconds, a string. kling-v3-omni takes 3 to 15; kling-video-o1 takes 3 to 10.
            With a video of refer_type base, Kling ignores this field: the result is as long as the video.
            Kling's default: `5`.
            Length of the video in whole seconds, written as a string.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    model_name: OmniVideoModel | Unset = UNSET
    """ Model to use.
    Kling's default: `kling-video-o1`. """
    multi_shot: bool | Unset = UNSET
    """ True makes a storyboard of several shots. It needs kling-v3-omni; since 2026-05-07 it also works with a
    first frame and an end frame.
    Kling's default: `false`. """
    shot_type: ShotType | Unset = UNSET
    """ How the storyboard is made. Needed when multi_shot is true. intelligence works since 2026-03-11.
    With customize, the shots are those of multi_prompt. With intelligence, the model divides the prompt into shots.
    """
    prompt: str | Unset = UNSET
    """ What to show. With multi_shot true and shot_type customize, Kling ignores this field; otherwise it is
    needed.
    <<<image_1>>>, <<<element_1>>> and <<<video_1>>> name the first entry of image_list, element_list and
    video_list. """
    multi_prompt: list[Shot] | Unset = UNSET
    """ The shots, in order. Their prompts can refer to images too. Needed when multi_shot is true and shot_type is
    customize. """
    image_list: list[OmniVideoImage] | Unset = UNSET
    """ Images. image_list and element_list together have at most 7 entries, or 4 with a video. """
    element_list: list[ElementReference] | Unset = UNSET
    """ Elements of the element library. A multi-image element was made from images, a video character element from
    a video.
    kling-video-o1 takes only multi-image elements.
    kling-v3-omni accepts at most 3 video character elements, and with them at most 4 images and multi-image
    elements.
    With a video, it accepts one video character element, and with it no images and no multi-image elements; sources
    of March 2026 allowed no video character element.
    The id of an element does not show its kind, so only Kling can check this.
    Open: whether the limit of 4 also applies to images when all elements are video character elements. """
    video_list: list[OmniVideoInput] | Unset = UNSET
    """ One video to edit or to use as a reference. With a video, the task costs more. """
    sound: SoundSwitch | Unset = UNSET
    """ Native audio: whether to make sound too. A video with sound costs more, except in mode 4k. On needs
    kling-v3-omni, and does not work with a video.
    Kling's default: `off`.
    Native audio: whether the model makes sound together with the video. A video with sound costs more. """
    mode: VideoMode | Unset = UNSET
    """ Resolution of the video, which affects the price; the default is pro here. 4k needs kling-v3-omni; since
    2026-06-17 it also works with a video.
    Kling's default: `pro`.
    Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p (720p on
    kling-v1), 4k is 4K. """
    aspect_ratio: VideoAspectRatio | Unset = UNSET
    """ Width to height of the video. Needed when there is no first frame and no video to edit; there is no default.
    For kling-video-o1, two of Kling's own examples with a video of refer_type feature leave this field out. """
    duration: VideoDuration | Unset = UNSET
    """ Length in seconds, a string. kling-v3-omni takes 3 to 15; kling-video-o1 takes 3 to 10.
    With a video of refer_type base, Kling ignores this field: the result is as long as the video.
    Kling's default: `5`.
    Length of the video in whole seconds, written as a string. """
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
        model_name: str | Unset = UNSET
        if not isinstance(self.model_name, Unset):
            model_name = self.model_name

        multi_shot = self.multi_shot

        shot_type: str | Unset = UNSET
        if not isinstance(self.shot_type, Unset):
            shot_type = self.shot_type

        prompt = self.prompt

        multi_prompt: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.multi_prompt, Unset):
            multi_prompt = []
            for multi_prompt_item_data in self.multi_prompt:
                multi_prompt_item = multi_prompt_item_data.to_dict()
                multi_prompt.append(multi_prompt_item)

        image_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.image_list, Unset):
            image_list = []
            for image_list_item_data in self.image_list:
                image_list_item = image_list_item_data.to_dict()
                image_list.append(image_list_item)

        element_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.element_list, Unset):
            element_list = []
            for element_list_item_data in self.element_list:
                element_list_item = element_list_item_data.to_dict()
                element_list.append(element_list_item)

        video_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.video_list, Unset):
            video_list = []
            for video_list_item_data in self.video_list:
                video_list_item = video_list_item_data.to_dict()
                video_list.append(video_list_item)

        sound: str | Unset = UNSET
        if not isinstance(self.sound, Unset):
            sound = self.sound

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration: str | Unset = UNSET
        if not isinstance(self.duration, Unset):
            duration = self.duration

        watermark_info: dict[str, Any] | Unset = UNSET
        if not isinstance(self.watermark_info, Unset):
            watermark_info = self.watermark_info.to_dict()

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if multi_shot is not UNSET:
            field_dict["multi_shot"] = multi_shot
        if shot_type is not UNSET:
            field_dict["shot_type"] = shot_type
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if multi_prompt is not UNSET:
            field_dict["multi_prompt"] = multi_prompt
        if image_list is not UNSET:
            field_dict["image_list"] = image_list
        if element_list is not UNSET:
            field_dict["element_list"] = element_list
        if video_list is not UNSET:
            field_dict["video_list"] = video_list
        if sound is not UNSET:
            field_dict["sound"] = sound
        if mode is not UNSET:
            field_dict["mode"] = mode
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if duration is not UNSET:
            field_dict["duration"] = duration
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
        _model_name = d.pop("model_name", UNSET)
        model_name: OmniVideoModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_omni_video_model(_model_name)

        multi_shot = d.pop("multi_shot", UNSET)

        _shot_type = d.pop("shot_type", UNSET)
        shot_type: ShotType | Unset
        if _shot_type is None or isinstance(_shot_type, Unset):
            shot_type = UNSET
        else:
            shot_type = check_shot_type(_shot_type)

        prompt = d.pop("prompt", UNSET)

        _multi_prompt = d.pop("multi_prompt", UNSET)
        multi_prompt: list[Shot] | Unset = UNSET
        if _multi_prompt is not None and _multi_prompt is not UNSET:
            multi_prompt = []
            for multi_prompt_item_data in _multi_prompt:
                multi_prompt_item = Shot.from_dict(multi_prompt_item_data)

                multi_prompt.append(multi_prompt_item)

        _image_list = d.pop("image_list", UNSET)
        image_list: list[OmniVideoImage] | Unset = UNSET
        if _image_list is not None and _image_list is not UNSET:
            image_list = []
            for image_list_item_data in _image_list:
                image_list_item = OmniVideoImage.from_dict(image_list_item_data)

                image_list.append(image_list_item)

        _element_list = d.pop("element_list", UNSET)
        element_list: list[ElementReference] | Unset = UNSET
        if _element_list is not None and _element_list is not UNSET:
            element_list = []
            for element_list_item_data in _element_list:
                element_list_item = ElementReference.from_dict(element_list_item_data)

                element_list.append(element_list_item)

        _video_list = d.pop("video_list", UNSET)
        video_list: list[OmniVideoInput] | Unset = UNSET
        if _video_list is not None and _video_list is not UNSET:
            video_list = []
            for video_list_item_data in _video_list:
                video_list_item = OmniVideoInput.from_dict(video_list_item_data)

                video_list.append(video_list_item)

        _sound = d.pop("sound", UNSET)
        sound: SoundSwitch | Unset
        if _sound is None or isinstance(_sound, Unset):
            sound = UNSET
        else:
            sound = check_sound_switch(_sound)

        _mode = d.pop("mode", UNSET)
        mode: VideoMode | Unset
        if _mode is None or isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_video_mode(_mode)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: VideoAspectRatio | Unset
        if _aspect_ratio is None or isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_video_aspect_ratio(_aspect_ratio)

        _duration = d.pop("duration", UNSET)
        duration: VideoDuration | Unset
        if _duration is None or isinstance(_duration, Unset):
            duration = UNSET
        else:
            duration = check_video_duration(_duration)

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

        omni_video_request = cls(
            model_name=model_name,
            multi_shot=multi_shot,
            shot_type=shot_type,
            prompt=prompt,
            multi_prompt=multi_prompt,
            image_list=image_list,
            element_list=element_list,
            video_list=video_list,
            sound=sound,
            mode=mode,
            aspect_ratio=aspect_ratio,
            duration=duration,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return omni_video_request


from ..models.element_reference import ElementReference
from ..models.omni_video_image import OmniVideoImage
from ..models.omni_video_input import OmniVideoInput
from ..models.shot import Shot
from ..models.watermark_info import WatermarkInfo
