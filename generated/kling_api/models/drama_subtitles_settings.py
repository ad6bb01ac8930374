from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.subtitle_language import SubtitleLanguage, check_subtitle_language
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="DramaSubtitlesSettings")


@_attrs_define(kw_only=True)
class DramaSubtitlesSettings:
    """The look of the subtitles.

    Attributes:
        target_cps: How many characters of subtitles to show per second, 10 to 20.
            Kling's default: `17`.
        target_language: Kling's default: `en`.
            Language of the subtitles; English is the only one.
        margin_v: Distance of the subtitles from the edge. If it is absent or null, Kling uses 340 for a portrait video,
            and 80 for a landscape video.
        font_size: Font size. If it is absent or null, Kling uses 60 for a portrait video, and 56 for a landscape video.
    """

    target_cps: int | Unset = UNSET
    """ How many characters of subtitles to show per second, 10 to 20.
    Kling's default: `17`. """
    target_language: SubtitleLanguage | Unset = UNSET
    """ Kling's default: `en`.
    Language of the subtitles; English is the only one. """
    margin_v: int | None | Unset = UNSET
    """ Distance of the subtitles from the edge. If it is absent or null, Kling uses 340 for a portrait video, and
    80 for a landscape video. """
    font_size: int | None | Unset = UNSET
    """ Font size. If it is absent or null, Kling uses 60 for a portrait video, and 56 for a landscape video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        target_cps = self.target_cps

        target_language: str | Unset = UNSET
        if not isinstance(self.target_language, Unset):
            target_language = self.target_language

        margin_v: int | None | Unset
        if isinstance(self.margin_v, Unset):
            margin_v = UNSET
        else:
            margin_v = self.margin_v

        font_size: int | None | Unset
        if isinstance(self.font_size, Unset):
            font_size = UNSET
        else:
            font_size = self.font_size

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if target_cps is not UNSET:
            field_dict["target_cps"] = target_cps
        if target_language is not UNSET:
            field_dict["target_language"] = target_language
        if margin_v is not UNSET:
            field_dict["margin_v"] = margin_v
        if font_size is not UNSET:
            field_dict["font_size"] = font_size

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        target_cps = d.pop("target_cps", UNSET)

        _target_language = d.pop("target_language", UNSET)
        target_language: SubtitleLanguage | Unset
        if _target_language is None or isinstance(_target_language, Unset):
            target_language = UNSET
        else:
            target_language = check_subtitle_language(_target_language)

        def _parse_margin_v(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        margin_v = _parse_margin_v(d.pop("margin_v", UNSET))

        def _parse_font_size(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        font_size = _parse_font_size(d.pop("font_size", UNSET))

        if d:
            raise unknown_field(cls, d)

        drama_subtitles_settings = cls(
            target_cps=target_cps,
            target_language=target_language,
            margin_v=margin_v,
            font_size=font_size,
        )

        return drama_subtitles_settings
