from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.image_to_video_model import ImageToVideoModel, check_image_to_video_model
from ..models.shot_type import ShotType, check_shot_type
from ..models.sound_switch import SoundSwitch, check_sound_switch
from ..models.video_duration import VideoDuration, check_video_duration
from ..models.video_mode import VideoMode, check_video_mode
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="ImageToVideoRequest")


@_attrs_define(kw_only=True)
class ImageToVideoRequest:
    """Image to video: A video that begins or ends with a given image (first frame, end frame).
    The body of createImageToVideoTask, POST /v1/videos/image2video.
    The video to make.
    Some clients send duration as a number. No refusal of that is known, so the number counts as the string.
    A public client says that kling-v3 refuses voice_list, but does not quote the refusal.
    Mode 4k with sound has its own price. Kling's pages do not exclude mode 4k with an end frame or with elements, but
    have no example of it.
    Rules:
    - image or image_tail must be given and not be empty; give a first frame, an end frame or both.
    - shot_type must be customize or intelligence when multi_shot is true.
    - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
    - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
    - model_name must be kling-v3 when multi_shot is true.
    - image_tail, the motion brush (static_mask, dynamic_masks) and camera_control exclude each other; keep one of them.
    - image_tail together with image needs one of: model_name kling-v3; kling-v2-6 with mode pro and sound "off";
    kling-v1-5, kling-v1-6, kling-v2-1 or kling-v2-5-turbo with mode pro; kling-v1 with duration "5".
    - image_tail without image needs model_name kling-v1-5 or kling-v1-6 with mode pro; with every other model, give
    image too.
    - static_mask and dynamic_masks need duration "5" with model_name kling-v1, or duration "5" with kling-v1-5 and mode
    pro; no other model has a motion brush.
    - camera_control needs model_name kling-v1-5, mode pro, duration "5" and camera_control.type simple; no other
    combination supports it here.
    - sound must be "on" when voice_list is not empty.
    - voice_list needs model_name kling-v2-6 and mode pro; no other model supports voices.
    - element_list needs model_name kling-v3; no other model takes elements here.
    - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it "off" otherwise.
    - duration must be "3" to "15" with model_name kling-v3, and "5" or "10" with every other model.
    - mode 4k needs model_name kling-v3; every other model takes std or pro.

    Attributes:
        model_name: Model to use. Name one that is still available, because the default is retired.
            Kling's default: `kling-v1`.
            `kling-v1` is retired since 2026-09-15.
            `kling-v1-5` is retired since 2026-09-15.
            `kling-v1-6` is retired since 2026-09-15.
            `kling-v2-master` is retired since 2026-09-15.
            `kling-v2-1` is retired since 2026-09-15.
            `kling-v2-1-master` is retired since 2026-09-15.
        model: Former name of model_name. Kling accepts this field but ignores it, and uses the default model.
        image: First frame, a URL or bare base64. Give image, image_tail or both.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        image_tail: End frame, a URL or bare base64. An empty string counts as absent.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        multi_shot: True makes a storyboard of several shots. It needs kling-v3; since 2026-05-07 it also works with
            image_tail.
            Kling's own example sends the string "true", which counts as the value true.
            Kling's default: `false`.
        shot_type: How the storyboard is made. Needed when multi_shot is true.
            With customize, the shots are those of multi_prompt. With intelligence, the model divides the prompt
            into shots.
        multi_prompt: The shots, in order. Needed when multi_shot is true and shot_type is customize.
        prompt: What to show. With multi_shot true and shot_type customize, Kling ignores this field; otherwise it is
            needed.
            <<<voice_1>>> and <<<element_1>>> name the first entry of voice_list and element_list.
        negative_prompt: What to avoid. Kling recommends negative sentences in prompt instead.
        element_list: Elements of the element library. They need kling-v3, and cannot be combined with voice_list.
        voice_list: Voices. They need kling-v2-6 in mode pro with sound on, and cannot be combined with element_list.
            If prompt names one of the voices, such as <<<voice_1>>>, the higher price for voice control applies.
        sound: Native audio: whether to make sound too. A video with sound costs more. On needs kling-v3, or kling-v2-6
            in mode pro without image_tail.
            Kling's default: `off`.
            Native audio: whether the model makes sound together with the video. A video with sound costs more.
        cfg_scale: How closely to follow the prompt; higher is closer. It is documented for the 1.x models; with the 2.x
            models, it may have no effect.
            Kling's default: `0.5`.
        mode: Resolution of the video, which affects the price. 4k needs kling-v3.
            Kling's default: `std`.
            Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p
            (720p on kling-v1), 4k is 4K.
        static_mask: Motion brush: a mask image of the area that must not move. It must have the size of every dynamic mask,
            and the aspect ratio of image. Otherwise the task fails.
            Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        dynamic_masks: Motion brush: the areas that move. They need kling-v1 at 5 s, or kling-v1-5 in mode pro at 5 s.
        camera_control: A camera movement. It needs kling-v1-5 in mode pro at 5 s with type simple.
        aspect_ratio: Not a field of this endpoint, because the video has the aspect ratio of the image. Some clients send
            this field, and Kling seems to ignore it.
        duration: Length in seconds, a string. kling-v3 takes 3 to 15, every other model 5 or 10.
            Kling's default: `5`.
            Length of the video in whole seconds, written as a string.
        watermark_info: Whether to make a watermarked copy too.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    model_name: ImageToVideoModel | Unset = UNSET
    """ Model to use. Name one that is still available, because the default is retired.
    Kling's default: `kling-v1`.
    `kling-v1` is retired since 2026-09-15.
    `kling-v1-5` is retired since 2026-09-15.
    `kling-v1-6` is retired since 2026-09-15.
    `kling-v2-master` is retired since 2026-09-15.
    `kling-v2-1` is retired since 2026-09-15.
    `kling-v2-1-master` is retired since 2026-09-15. """
    model: str | Unset = UNSET
    """ Former name of model_name. Kling accepts this field but ignores it, and uses the default model. """
    image: str | Unset = UNSET
    """ First frame, a URL or bare base64. Give image, image_tail or both.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    image_tail: str | Unset = UNSET
    """ End frame, a URL or bare base64. An empty string counts as absent.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    multi_shot: bool | Unset = UNSET
    """ True makes a storyboard of several shots. It needs kling-v3; since 2026-05-07 it also works with image_tail.
    Kling's own example sends the string "true", which counts as the value true.
    Kling's default: `false`. """
    shot_type: ShotType | Unset = UNSET
    """ How the storyboard is made. Needed when multi_shot is true.
    With customize, the shots are those of multi_prompt. With intelligence, the model divides the prompt into shots.
    """
    multi_prompt: list[Shot] | Unset = UNSET
    """ The shots, in order. Needed when multi_shot is true and shot_type is customize. """
    prompt: str | Unset = UNSET
    """ What to show. With multi_shot true and shot_type customize, Kling ignores this field; otherwise it is
    needed.
    <<<voice_1>>> and <<<element_1>>> name the first entry of voice_list and element_list. """
    negative_prompt: str | Unset = UNSET
    """ What to avoid. Kling recommends negative sentences in prompt instead. """
    element_list: list[ElementReference] | Unset = UNSET
    """ Elements of the element library. They need kling-v3, and cannot be combined with voice_list. """
    voice_list: list[VoiceReference] | Unset = UNSET
    """ Voices. They need kling-v2-6 in mode pro with sound on, and cannot be combined with element_list.
    If prompt names one of the voices, such as <<<voice_1>>>, the higher price for voice control applies. """
    sound: SoundSwitch | Unset = UNSET
    """ Native audio: whether to make sound too. A video with sound costs more. On needs kling-v3, or kling-v2-6 in
    mode pro without image_tail.
    Kling's default: `off`.
    Native audio: whether the model makes sound together with the video. A video with sound costs more. """
    cfg_scale: float | Unset = UNSET
    """ How closely to follow the prompt; higher is closer. It is documented for the 1.x models; with the 2.x
    models, it may have no effect.
    Kling's default: `0.5`. """
    mode: VideoMode | Unset = UNSET
    """ Resolution of the video, which affects the price. 4k needs kling-v3.
    Kling's default: `std`.
    Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p (720p on
    kling-v1), 4k is 4K. """
    static_mask: str | Unset = UNSET
    """ Motion brush: a mask image of the area that must not move. It must have the size of every dynamic mask, and
    the aspect ratio of image. Otherwise the task fails.
    Limits: jpg or jpeg or png, at most 10 MiB, each side at least 300 px, width to height from 0.4 to 2.5.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    dynamic_masks: list[DynamicMask] | Unset = UNSET
    """ Motion brush: the areas that move. They need kling-v1 at 5 s, or kling-v1-5 in mode pro at 5 s. """
    camera_control: CameraControl | Unset = UNSET
    """ A camera movement. It needs kling-v1-5 in mode pro at 5 s with type simple. """
    aspect_ratio: str | Unset = UNSET
    """ Not a field of this endpoint, because the video has the aspect ratio of the image. Some clients send this
    field, and Kling seems to ignore it. """
    duration: VideoDuration | Unset = UNSET
    """ Length in seconds, a string. kling-v3 takes 3 to 15, every other model 5 or 10.
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

        model = self.model

        image = self.image

        image_tail = self.image_tail

        multi_shot = self.multi_shot

        shot_type: str | Unset = UNSET
        if not isinstance(self.shot_type, Unset):
            shot_type = self.shot_type

        multi_prompt: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.multi_prompt, Unset):
            multi_prompt = []
            for multi_prompt_item_data in self.multi_prompt:
                multi_prompt_item = multi_prompt_item_data.to_dict()
                multi_prompt.append(multi_prompt_item)

        prompt = self.prompt

        negative_prompt = self.negative_prompt

        element_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.element_list, Unset):
            element_list = []
            for element_list_item_data in self.element_list:
                element_list_item = element_list_item_data.to_dict()
                element_list.append(element_list_item)

        voice_list: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.voice_list, Unset):
            voice_list = []
            for voice_list_item_data in self.voice_list:
                voice_list_item = voice_list_item_data.to_dict()
                voice_list.append(voice_list_item)

        sound: str | Unset = UNSET
        if not isinstance(self.sound, Unset):
            sound = self.sound

        cfg_scale = self.cfg_scale

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        static_mask = self.static_mask

        dynamic_masks: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.dynamic_masks, Unset):
            dynamic_masks = []
            for dynamic_masks_item_data in self.dynamic_masks:
                dynamic_masks_item = dynamic_masks_item_data.to_dict()
                dynamic_masks.append(dynamic_masks_item)

        camera_control: dict[str, Any] | Unset = UNSET
        if not isinstance(self.camera_control, Unset):
            camera_control = self.camera_control.to_dict()

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
        if model is not UNSET:
            field_dict["model"] = model
        if image is not UNSET:
            field_dict["image"] = image
        if image_tail is not UNSET:
            field_dict["image_tail"] = image_tail
        if multi_shot is not UNSET:
            field_dict["multi_shot"] = multi_shot
        if shot_type is not UNSET:
            field_dict["shot_type"] = shot_type
        if multi_prompt is not UNSET:
            field_dict["multi_prompt"] = multi_prompt
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if element_list is not UNSET:
            field_dict["element_list"] = element_list
        if voice_list is not UNSET:
            field_dict["voice_list"] = voice_list
        if sound is not UNSET:
            field_dict["sound"] = sound
        if cfg_scale is not UNSET:
            field_dict["cfg_scale"] = cfg_scale
        if mode is not UNSET:
            field_dict["mode"] = mode
        if static_mask is not UNSET:
            field_dict["static_mask"] = static_mask
        if dynamic_masks is not UNSET:
            field_dict["dynamic_masks"] = dynamic_masks
        if camera_control is not UNSET:
            field_dict["camera_control"] = camera_control
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
        model_name: ImageToVideoModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_image_to_video_model(_model_name)

        model = d.pop("model", UNSET)

        image = d.pop("image", UNSET)

        image_tail = d.pop("image_tail", UNSET)

        multi_shot = d.pop("multi_shot", UNSET)

        _shot_type = d.pop("shot_type", UNSET)
        shot_type: ShotType | Unset
        if _shot_type is None or isinstance(_shot_type, Unset):
            shot_type = UNSET
        else:
            shot_type = check_shot_type(_shot_type)

        _multi_prompt = d.pop("multi_prompt", UNSET)
        multi_prompt: list[Shot] | Unset = UNSET
        if _multi_prompt is not None and _multi_prompt is not UNSET:
            multi_prompt = []
            for multi_prompt_item_data in _multi_prompt:
                multi_prompt_item = Shot.from_dict(multi_prompt_item_data)

                multi_prompt.append(multi_prompt_item)

        prompt = d.pop("prompt", UNSET)

        negative_prompt = d.pop("negative_prompt", UNSET)

        _element_list = d.pop("element_list", UNSET)
        element_list: list[ElementReference] | Unset = UNSET
        if _element_list is not None and _element_list is not UNSET:
            element_list = []
            for element_list_item_data in _element_list:
                element_list_item = ElementReference.from_dict(element_list_item_data)

                element_list.append(element_list_item)

        _voice_list = d.pop("voice_list", UNSET)
        voice_list: list[VoiceReference] | Unset = UNSET
        if _voice_list is not None and _voice_list is not UNSET:
            voice_list = []
            for voice_list_item_data in _voice_list:
                voice_list_item = VoiceReference.from_dict(voice_list_item_data)

                voice_list.append(voice_list_item)

        _sound = d.pop("sound", UNSET)
        sound: SoundSwitch | Unset
        if _sound is None or isinstance(_sound, Unset):
            sound = UNSET
        else:
            sound = check_sound_switch(_sound)

        cfg_scale = d.pop("cfg_scale", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: VideoMode | Unset
        if _mode is None or isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_video_mode(_mode)

        static_mask = d.pop("static_mask", UNSET)

        _dynamic_masks = d.pop("dynamic_masks", UNSET)
        dynamic_masks: list[DynamicMask] | Unset = UNSET
        if _dynamic_masks is not None and _dynamic_masks is not UNSET:
            dynamic_masks = []
            for dynamic_masks_item_data in _dynamic_masks:
                dynamic_masks_item = DynamicMask.from_dict(dynamic_masks_item_data)

                dynamic_masks.append(dynamic_masks_item)

        _camera_control = d.pop("camera_control", UNSET)
        camera_control: CameraControl | Unset
        if _camera_control is None or isinstance(_camera_control, Unset):
            camera_control = UNSET
        else:
            camera_control = CameraControl.from_dict(_camera_control)

        aspect_ratio = d.pop("aspect_ratio", UNSET)

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

        image_to_video_request = cls(
            model_name=model_name,
            model=model,
            image=image,
            image_tail=image_tail,
            multi_shot=multi_shot,
            shot_type=shot_type,
            multi_prompt=multi_prompt,
            prompt=prompt,
            negative_prompt=negative_prompt,
            element_list=element_list,
            voice_list=voice_list,
            sound=sound,
            cfg_scale=cfg_scale,
            mode=mode,
            static_mask=static_mask,
            dynamic_masks=dynamic_masks,
            camera_control=camera_control,
            aspect_ratio=aspect_ratio,
            duration=duration,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return image_to_video_request


from ..models.camera_control import CameraControl
from ..models.dynamic_mask import DynamicMask
from ..models.element_reference import ElementReference
from ..models.shot import Shot
from ..models.voice_reference import VoiceReference
from ..models.watermark_info import WatermarkInfo
