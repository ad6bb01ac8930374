from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import shown, unknown_field

T = TypeVar("T", bound="MultiElementsSessionRequest")


@_attrs_define(kw_only=True)
class MultiElementsSessionRequest:
    """Multi elements: A video in which something is added, swapped or removed.
    The body of createMultiElementsSelectionPreview, POST /v1/videos/multi-elements/preview-selection.
    Multi elements: A video in which something is added, swapped or removed.
    The body of deleteMultiElementsSelection, POST /v1/videos/multi-elements/clear-selection.
    Which selection.

    Attributes:
        session_id: Session of the selection; it lasts 24 hours.
    """

    session_id: str
    """ Session of the selection; it lasts 24 hours. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        session_id = self.session_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "session_id": session_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        session_id = d.pop("session_id")

        if d:
            raise unknown_field(cls, d)

        multi_elements_session_request = cls(
            session_id=session_id,
        )

        return multi_elements_session_request
