from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="Shot")


@_attrs_define(kw_only=True)
class Shot:
    """One shot of a storyboard (multi-shot).

    Attributes:
        index: Number of the shot; the first one is 1.
        prompt: What to show in this shot, and what to avoid.
        duration: Length of the shot in whole seconds, written as a string. The lengths of all shots must add up to the
            length of the video.
    """

    index: int
    """ Number of the shot; the first one is 1. """
    prompt: str
    """ What to show in this shot, and what to avoid. """
    duration: str
    """ Length of the shot in whole seconds, written as a string. The lengths of all shots must add up to the length
    of the video. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        index = self.index

        prompt = self.prompt

        duration = self.duration

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "index": index,
                "prompt": prompt,
                "duration": duration,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        index = d.pop("index")

        prompt = d.pop("prompt")

        duration = d.pop("duration")

        if d:
            raise unknown_field(cls, d)

        shot = cls(
            index=index,
            prompt=prompt,
            duration=duration,
        )

        return shot
