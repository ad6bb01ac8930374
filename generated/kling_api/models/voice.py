from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Voice")


@_attrs_define(kw_only=True)
class Voice:
    """A voice for the video models.

    Attributes:
        voice_id: Id of the voice, for voice_list and element_voice_id.
        voice_name: Name of the voice.
        trial_url: Where to download a sample, which has been a WAV file so far.
        owned_by: kling for a voice that Kling made; otherwise the id of the user who made it.
        status: State of the voice. Kling's pages do not mention this field, and its only recorded value is succeed.
    """

    voice_id: str | Unset = UNSET
    """ Id of the voice, for voice_list and element_voice_id. """
    voice_name: str | Unset = UNSET
    """ Name of the voice. """
    trial_url: str | Unset = UNSET
    """ Where to download a sample, which has been a WAV file so far. """
    owned_by: str | Unset = UNSET
    """ kling for a voice that Kling made; otherwise the id of the user who made it. """
    status: str | Unset = UNSET
    """ State of the voice. Kling's pages do not mention this field, and its only recorded value is succeed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        voice_id = self.voice_id

        voice_name = self.voice_name

        trial_url = self.trial_url

        owned_by = self.owned_by

        status = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if voice_id is not UNSET:
            field_dict["voice_id"] = voice_id
        if voice_name is not UNSET:
            field_dict["voice_name"] = voice_name
        if trial_url is not UNSET:
            field_dict["trial_url"] = trial_url
        if owned_by is not UNSET:
            field_dict["owned_by"] = owned_by
        if status is not UNSET:
            field_dict["status"] = status

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        voice_id = d.pop("voice_id", UNSET)

        voice_name = d.pop("voice_name", UNSET)

        trial_url = d.pop("trial_url", UNSET)

        owned_by = d.pop("owned_by", UNSET)

        status = d.pop("status", UNSET)

        voice = cls(
            voice_id=voice_id,
            voice_name=voice_name,
            trial_url=trial_url,
            owned_by=owned_by,
            status=status,
        )

        voice.additional_properties = d
        return voice

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
