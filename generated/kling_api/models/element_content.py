from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    TypeVar,
    cast,
)

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="ElementContent")


@_attrs_define(kw_only=True)
class ElementContent:
    """An element of the element library: a person or a thing. A multi-image element was made from images, a video
    character element from a video.

    Attributes:
        type_: Kind of this part.
        element_id: Id of the element; it is a string here, and a number in the /v1 standard. The id does not show the kind
            of the element.
        id: Your name for this part, unique in contents; the prompt refers to the part by @ and this name.
            Kling advises against a name that is part of another name (Zhang and ZhangSan) or of another word in the
            prompt (gmail and anna@gmail.com).
    """

    element_id: str
    """ Id of the element; it is a string here, and a number in the /v1 standard. The id does not show the kind of
    the element. """
    id: str
    """ Your name for this part, unique in contents; the prompt refers to the part by @ and this name.
    Kling advises against a name that is part of another name (Zhang and ZhangSan) or of another word in the prompt
    (gmail and anna@gmail.com). """
    type_: Literal["element"] = "element"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        element_id = self.element_id

        id = self.id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "element_id": element_id,
                "id": id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["element"], d.pop("type"))
        if type_ != "element":
            raise ValueError(f"type must match const 'element', got '{type_}'")

        element_id = d.pop("element_id")

        id = d.pop("id")

        if d:
            raise unknown_field(cls, d)

        element_content = cls(
            type_=type_,
            element_id=element_id,
            id=id,
        )

        return element_content
