from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="PackageDeductionEntry")


@_attrs_define(kw_only=True)
class PackageDeductionEntry:
    """Units that Kling deducted for one task.

    Attributes:
        package_id: Id of the package; /account/costs has it as resource_pack_id.
        product_type: Kind of product: video, image or try-on. The filters of /tasks have try_on instead of try-on.
        task_id: Id of the task that was paid for.
        api_key_name: Name of the API key in the console.
        product_function: The kind of work, such as image to video.
        model_name: Model that was used.
        resolution: Resolution: 720p, 1080p or 4k. In the /v1 standard, 720p is mode std, and 1080p is mode pro.
        duration: Length of a video in seconds, a decimal number in a string such as "5.04".
        refer_video_input: Whether there was an input video; for video tasks only.
        video_sound: Sound of a video: native, original or off.
        voice_control: Whether a video uses voices.
        deduction_time: When it was deducted, in Unix milliseconds, written as a string.
        unit_before_deduction: Kling units in the package before the deduction.
        deduction_amount: Kling units deducted; they are not money.
        unit_after_deduction: Kling units in the package after the deduction.
    """

    package_id: str | Unset = UNSET
    """ Id of the package; /account/costs has it as resource_pack_id. """
    product_type: str | Unset = UNSET
    """ Kind of product: video, image or try-on. The filters of /tasks have try_on instead of try-on. """
    task_id: str | Unset = UNSET
    """ Id of the task that was paid for. """
    api_key_name: str | Unset = UNSET
    """ Name of the API key in the console. """
    product_function: str | Unset = UNSET
    """ The kind of work, such as image to video. """
    model_name: str | Unset = UNSET
    """ Model that was used. """
    resolution: str | Unset = UNSET
    """ Resolution: 720p, 1080p or 4k. In the /v1 standard, 720p is mode std, and 1080p is mode pro. """
    duration: str | Unset = UNSET
    """ Length of a video in seconds, a decimal number in a string such as "5.04". """
    refer_video_input: bool | Unset = UNSET
    """ Whether there was an input video; for video tasks only. """
    video_sound: str | Unset = UNSET
    """ Sound of a video: native, original or off. """
    voice_control: bool | Unset = UNSET
    """ Whether a video uses voices. """
    deduction_time: str | Unset = UNSET
    """ When it was deducted, in Unix milliseconds, written as a string. """
    unit_before_deduction: float | Unset = UNSET
    """ Kling units in the package before the deduction. """
    deduction_amount: float | Unset = UNSET
    """ Kling units deducted; they are not money. """
    unit_after_deduction: float | Unset = UNSET
    """ Kling units in the package after the deduction. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        package_id = self.package_id

        product_type = self.product_type

        task_id = self.task_id

        api_key_name = self.api_key_name

        product_function = self.product_function

        model_name = self.model_name

        resolution = self.resolution

        duration = self.duration

        refer_video_input = self.refer_video_input

        video_sound = self.video_sound

        voice_control = self.voice_control

        deduction_time = self.deduction_time

        unit_before_deduction = self.unit_before_deduction

        deduction_amount = self.deduction_amount

        unit_after_deduction = self.unit_after_deduction

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if package_id is not UNSET:
            field_dict["package_id"] = package_id
        if product_type is not UNSET:
            field_dict["product_type"] = product_type
        if task_id is not UNSET:
            field_dict["task_id"] = task_id
        if api_key_name is not UNSET:
            field_dict["api_key_name"] = api_key_name
        if product_function is not UNSET:
            field_dict["product_function"] = product_function
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if duration is not UNSET:
            field_dict["duration"] = duration
        if refer_video_input is not UNSET:
            field_dict["refer_video_input"] = refer_video_input
        if video_sound is not UNSET:
            field_dict["video_sound"] = video_sound
        if voice_control is not UNSET:
            field_dict["voice_control"] = voice_control
        if deduction_time is not UNSET:
            field_dict["deduction_time"] = deduction_time
        if unit_before_deduction is not UNSET:
            field_dict["unit_before_deduction"] = unit_before_deduction
        if deduction_amount is not UNSET:
            field_dict["deduction_amount"] = deduction_amount
        if unit_after_deduction is not UNSET:
            field_dict["unit_after_deduction"] = unit_after_deduction

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        package_id = d.pop("package_id", UNSET)

        product_type = d.pop("product_type", UNSET)

        task_id = d.pop("task_id", UNSET)

        api_key_name = d.pop("api_key_name", UNSET)

        product_function = d.pop("product_function", UNSET)

        model_name = d.pop("model_name", UNSET)

        resolution = d.pop("resolution", UNSET)

        duration = d.pop("duration", UNSET)

        refer_video_input = d.pop("refer_video_input", UNSET)

        video_sound = d.pop("video_sound", UNSET)

        voice_control = d.pop("voice_control", UNSET)

        deduction_time = d.pop("deduction_time", UNSET)

        unit_before_deduction = d.pop("unit_before_deduction", UNSET)

        deduction_amount = d.pop("deduction_amount", UNSET)

        unit_after_deduction = d.pop("unit_after_deduction", UNSET)

        package_deduction_entry = cls(
            package_id=package_id,
            product_type=product_type,
            task_id=task_id,
            api_key_name=api_key_name,
            product_function=product_function,
            model_name=model_name,
            resolution=resolution,
            duration=duration,
            refer_video_input=refer_video_input,
            video_sound=video_sound,
            voice_control=voice_control,
            deduction_time=deduction_time,
            unit_before_deduction=unit_before_deduction,
            deduction_amount=deduction_amount,
            unit_after_deduction=unit_after_deduction,
        )

        package_deduction_entry.additional_properties = d
        return package_deduction_entry

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
