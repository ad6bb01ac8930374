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

T = TypeVar("T", bound="VoiceContent")


@_attrs_define(kw_only=True)
class VoiceContent:
    """A voice to speak with (voice control).

    Attributes:
        type_: Kind of this part.
        voice_id: Id of one of the account's custom voices, or of one of Kling's preset voices.
        id: Your name for this part, unique in contents; the prompt refers to the part by @ and this name.
            Kling advises against a name that is part of another name (Zhang and ZhangSan) or of another word in the
            prompt (gmail and anna@gmail.com).
    """

    voice_id: str
    """ Id of one of the account's custom voices, or of one of Kling's preset voices. """
    id: str
    """ Your name for this part, unique in contents; the prompt refers to the part by @ and this name.
    Kling advises against a name that is part of another name (Zhang and ZhangSan) or of another word in the prompt
    (gmail and anna@gmail.com). """
    type_: Literal["voice"] = "voice"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        voice_id = self.voice_id

        id = self.id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "voice_id": voice_id,
                "id": id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["voice"], d.pop("type"))
        if type_ != "voice":
            raise ValueError(f"type must match const 'voice', got '{type_}'")

        voice_id = d.pop("voice_id")

        id = d.pop("id")

        if d:
            raise unknown_field(cls, d)

        voice_content = cls(
            type_=type_,
            voice_id=voice_id,
            id=id,
        )

        return voice_content
