from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, UnknownFieldError, Unset, shown, unknown_field

T = TypeVar("T", bound="VirtualTryOn30Request")


@_attrs_define(kw_only=True)
class VirtualTryOn30Request:
    """Virtual try-on 3.0: An image of a person who wears the garment from another image.
    The body of createVirtualTryOn30Task, POST /solutions/virtual_try_on.
    The person, and the clothes to wear.
    Rules:
    - contents must have exactly one product_image.
    - contents must have exactly one person_image.

    Attributes:
        contents: The garment and the person, one image each, in any order.
        settings: What to keep from the image of the person.
        options: Options that do not change the result.
    """

    contents: list[TryOnPersonContent | TryOnProductContent]
    """ The garment and the person, one image each, in any order. """
    settings: VirtualTryOn30Settings | Unset = UNSET
    """ What to keep from the image of the person. """
    options: SolutionOptions | Unset = UNSET
    """ Options that do not change the result. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        contents = []
        for contents_item_data in self.contents:
            contents_item: dict[str, Any]
            if isinstance(contents_item_data, TryOnProductContent):
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
            ) -> TryOnPersonContent | TryOnProductContent:
                try:
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_virtual_try_on_30_content_type_0 = (
                        TryOnProductContent.from_dict(data)
                    )

                    return componentsschemas_virtual_try_on_30_content_type_0
                except UnknownFieldError:
                    raise
                except (TypeError, ValueError, AttributeError, KeyError):
                    pass
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_virtual_try_on_30_content_type_1 = (
                    TryOnPersonContent.from_dict(data)
                )

                return componentsschemas_virtual_try_on_30_content_type_1

            contents_item = _parse_contents_item(contents_item_data)

            contents.append(contents_item)

        _settings = d.pop("settings", UNSET)
        settings: VirtualTryOn30Settings | Unset
        if _settings is None or isinstance(_settings, Unset):
            settings = UNSET
        else:
            settings = VirtualTryOn30Settings.from_dict(_settings)

        _options = d.pop("options", UNSET)
        options: SolutionOptions | Unset
        if _options is None or isinstance(_options, Unset):
            options = UNSET
        else:
            options = SolutionOptions.from_dict(_options)

        if d:
            raise unknown_field(cls, d)

        virtual_try_on_30_request = cls(
            contents=contents,
            settings=settings,
            options=options,
        )

        return virtual_try_on_30_request


from ..models.solution_options import SolutionOptions
from ..models.try_on_person_content import TryOnPersonContent
from ..models.try_on_product_content import TryOnProductContent
from ..models.virtual_try_on_30_settings import VirtualTryOn30Settings
