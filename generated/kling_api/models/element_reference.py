from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="ElementReference")


@_attrs_define(kw_only=True)
class ElementReference:
    """An element of the element library. A multi-image element was made from images, a video character element from a
    video.

    Attributes:
        element_id: Id of the element. Kling documents it as a number (long); its own examples also send it as a string of
            digits.
            It has up to 18 digits, more than a JavaScript number can hold. In JavaScript, read it from GET /tasks,
            where outputs[].id is a string, and send it as a string.
    """

    element_id: int | str
    """ Id of the element. Kling documents it as a number (long); its own examples also send it as a string of
    digits.
    It has up to 18 digits, more than a JavaScript number can hold. In JavaScript, read it from GET /tasks, where
    outputs[].id is a string, and send it as a string. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        element_id: int | str
        element_id = self.element_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "element_id": element_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_element_id(data: object) -> int | str:
            return cast(int | str, data)

        element_id = _parse_element_id(d.pop("element_id"))

        if d:
            raise unknown_field(cls, d)

        element_reference = cls(
            element_id=element_id,
        )

        return element_reference
