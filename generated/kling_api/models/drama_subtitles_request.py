from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="DramaSubtitlesRequest")


@_attrs_define(kw_only=True)
class DramaSubtitlesRequest:
    """Drama subtitles: English subtitles for a short video in Chinese.
    The body of createDramaSubtitlesTask, POST /solutions/drama_subtitle.
    The video, a glossary of names, and the look of the subtitles.
    Rules:
    - contents must have a source_video.
    - contents must have at most one source_video.
    - contents must have at most 200 parts of type glossary.

    Attributes:
        contents: The input, a list of parts in any order.
        settings: The look of the subtitles.
        options: Options that do not change the video.
    """

    contents: list[DramaVideoContent | GlossaryContent]
    """ The input, a list of parts in any order. """
    settings: DramaSubtitlesSettings | Unset = UNSET
    """ The look of the subtitles. """
    options: DramaSubtitlesOptions | Unset = UNSET
    """ Options that do not change the video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        contents = []
        for contents_item_data in self.contents:
            contents_item: dict[str, Any]
            if isinstance(contents_item_data, DramaVideoContent):
                contents_item = contents_item_data.to_dict()
            else:
                contents_item = contents_item_data.to_dict()

            contents.append(contents_item)

        settings: dict[str, Any] | Unset = UNSET
        if not isinstance(self.settings, Unset):
            settings = self.settings.to_dict()

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "contents": contents,
            }
        )
        if settings is not UNSET:
            field_dict["settings"] = settings
        if options is not UNSET:
            field_dict["options"] = options

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        contents = []
        _contents = d.pop("contents")
        for contents_item_data in _contents:

            def _parse_contents_item(
                data: object,
            ) -> DramaVideoContent | GlossaryContent:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_drama_subtitles_content_type_0 = (
                        DramaVideoContent.from_dict(data)
                    )

                    return componentsschemas_drama_subtitles_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_drama_subtitles_content_type_1 = (
                    GlossaryContent.from_dict(data)
                )

                return componentsschemas_drama_subtitles_content_type_1

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        _settings = d.pop("settings", UNSET)
        settings: DramaSubtitlesSettings | Unset
        if _settings is None or isinstance(_settings, Unset):
            settings = UNSET
        else:
            settings = DramaSubtitlesSettings.from_dict(_settings)

        _options = d.pop("options", UNSET)
        options: DramaSubtitlesOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = DramaSubtitlesOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        drama_subtitles_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return drama_subtitles_request


from ..models.drama_subtitles_options import DramaSubtitlesOptions
from ..models.drama_subtitles_settings import DramaSubtitlesSettings
from ..models.drama_video_content import DramaVideoContent
from ..models.glossary_content import GlossaryContent
