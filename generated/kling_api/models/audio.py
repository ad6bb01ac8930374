from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="Audio")


@_attrs_define(kw_only=True)
class Audio:
    """One generated audio clip. Its URLs are signed, and its files are deleted 30 days after the creation of the task.
    Text to speech fills url and duration; the other families fill the fields for MP3 and WAV.

    Attributes:
        id: Id of the audio clip; families with an audio_id accept it for 30 days.
        url: Where to download the audio, an MP3: a signed URL. The file is deleted 30 days after the creation of the
            task.
        duration: Length in seconds, a decimal number in a string.
        url_mp3: Where to download the audio as MP3.
        url_wav: Where to download the audio as WAV.
        duration_mp3: Length of the MP3 in seconds, a decimal number in a string such as "5.146".
        duration_wav: Length of the WAV in seconds, a decimal number in a string such as "5.08". It may differ from the length
            of the MP3.
    """

    id: str | Unset = UNSET
    """ Id of the audio clip; families with an audio_id accept it for 30 days. """
    url: str | Unset = UNSET
    """ Where to download the audio, an MP3: a signed URL. The file is deleted 30 days after the creation of the
    task. """
    duration: str | Unset = UNSET
    """ Length in seconds, a decimal number in a string. """
    url_mp3: str | Unset = UNSET
    """ Where to download the audio as MP3. """
    url_wav: str | Unset = UNSET
    """ Where to download the audio as WAV. """
    duration_mp3: str | Unset = UNSET
    """ Length of the MP3 in seconds, a decimal number in a string such as "5.146". """
    duration_wav: str | Unset = UNSET
    """ Length of the WAV in seconds, a decimal number in a string such as "5.08". It may differ from the length of
    the MP3. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        url = self.url

        duration = self.duration

        url_mp3 = self.url_mp3

        url_wav = self.url_wav

        duration_mp3 = self.duration_mp3

        duration_wav = self.duration_wav

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if url is not UNSET:
            field_dict["url"] = url
        if duration is not UNSET:
            field_dict["duration"] = duration
        if url_mp3 is not UNSET:
            field_dict["url_mp3"] = url_mp3
        if url_wav is not UNSET:
            field_dict["url_wav"] = url_wav
        if duration_mp3 is not UNSET:
            field_dict["duration_mp3"] = duration_mp3
        if duration_wav is not UNSET:
            field_dict["duration_wav"] = duration_wav

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        url = d.pop("url", UNSET)

        duration = d.pop("duration", UNSET)

        url_mp3 = d.pop("url_mp3", UNSET)

        url_wav = d.pop("url_wav", UNSET)

        duration_mp3 = d.pop("duration_mp3", UNSET)

        duration_wav = d.pop("duration_wav", UNSET)

        audio = cls(
            id=id,
            url=url,
            duration=duration,
            url_mp3=url_mp3,
            url_wav=url_wav,
            duration_mp3=duration_mp3,
            duration_wav=duration_wav,
        )

        audio.additional_properties = d
        return audio

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
