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

T = TypeVar("T", bound="SpeechScriptContent")


@_attrs_define(kw_only=True)
class SpeechScriptContent:
    """What the presenter says.

    Attributes:
        type_: Kind of this part.
        text: The script, at most 2000 characters. The length of the video follows from it.
    """

    text: str
    """ The script, at most 2000 characters. The length of the video follows from it. """
    type_: Literal["speech_script"] = "speech_script"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        text = self.text

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "text": text,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["speech_script"], d.pop("type"))
        if type_ != "speech_script":
            raise ValueError(f"type must match const 'speech_script', got '{type_}'")

        text = d.pop("text")

        if d:
            raise unknown_field(cls, d)

        speech_script_content = cls(
            type_=type_,
            text=text,
        )

        return speech_script_content
