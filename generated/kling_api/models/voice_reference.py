from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="VoiceReference")


@_attrs_define(kw_only=True)
class VoiceReference:
    """A voice to speak with (voice control).

    Attributes:
        voice_id: Id of a custom voice or a preset voice; ids of lip-sync voices do not work here.
    """

    voice_id: str
    """ Id of a custom voice or a preset voice; ids of lip-sync voices do not work here. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        voice_id = self.voice_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "voice_id": voice_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        voice_id = d.pop("voice_id")

        if d:
            raise unknown_field(cls, d)

        voice_reference = cls(
            voice_id=voice_id,
        )

        return voice_reference
