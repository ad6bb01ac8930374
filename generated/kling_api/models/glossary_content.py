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

T = TypeVar("T", bound="GlossaryContent")


@_attrs_define(kw_only=True)
class GlossaryContent:
    """A word or name, and its translation.

    Attributes:
        type_: Kind of this part.
        source: The spoken word, at most 100 characters.
        target: The word to write in the subtitles, at most 100 characters.
    """

    source: str
    """ The spoken word, at most 100 characters. """
    target: str
    """ The word to write in the subtitles, at most 100 characters. """
    type_: Literal["glossary"] = "glossary"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        source = self.source

        target = self.target

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "source": source,
                "target": target,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["glossary"], d.pop("type"))
        if type_ != "glossary":
            raise ValueError(f"type must match const 'glossary', got '{type_}'")

        source = d.pop("source")

        target = d.pop("target")

        if d:
            raise unknown_field(cls, d)

        glossary_content = cls(
            type_=type_,
            source=source,
            target=target,
        )

        return glossary_content
