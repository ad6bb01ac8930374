from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.virtual_try_on_model import VirtualTryOnModel, check_virtual_try_on_model
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="VirtualTryOnRequest")


@_attrs_define(kw_only=True)
class VirtualTryOnRequest:
    """Virtual try-on: An image of a person in different clothes.
    The body of createVirtualTryOnTask, POST /v1/images/kolors-virtual-try-on.
    The person, and the clothes to wear.

    Attributes:
        human_image: The person, a URL or bare base64. Kling's own example uses webp, which is not on Kling's list of
            formats.
            Limits: jpg or jpeg or png or webp, at most 10 MiB, each side at least 300 px.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        cloth_image: One upper garment, lower garment or dress, as a product photo or on a white background, a URL or bare
            base64.
            kolors-virtual-try-on-v1-5 also takes an upper and a lower garment in one image. With any other pair of
            garments, the task fails.
            Limits: jpg or jpeg or png or webp, at most 10 MiB, each side at least 300 px.
            Rules:
            - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot
            read an image with this prefix.
        model_name: Kling's default: `kolors-virtual-try-on-v1`.
            Model to use.
        callback_url: URL to which Kling posts the task each time its status changes.
            An empty string counts as absent.
        external_task_id: Your own id for the task, unique within the account; you can look the task up by it.
            An empty string counts as absent.
            Open: how long it may be.
    """

    human_image: str
    """ The person, a URL or bare base64. Kling's own example uses webp, which is not on Kling's list of formats.
    Limits: jpg or jpeg or png or webp, at most 10 MiB, each side at least 300 px.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    cloth_image: str
    """ One upper garment, lower garment or dress, as a product photo or on a white background, a URL or bare
    base64.
    kolors-virtual-try-on-v1-5 also takes an upper and a lower garment in one image. With any other pair of
    garments, the task fails.
    Limits: jpg or jpeg or png or webp, at most 10 MiB, each side at least 300 px.
    Rules:
    - an image must be a URL or bare base64: leave out the prefix "data:...;base64,", because Kling cannot read an
    image with this prefix. """
    model_name: VirtualTryOnModel | Unset = UNSET
    """ Kling's default: `kolors-virtual-try-on-v1`.
    Model to use. """
    callback_url: str | Unset = UNSET
    """ URL to which Kling posts the task each time its status changes.
    An empty string counts as absent. """
    external_task_id: str | Unset = UNSET
    """ Your own id for the task, unique within the account; you can look the task up by it.
    An empty string counts as absent.
    Open: how long it may be. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        human_image = self.human_image

        cloth_image = self.cloth_image

        model_name: str | Unset = UNSET
        if not isinstance(self.model_name, Unset):
            model_name = self.model_name

        callback_url = self.callback_url

        external_task_id = self.external_task_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "human_image": human_image,
                "cloth_image": cloth_image,
            }
        )
        if model_name is not UNSET:
            field_dict["model_name"] = model_name
        if callback_url is not UNSET:
            field_dict["callback_url"] = callback_url
        if external_task_id is not UNSET:
            field_dict["external_task_id"] = external_task_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        human_image = d.pop("human_image")

        cloth_image = d.pop("cloth_image")

        _model_name = d.pop("model_name", UNSET)
        model_name: VirtualTryOnModel | Unset
        if _model_name is None or isinstance(_model_name, Unset):
            model_name = UNSET
        else:
            model_name = check_virtual_try_on_model(_model_name)

        callback_url = d.pop("callback_url", UNSET)

        external_task_id = d.pop("external_task_id", UNSET)

        if d:
            raise unknown_field(cls, d)

        virtual_try_on_request = cls(
            human_image=human_image,
            cloth_image=cloth_image,
            model_name=model_name,
            callback_url=callback_url,
            external_task_id=external_task_id,
        )

        return virtual_try_on_request
