from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="DeleteCustomVoiceRequest")


@_attrs_define(kw_only=True)
class DeleteCustomVoiceRequest:
    """Custom voice: Voices for the video models: your own voices, and Kling's preset voices.
    The body of deleteCustomVoice, POST /v1/general/delete-voices.
    Which voice to delete.

    Attributes:
        voice_id: Id of a voice that the account made; it is in the result of the task.
    """

    voice_id: str
    """ Id of a voice that the account made; it is in the result of the task. """

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

        delete_custom_voice_request = cls(
            voice_id=voice_id,
        )

        return delete_custom_voice_request
