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

T = TypeVar("T", bound="ApparelBgmContent")


@_attrs_define(kw_only=True)
class ApparelBgmContent:
    """Background music. Without this part, Kling chooses the music.

    Attributes:
        type_: Kind of this part.
        url: Limits: mp3 or m4a or wav or wave, at most 50 MiB.
    """

    url: str
    """ Limits: mp3 or m4a or wav or wave, at most 50 MiB. """
    type_: Literal["bgm"] = "bgm"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        url = self.url

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "url": url,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["bgm"], d.pop("type"))
        if type_ != "bgm":
            raise ValueError(f"type must match const 'bgm', got '{type_}'")

        url = d.pop("url")

        if d:
            raise unknown_field(cls, d)

        apparel_bgm_content = cls(
            type_=type_,
            url=url,
        )

        return apparel_bgm_content
