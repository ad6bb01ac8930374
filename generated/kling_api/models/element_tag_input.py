from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.element_tag_id import ElementTagId, check_element_tag_id
from ..types import shown, unknown_field

T = TypeVar("T", bound="ElementTagInput")


@_attrs_define(kw_only=True)
class ElementTagInput:
    """A tag to give to an element.

    Attributes:
        tag_id: o_101 hottest, o_102 character, o_103 animal, o_104 item, o_105 costume, o_106 scene, o_107 effect,
            o_108 others.
    """

    tag_id: ElementTagId
    """ o_101 hottest, o_102 character, o_103 animal, o_104 item, o_105 costume, o_106 scene, o_107 effect, o_108
    others. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        tag_id: str = self.tag_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "tag_id": tag_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        tag_id = check_element_tag_id(d.pop("tag_id"))

        if d:
            raise unknown_field(cls, d)

        element_tag_input = cls(
            tag_id=tag_id,
        )

        return element_tag_input
