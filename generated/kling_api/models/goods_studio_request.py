from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="GoodsStudioRequest")


@_attrs_define(kw_only=True)
class GoodsStudioRequest:
    """Goods studio: An advertising video, from images of a product.
    The body of createGoodsStudioTask, POST /solutions/e-commerce/goods_studio.
    The product, and the video to make of it.
    Rules:
    - contents must have a ref_image, which shows the product.
    - contents must have at most 5 parts of type ref_image.
    - contents must have a goods_title.
    - contents must have at most one goods_title.
    - contents must have at most one goods_description.

    Attributes:
        contents: The input, a list of parts in any order.
        settings: Settings for the video.
        options: Options that do not change the result.
    """

    contents: list[GoodsDescriptionContent | GoodsImageContent | GoodsTitleContent]
    """ The input, a list of parts in any order. """
    settings: GoodsStudioSettings
    """ Settings for the video. """
    options: SolutionOptions | Unset = UNSET
    """ Options that do not change the result. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        contents = []
        for contents_item_data in self.contents:
            contents_item: dict[str, Any]
            if isinstance(contents_item_data, GoodsImageContent):
                contents_item = contents_item_data.to_dict()
            elif isinstance(contents_item_data, GoodsTitleContent):
                contents_item = contents_item_data.to_dict()
            else:
                contents_item = contents_item_data.to_dict()

            contents.append(contents_item)

        settings = self.settings.to_dict()

        options: dict[str, Any] | Unset = UNSET
        if not isinstance(self.options, Unset):
            options = self.options.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "contents": contents,
                "settings": settings,
            }
        )
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
            ) -> GoodsDescriptionContent | GoodsImageContent | GoodsTitleContent:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_goods_studio_content_type_0 = (
                        GoodsImageContent.from_dict(data)
                    )

                    return componentsschemas_goods_studio_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_goods_studio_content_type_1 = (
                        GoodsTitleContent.from_dict(data)
                    )

                    return componentsschemas_goods_studio_content_type_1
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_goods_studio_content_type_2 = (
                    GoodsDescriptionContent.from_dict(data)
                )

                return componentsschemas_goods_studio_content_type_2

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        settings = GoodsStudioSettings.from_dict(d.pop("settings"))

        _options = d.pop("options", UNSET)
        options: SolutionOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = SolutionOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        goods_studio_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return goods_studio_request


from ..models.goods_description_content import GoodsDescriptionContent
from ..models.goods_image_content import GoodsImageContent
from ..models.goods_studio_settings import GoodsStudioSettings
from ..models.goods_title_content import GoodsTitleContent
from ..models.solution_options import SolutionOptions
