from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.lip_sync_audio_type import LipSyncAudioType, check_lip_sync_audio_type
from ..models.lip_sync_language import LipSyncLanguage, check_lip_sync_language
from ..models.lip_sync_mode import LipSyncMode, check_lip_sync_mode
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="LipSyncInput")


@_attrs_define(kw_only=True)
class LipSyncInput:
    """The video, and the text or the audio.
    Rules:
    - exactly one of video_id and video_url must have a value; leave the other one out.
    - text must not be empty or blank when mode is text2video.
    - voice_id must not be empty when mode is text2video.
    - audio_type must be file or url when mode is audio2video.
    - audio_file must not be empty when mode is audio2video and audio_type is file.
    - audio_url must not be empty when mode is audio2video and audio_type is url.

    Attributes:
        mode: Whether to speak a text or to play an audio clip.
            text2video speaks a text, audio2video plays an audio clip.
        video_id: Id of a video that Kling made in the last 30 days. According to the page of 2025 it is 5 or 10 s long;
            since 2025-06-30, up to 60 s.
            Give this or video_url. An empty string counts as absent.
        video_url: Where Kling can fetch the video; up to 60 s since 2025-06-30, up to 10 s before. Give this or video_id.
            720p or 1080p, each side from 720 to 1920 pixels.
            An empty string counts as absent.
            Limits: mp4 or mov, at most 100 MiB, each side at least 720 px, at most 1920 px, 2 to 60 s.
        text: What to say. Needed with text2video.
        voice_id: One of the lip-sync voices, not a custom voice. Needed with text2video.
        voice_language: Language of the voice, with text2video.
            Kling's default: `zh`.
            zh is Chinese, en is English.
        voice_speed: How fast to speak, with one decimal place.
            Kling's default: `1`.
        audio_type: How you give the audio. Needed with audio2video.
            file means that the audio is in audio_file, url that it is at audio_url.
        audio_file: The audio, bare base64. Needed when mode is audio2video and audio_type is file.
            Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists
            them.
            Limits: mp3 or wav or m4a or aac, at most 5 MiB.
        audio_url: Where Kling can fetch the audio, an http(s) URL. Needed when mode is audio2video and audio_type is url.
            Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists
            them.
            Limits: mp3 or wav or m4a or aac, at most 5 MiB.
    """

    mode: LipSyncMode
    """ Whether to speak a text or to play an audio clip.
    text2video speaks a text, audio2video plays an audio clip. """
    video_id: str | Unset = UNSET
    """ Id of a video that Kling made in the last 30 days. According to the page of 2025 it is 5 or 10 s long; since
    2025-06-30, up to 60 s.
    Give this or video_url. An empty string counts as absent. """
    video_url: str | Unset = UNSET
    """ Where Kling can fetch the video; up to 60 s since 2025-06-30, up to 10 s before. Give this or video_id.
    720p or 1080p, each side from 720 to 1920 pixels.
    An empty string counts as absent.
    Limits: mp4 or mov, at most 100 MiB, each side at least 720 px, at most 1920 px, 2 to 60 s. """
    text: str | Unset = UNSET
    """ What to say. Needed with text2video. """
    voice_id: str | Unset = UNSET
    """ One of the lip-sync voices, not a custom voice. Needed with text2video. """
    voice_language: LipSyncLanguage | Unset = UNSET
    """ Language of the voice, with text2video.
    Kling's default: `zh`.
    zh is Chinese, en is English. """
    voice_speed: float | Unset = UNSET
    """ How fast to speak, with one decimal place.
    Kling's default: `1`. """
    audio_type: LipSyncAudioType | Unset = UNSET
    """ How you give the audio. Needed with audio2video.
    file means that the audio is in audio_file, url that it is at audio_url. """
    audio_file: str | Unset = UNSET
    """ The audio, bare base64. Needed when mode is audio2video and audio_type is file.
    Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists them.
    Limits: mp3 or wav or m4a or aac, at most 5 MiB. """
    audio_url: str | Unset = UNSET
    """ Where Kling can fetch the audio, an http(s) URL. Needed when mode is audio2video and audio_type is url.
    Send mp3 or wav: two clients got "Audio format is invalid" for m4a and aac, although Kling's page lists them.
    Limits: mp3 or wav or m4a or aac, at most 5 MiB. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        mode: str = self.mode

        video_id = self.video_id

        video_url = self.video_url

        text = self.text

        voice_id = self.voice_id

        voice_language: str | Unset = UNSET
        if not isinstance(self.voice_language, Unset):
            voice_language = self.voice_language

        voice_speed = self.voice_speed

        audio_type: str | Unset = UNSET
        if not isinstance(self.audio_type, Unset):
            audio_type = self.audio_type

        audio_file = self.audio_file

        audio_url = self.audio_url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "mode": mode,
            }
        )
        if video_id is not UNSET:
            field_dict["video_id"] = video_id
        if video_url is not UNSET:
            field_dict["video_url"] = video_url
        if text is not UNSET:
            field_dict["text"] = text
        if voice_id is not UNSET:
            field_dict["voice_id"] = voice_id
        if voice_language is not UNSET:
            field_dict["voice_language"] = voice_language
        if voice_speed is not UNSET:
            field_dict["voice_speed"] = voice_speed
        if audio_type is not UNSET:
            field_dict["audio_type"] = audio_type
        if audio_file is not UNSET:
            field_dict["audio_file"] = audio_file
        if audio_url is not UNSET:
            field_dict["audio_url"] = audio_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        mode = check_lip_sync_mode(d.pop("mode"))

        video_id = d.pop("video_id", UNSET)

        video_url = d.pop("video_url", UNSET)

        text = d.pop("text", UNSET)

        voice_id = d.pop("voice_id", UNSET)

        _voice_language = d.pop("voice_language", UNSET)
        voice_language: LipSyncLanguage | Unset
        if _voice_language is None or isinstance(_voice_language, Unset):
            voice_language = UNSET
        else:
            voice_language = check_lip_sync_language(_voice_language)

        voice_speed = d.pop("voice_speed", UNSET)

        _audio_type = d.pop("audio_type", UNSET)
        audio_type: LipSyncAudioType | Unset
        if _audio_type is None or isinstance(_audio_type, Unset):
            audio_type = UNSET
        else:
            audio_type = check_lip_sync_audio_type(_audio_type)

        audio_file = d.pop("audio_file", UNSET)

        audio_url = d.pop("audio_url", UNSET)

        if d:
            raise unknown_field(cls, d)

        lip_sync_input = cls(
            mode=mode,
            video_id=video_id,
            video_url=video_url,
            text=text,
            voice_id=voice_id,
            voice_language=voice_language,
            voice_speed=voice_speed,
            audio_type=audio_type,
            audio_file=audio_file,
            audio_url=audio_url,
        )

        return lip_sync_input
