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

T = TypeVar("T", bound="PromptContent")


@_attrs_define(kw_only=True)
class PromptContent:
    """What to show.
    For models that make several shots (multi-shot), you can write a storyboard, such as "shot 1, 3, words; shot 2, 2,
    words;". Each shot has its number, its seconds and its words.
    Open: whether Kling accepts contents without a prompt, and what a second prompt does.

    Attributes:
        type_: Kind of this part.
        text: What to show and what to avoid, in at most 3072 characters; some models allow fewer. Kling recommends
            2500 or fewer.
    """

    text: str
    """ What to show and what to avoid, in at most 3072 characters; some models allow fewer. Kling recommends 2500
    or fewer. """
    type_: Literal["prompt"] = "prompt"
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
        type_ = cast(Literal["prompt"], d.pop("type"))
        if type_ != "prompt":
            raise ValueError(f"type must match const 'prompt', got '{type_}'")

        text = d.pop("text")

        if d:
            raise unknown_field(cls, d)

        prompt_content = cls(
            type_=type_,
            text=text,
        )

        return prompt_content
