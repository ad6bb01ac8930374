from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.shot_type import ShotType, check_shot_type
from ..models.sound_switch import SoundSwitch, check_sound_switch
from ..models.text_to_video_model import TextToVideoModel, check_text_to_video_model
from ..models.video_aspect_ratio import VideoAspectRatio, check_video_aspect_ratio
from ..models.video_duration import VideoDuration, check_video_duration
from ..models.video_mode import VideoMode, check_video_mode
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="TextToVideoRequest")


@_attrs_define(kw_only=True)
class TextToVideoRequest:
    """Text to video: A video from a prompt.
    The body of createTextToVideoTask, POST /v1/videos/text2video.
    The video to make.
    Some clients send duration as a number. No refusal of that is known, so the number counts as the string.
    Open: whether models without sound refuse sound "off".
    Rules:
    - prompt must not be empty or blank. It is optional only with multi_shot true and shot_type customize.
    - shot_type must be customize or intelligence when multi_shot is true.
    - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
    - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
    - model_name must be kling-v3 when multi_shot is true.
    - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it "off" otherwise.
    - camera_control needs model_name kling-v1, mode std and duration "5"; no other model supports it here.
    - duration must be "3" to "15" with model_name kling-v3, and "5" or "10" with every other model.
    - mode 4k needs model_name kling-v3; every other model takes std or pro.

    Attributes:
        model_name: Model to use. Name one that is still available, because the default is retired.
            Kling's default: `kling-v1`.
            `kling-v1` is retired since 2026-09-15.
            `kling-v1-6` is retired since 2026-09-15.
            `kling-v2-master` is retired since 2026-09-15.
            `kling-v2-1-master` is retired since 2026-09-15.
        model: Former name of model_name. Kling accepts this field but ignores it, and uses the default model.
        prompt: What to show. With multi_shot true and shot_type customize, Kling ignores this field; otherwise it is
            needed.
        multi_shot: True makes a storyboard of several shots. It needs kling-v3.
            Kling's default: `false`.
        shot_type: How the storyboard is made. Needed when multi_shot is true.
            With customize, the shots are those of multi_prompt. With intelligence, the model divides the prompt
            into shots.
        multi_prompt: The shots, in order. Needed when multi_shot is true and shot_type is customize.
        negative_prompt: What to avoid.
        voice_list: Voices to speak with. Kling's page of March 2026 describes them, with <<<voice_1>>> in prompt and sound
            on. Kling's capability map of 2026-05-19, however, has no voice control for text to video.
        sound: Native audio: whether to make sound too. A video with sound costs more. On needs kling-v3, or kling-v2-6
            in mode pro.
            Kling's default: `off`.
            Native audio: whether the model makes sound together with the video. A video with sound costs more.
        cfg_scale: How closely to follow the prompt; higher is closer. It is documented for the 1.x models; with the 2.x
            models, it may have no effect.
            Kling's default: `0.5`.
        mode: Resolution of the video, which affects the price. 4k needs kling-v3.
            Kling's default: `std`.
            Resolution of the video, which affects the price: std (standard) is 720p, pro (professional) is 1080p
            (720p on kling-v1), 4k is 4K.
        camera_control: A camera movement. It needs kling-v1 in mode std at 5 s.
        aspect_ratio: Width to height of the video.
            Kling's default: `16:9`.
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

    model_name: TextToVideoModel | Unset = UNSET
    """ Model to use. Name one that is still available, because the default is retired.
    Kling's default: `kling-v1`.
    `kling-v1` is retired since 2026-09-15.
    `kling-v1-6` is retired since 2026-09-15.
    `kling-v2-master` is retired since 2026-09-15.
    `kling-v2-1-master` is retired since 2026-09-15. """
    model: str | Unset = UNSET
    """ Former name of model_name. Kling accepts this field but ignores it, and uses the default model. """
    prompt: str | Unset = UNSET
    """ What to show. With multi_shot true and shot_type customize, Kling ignores this field; otherwise it is
    needed. """
    multi_shot: bool | Unset = UNSET
    """ True makes a storyboard of several shots. It needs kling-v3.
    Kling's default: `false`. """
    shot_type: ShotType | Unset = UNSET
    """ How the storyboard is made. Needed when multi_shot is true.
    With customize, the shots are those of multi_prompt. With intelligence, the model divides the prompt into shots.
    """
    multi_prompt: list[Shot] | Unset = UNSET
    """ The shots, in order. Needed when multi_shot is true and shot_type is customize. """
    negative_prompt: str | Unset = UNSET
    """ What to avoid. """
    voice_list: list[VoiceReference] | Unset = UNSET
    """ Voices to speak with. Kling's page of March 2026 describes them, with <<<voice_1>>> in prompt and sound on.
    Kling's capability map of 2026-05-19, however, has no voice control for text to video. """
    sound: SoundSwitch | Unset = UNSET
    """ Native audio: whether to make sound too. A video with sound costs more. On needs kling-v3, or kling-v2-6 in
    mode pro.
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
    camera_control: CameraControl | Unset = UNSET
    """ A camera movement. It needs kling-v1 in mode std at 5 s. """
    aspect_ratio: VideoAspectRatio | Unset = UNSET
    """ Width to height of the video.
    Kling's default: `16:9`. """
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

        prompt = self.prompt

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

        negative_prompt = self.negative_prompt

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

        camera_control: dict[str, Any] | Unset = UNSET
        if not isinstance(self.camera_control, Unset):
            camera_control = self.camera_control.to_dict()

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
        if model is not UNSET:
            field_dict["model"] = model
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if multi_shot is not UNSET:
            field_dict["multi_shot"] = multi_shot
        if shot_type is not UNSET:
            field_dict["shot_type"] = shot_type
        if multi_prompt is not UNSET:
            field_dict["multi_prompt"] = multi_prompt
        if negative_prompt is not UNSET:
            field_dict["negative_prompt"] = negative_prompt
        if voice_list is not UNSET:
            field_dict["voice_list"] = voice_list
        if sound is not UNSET:
            field_dict["sound"] = sound
        if cfg_scale is not UNSET:
            field_dict["cfg_scale"] = cfg_scale
        if mode is not UNSET:
            field_dict["mode"] = mode
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
        model_name: TextToVideoModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_text_to_video_model(_model_name)

        model = d.pop("model", UNSET)

        prompt = d.pop("prompt", UNSET)

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

        negative_prompt = d.pop("negative_prompt", UNSET)

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

        _camera_control = d.pop("camera_control", UNSET)
        camera_control: CameraControl | Unset
        if _camera_control is None or isinstance(_camera_control, Unset):
            camera_control = UNSET
        else:
            camera_control = CameraControl.from_dict(_camera_control)

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

        text_to_video_request = cls(
            model_name=model_name,
            model=model,
            prompt=prompt,
            multi_shot=multi_shot,
            shot_type=shot_type,
            multi_prompt=multi_prompt,
            negative_prompt=negative_prompt,
            voice_list=voice_list,
            sound=sound,
            cfg_scale=cfg_scale,
            mode=mode,
            camera_control=camera_control,
            aspect_ratio=aspect_ratio,
            duration=duration,
            watermark_info=watermark_info,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return text_to_video_request


from ..models.camera_control import CameraControl
from ..models.shot import Shot
from ..models.voice_reference import VoiceReference
from ..models.watermark_info import WatermarkInfo
