from __future__ import annotations

from collections.abc import Mapping
from typing import (
    Any,
    Literal,
    TypeVar,
    cast,
)

from attrs import define as _attrs_define

from ..models.apparel_voice import ApparelVoice, check_apparel_voice
from ..types import shown, unknown_field

T = TypeVar("T", bound="ApparelVoiceContent")


@_attrs_define(kw_only=True)
class ApparelVoiceContent:
    """A speaking voice. Without this part, the model makes the sound itself.

    Attributes:
        type_: Kind of this part.
        voice_id: A voice from Kling's library; the name says how it sounds.
    """

    voice_id: ApparelVoice
    """ A voice from Kling's library; the name says how it sounds. """
    type_: Literal["voice"] = "voice"
    """ Kind of this part. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        voice_id: str = self.voice_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "type": type_,
                "voice_id": voice_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = cast(Literal["voice"], d.pop("type"))
        if type_ != "voice":
            raise ValueError(f"type must match const 'voice', got '{type_}'")

        voice_id = check_apparel_voice(d.pop("voice_id"))

        if d:
            raise unknown_field(cls, d)

        apparel_voice_content = cls(
            type_=type_,
            voice_id=voice_id,
        )

        return apparel_voice_content
