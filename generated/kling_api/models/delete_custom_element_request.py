from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="DeleteCustomElementRequest")


@_attrs_define(kw_only=True)
class DeleteCustomElementRequest:
    """Custom element: Elements: people and things that look the same in every video and image.
    The body of deleteCustomElement, POST /v1/general/delete-advanced-elements.
    Which element to delete.

    Attributes:
        element_id: Id of an element that the account made, from the result of the task. Documented as a string here, and as
            a number in results.
    """

    element_id: int | str
    """ Id of an element that the account made, from the result of the task. Documented as a string here, and as a
    number in results. """

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

        delete_custom_element_request = cls(
            element_id=element_id,
        )

        return delete_custom_element_request
