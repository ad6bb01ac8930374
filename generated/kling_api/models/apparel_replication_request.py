from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="ApparelReplicationRequest")


@_attrs_define(kw_only=True)
class ApparelReplicationRequest:
    """Apparel replication: A copy of a reference video with other clothes and other people.
    The body of createApparelReplicationTask, POST /solutions/e-commerce/clothing_dupe.
    The video to remake, the garment and the people.
    Rules:
    - contents must have a product_info, which describes the product.
    - contents must have at most one product_info.
    - contents must have a source_video, which is the reference video.
    - contents must have at most one source_video.
    - contents must have a product_image, which shows the garment.
    - contents must have at most 5 parts of type product_image.
    - contents must have at most 5 parts of type model_image.
    - contents must have at most one part of type bgm (background music).
    - contents must have at most one voice.

    Attributes:
        contents: The input, a list of parts in any order.
        settings: Settings for the video.
        options: Options that do not change the video.
    """

    contents: list[
        ApparelBgmContent
        | ApparelModelImageContent
        | ApparelProductImageContent
        | ApparelProductInfoContent
        | ApparelSourceVideoContent
        | ApparelVoiceContent
    ]
    """ The input, a list of parts in any order. """
    settings: ApparelReplicationSettings | Unset = UNSET
    """ Settings for the video. """
    options: TaskOptions | Unset = UNSET
    """ Options that do not change the video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        contents = []
        for contents_item_data in self.contents:
            contents_item: dict[str, Any]
            if isinstance(contents_item_data, ApparelProductInfoContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, ApparelSourceVideoContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, ApparelProductImageContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, ApparelModelImageContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, ApparelBgmContent):
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
                ApparelBgmContent
                | ApparelModelImageContent
                | ApparelProductImageContent
                | ApparelProductInfoContent
                | ApparelSourceVideoContent
                | ApparelVoiceContent
            ):
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_apparel_replication_content_type_0 = (
                        ApparelProductInfoContent.from_dict(data)
                    )

                    return componentsschemas_apparel_replication_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_apparel_replication_content_type_1 = (
                        ApparelSourceVideoContent.from_dict(data)
                    )

                    return componentsschemas_apparel_replication_content_type_1
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_apparel_replication_content_type_2 = (
                        ApparelProductImageContent.from_dict(data)
                    )

                    return componentsschemas_apparel_replication_content_type_2
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_apparel_replication_content_type_3 = (
                        ApparelModelImageContent.from_dict(data)
                    )

                    return componentsschemas_apparel_replication_content_type_3
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_apparel_replication_content_type_4 = (
                        ApparelBgmContent.from_dict(data)
                    )

                    return componentsschemas_apparel_replication_content_type_4
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_apparel_replication_content_type_5 = (
                    ApparelVoiceContent.from_dict(data)
                )

                return componentsschemas_apparel_replication_content_type_5

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        _settings = d.pop("settings", UNSET)
        settings: ApparelReplicationSettings | Unset
        if _settings is None or isinstance(_settings, Unset):
            settings = UNSET
        else:
            settings = ApparelReplicationSettings.from_dict(_settings)

        _options = d.pop("options", UNSET)
        options: TaskOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = TaskOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        apparel_replication_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return apparel_replication_request


from ..models.apparel_bgm_content import ApparelBgmContent
from ..models.apparel_model_image_content import ApparelModelImageContent
from ..models.apparel_product_image_content import ApparelProductImageContent
from ..models.apparel_product_info_content import ApparelProductInfoContent
from ..models.apparel_replication_settings import ApparelReplicationSettings
from ..models.apparel_source_video_content import ApparelSourceVideoContent
from ..models.apparel_voice_content import ApparelVoiceContent
from ..models.task_options import TaskOptions
