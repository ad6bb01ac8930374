from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="AdvancedLipSyncFace")


@_attrs_define(kw_only=True)
class AdvancedLipSyncFace:
    """A face, and the part of the audio that it speaks.
    Rules:
    - exactly one of audio_id and sound_file must have a value; leave the other one out.

    Attributes:
        face_id: Id of the face, from the reply that opened the session.
        sound_start_time: Where the part that the face speaks starts in the audio, in ms.
        sound_end_time: Where the part that the face speaks ends in the audio, in ms: at least 2000 after sound_start_time, and
            not after the end of the audio.
        sound_insert_time: Where the part that the face speaks starts in the video, in ms. The part must end within the video.
        audio_id: Id of an audio clip that the speech API made in the last 30 days, 2 to 60 s long. Give this or
            sound_file.
        sound_file: The audio, a URL or bare base64. Give this or audio_id. The service checks its content.
            Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists
            them.
            Limits: mp3 or wav or m4a or aac, at most 5 MiB, 2 to 60 s.
        sound_volume: Volume of the audio; higher is louder.
            Kling's default: `1`.
        original_audio_volume: Volume of the video's own sound; higher is louder. It has no effect on a silent video.
            Kling's default: `1`.
    """

    face_id: str
    """ Id of the face, from the reply that opened the session. """
    sound_start_time: int
    """ Where the part that the face speaks starts in the audio, in ms. """
    sound_end_time: int
    """ Where the part that the face speaks ends in the audio, in ms: at least 2000 after sound_start_time, and not
    after the end of the audio. """
    sound_insert_time: int
    """ Where the part that the face speaks starts in the video, in ms. The part must end within the video. """
    audio_id: str | Unset = UNSET
    """ Id of an audio clip that the speech API made in the last 30 days, 2 to 60 s long. Give this or sound_file.
    """
    sound_file: str | Unset = UNSET
    """ The audio, a URL or bare base64. Give this or audio_id. The service checks its content.
    Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists them.
    Limits: mp3 or wav or m4a or aac, at most 5 MiB, 2 to 60 s. """
    sound_volume: float | Unset = UNSET
    """ Volume of the audio; higher is louder.
    Kling's default: `1`. """
    original_audio_volume: float | Unset = UNSET
    """ Volume of the video's own sound; higher is louder. It has no effect on a silent video.
    Kling's default: `1`. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        face_id = self.face_id

        sound_start_time = self.sound_start_time

        sound_end_time = self.sound_end_time

        sound_insert_time = self.sound_insert_time

        audio_id = self.audio_id

        sound_file = self.sound_file

        sound_volume = self.sound_volume

        original_audio_volume = self.original_audio_volume

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "face_id": face_id,
                "sound_start_time": sound_start_time,
                "sound_end_time": sound_end_time,
                "sound_insert_time": sound_insert_time,
            }
        )
        if audio_id is not UNSET:
            field_dict["audio_id"] = audio_id
        if sound_file is not UNSET:
            field_dict["sound_file"] = sound_file
        if sound_volume is not UNSET:
            field_dict["sound_volume"] = sound_volume
        if original_audio_volume is not UNSET:
            field_dict["original_audio_volume"] = original_audio_volume

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        face_id = d.pop("face_id")

        sound_start_time = d.pop("sound_start_time")

        sound_end_time = d.pop("sound_end_time")

        sound_insert_time = d.pop("sound_insert_time")

        audio_id = d.pop("audio_id", UNSET)

        sound_file = d.pop("sound_file", UNSET)

        sound_volume = d.pop("sound_volume", UNSET)

        original_audio_volume = d.pop("original_audio_volume", UNSET)

        if d:
            raise unknown_field(cls, d)

        advanced_lip_sync_face = cls(
            face_id=face_id,
            sound_start_time=sound_start_time,
            sound_end_time=sound_end_time,
            sound_insert_time=sound_insert_time,
            audio_id=audio_id,
            sound_file=sound_file,
            sound_volume=sound_volume,
            original_audio_volume=original_audio_volume,
        )

        return advanced_lip_sync_face
