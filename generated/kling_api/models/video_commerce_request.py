from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="VideoCommerceRequest")


@_attrs_define(kw_only=True)
class VideoCommerceRequest:
    """Video commerce: A video of a presenter who speaks a script, with or without goods to sell.
    The body of createVideoCommerceTask, POST /solutions/talking_agent.
    The presenter, the script and the goods.
    Rules:
    - contents must have exactly one presenter: either an avatar_image or an avatar_id.
    - settings.voice_id must be given when contents has an avatar_image.
    - settings.voice_id must be left out when contents has an avatar_id, because that presenter already has a voice.
    - contents must have a speech_script.
    - contents must have at most one speech_script.
    - contents must have a ref_image when it has a goods_title, goods_price, goods_target_audience or
    goods_selling_point.
    - contents must have a goods_title when it has a ref_image, goods_price, goods_target_audience or
    goods_selling_point.
    - settings.speech_rate must be left out when contents has a ref_image, goods_title, goods_price,
    goods_target_audience or goods_selling_point.
    - contents must have at most 5 parts of type ref_image.
    - contents must have at most one goods_title.
    - contents must have at most one goods_price.
    - contents must have at most 20 parts of type goods_target_audience.
    - contents must have at most 20 parts of type goods_selling_point.

    Attributes:
        contents: The input, a list of parts in any order.
        settings: Settings for the video. Kling also accepts the field names in camelCase, such as voiceId.
        options: Options that do not change the video.
    """

    contents: list[
        AvatarIdContent
        | AvatarImageContent
        | CommerceAudienceContent
        | CommercePriceContent
        | CommerceSellingPointContent
        | CommerceTitleContent
        | GoodsImageContent
        | SpeechScriptContent
    ]
    """ The input, a list of parts in any order. """
    settings: VideoCommerceSettings | Unset = UNSET
    """ Settings for the video. Kling also accepts the field names in camelCase, such as voiceId. """
    options: VideoCommerceOptions | Unset = UNSET
    """ Options that do not change the video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        contents = []
        for contents_item_data in self.contents:
            contents_item: dict[str, Any]
            if isinstance(contents_item_data, AvatarImageContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, AvatarIdContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, GoodsImageContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, CommerceTitleContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, CommercePriceContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, CommerceAudienceContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, CommerceSellingPointContent):
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
            ) -> (
                AvatarIdContent
                | AvatarImageContent
                | CommerceAudienceContent
                | CommercePriceContent
                | CommerceSellingPointContent
                | CommerceTitleContent
                | GoodsImageContent
                | SpeechScriptContent
            ):
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_video_commerce_content_type_0 = (
                        AvatarImageContent.from_dict(data)
                    )

                    return componentsschemas_video_commerce_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_video_commerce_content_type_1 = (
                        AvatarIdContent.from_dict(data)
                    )

                    return componentsschemas_video_commerce_content_type_1
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_video_commerce_content_type_2 = (
                        GoodsImageContent.from_dict(data)
                    )

                    return componentsschemas_video_commerce_content_type_2
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_video_commerce_content_type_3 = (
                        CommerceTitleContent.from_dict(data)
                    )

                    return componentsschemas_video_commerce_content_type_3
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_video_commerce_content_type_4 = (
                        CommercePriceContent.from_dict(data)
                    )

                    return componentsschemas_video_commerce_content_type_4
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_video_commerce_content_type_5 = (
                        CommerceAudienceContent.from_dict(data)
                    )

                    return componentsschemas_video_commerce_content_type_5
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_video_commerce_content_type_6 = (
                        CommerceSellingPointContent.from_dict(data)
                    )

                    return componentsschemas_video_commerce_content_type_6
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_video_commerce_content_type_7 = (
                    SpeechScriptContent.from_dict(data)
                )

                return componentsschemas_video_commerce_content_type_7

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        _settings = d.pop("settings", UNSET)
        settings: VideoCommerceSettings | Unset
        if _settings is None or isinstance(_settings, Unset):
            settings = UNSET
        else:
            settings = VideoCommerceSettings.from_dict(_settings)

        _options = d.pop("options", UNSET)
        options: VideoCommerceOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = VideoCommerceOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        video_commerce_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return video_commerce_request


from ..models.avatar_id_content import AvatarIdContent
from ..models.avatar_image_content import AvatarImageContent
from ..models.commerce_audience_content import CommerceAudienceContent
from ..models.commerce_price_content import CommercePriceContent
from ..models.commerce_selling_point_content import CommerceSellingPointContent
from ..models.commerce_title_content import CommerceTitleContent
from ..models.goods_image_content import GoodsImageContent
from ..models.speech_script_content import SpeechScriptContent
from ..models.video_commerce_options import VideoCommerceOptions
from ..models.video_commerce_settings import VideoCommerceSettings
