from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.image_result_type import ImageResultType, check_image_result_type
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="TaskResult")


@_attrs_define(kw_only=True)
class TaskResult:
    """The results of a task, in the list for their kind.

    Attributes:
        videos: The videos.
        images: The images.
        result_type: What an omni-image task made. single means that images has the result, series means that series_images
            has it.
            Kling may add values.
        series_images: The images of a series, in order; empty or absent otherwise.
        audios: The audio clips.
        voices: The voices; unlike files, they are not deleted after 30 days.
        elements: The elements; unlike files, they are not deleted after 30 days.
    """

    videos: list[Video] | Unset = UNSET
    """ The videos. """
    images: list[Image] | Unset = UNSET
    """ The images. """
    result_type: ImageResultType | Unset = UNSET
    """ What an omni-image task made. single means that images has the result, series means that series_images has
    it.
    Kling may add values. """
    series_images: list[Image] | Unset = UNSET
    """ The images of a series, in order; empty or absent otherwise. """
    audios: list[Audio] | Unset = UNSET
    """ The audio clips. """
    voices: list[Voice] | Unset = UNSET
    """ The voices; unlike files, they are not deleted after 30 days. """
    elements: list[Element] | Unset = UNSET
    """ The elements; unlike files, they are not deleted after 30 days. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        videos: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.videos, Unset):
            videos = []
            for videos_item_data in self.videos:
                videos_item = videos_item_data.to_dict()
                videos.append(videos_item)

        images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.images, Unset):
            images = []
            for images_item_data in self.images:
                images_item = images_item_data.to_dict()
                images.append(images_item)

        result_type: str | Unset = UNSET
        if not isinstance(self.result_type, Unset):
            result_type = self.result_type

        series_images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.series_images, Unset):
            series_images = []
            for series_images_item_data in self.series_images:
                series_images_item = series_images_item_data.to_dict()
                series_images.append(series_images_item)

        audios: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.audios, Unset):
            audios = []
            for audios_item_data in self.audios:
                audios_item = audios_item_data.to_dict()
                audios.append(audios_item)

        voices: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.voices, Unset):
            voices = []
            for voices_item_data in self.voices:
                voices_item = voices_item_data.to_dict()
                voices.append(voices_item)

        elements: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.elements, Unset):
            elements = []
            for elements_item_data in self.elements:
                elements_item = elements_item_data.to_dict()
                elements.append(elements_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if videos is not UNSET:
            field_dict["videos"] = videos
        if images is not UNSET:
            field_dict["images"] = images
        if result_type is not UNSET:
            field_dict["result_type"] = result_type
        if series_images is not UNSET:
            field_dict["series_images"] = series_images
        if audios is not UNSET:
            field_dict["audios"] = audios
        if voices is not UNSET:
            field_dict["voices"] = voices
        if elements is not UNSET:
            field_dict["elements"] = elements

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _videos = d.pop("videos", UNSET)
        videos: list[Video] | Unset = UNSET
        if _videos is not None and _videos is not UNSET:
            videos = []
            for videos_item_data in _videos:
                videos_item = Video.from_dict(videos_item_data)

                videos.append(videos_item)

        _images = d.pop("images", UNSET)
        images: list[Image] | Unset = UNSET
        if _images is not None and _images is not UNSET:
            images = []
            for images_item_data in _images:
                images_item = Image.from_dict(images_item_data)

                images.append(images_item)

        _result_type = d.pop("result_type", UNSET)
        result_type: ImageResultType | Unset
        if _result_type is None or isinstance(_result_type, Unset):
            result_type = UNSET
        else:
            result_type = check_image_result_type(_result_type)

        _series_images = d.pop("series_images", UNSET)
        series_images: list[Image] | Unset = UNSET
        if _series_images is not None and _series_images is not UNSET:
            series_images = []
            for series_images_item_data in _series_images:
                series_images_item = Image.from_dict(series_images_item_data)

                series_images.append(series_images_item)

        _audios = d.pop("audios", UNSET)
        audios: list[Audio] | Unset = UNSET
        if _audios is not None and _audios is not UNSET:
            audios = []
            for audios_item_data in _audios:
                audios_item = Audio.from_dict(audios_item_data)

                audios.append(audios_item)

        _voices = d.pop("voices", UNSET)
        voices: list[Voice] | Unset = UNSET
        if _voices is not None and _voices is not UNSET:
            voices = []
            for voices_item_data in _voices:
                voices_item = Voice.from_dict(voices_item_data)

                voices.append(voices_item)

        _elements = d.pop("elements", UNSET)
        elements: list[Element] | Unset = UNSET
        if _elements is not None and _elements is not UNSET:
            elements = []
            for elements_item_data in _elements:
                elements_item = Element.from_dict(elements_item_data)

                elements.append(elements_item)

        task_result = cls(
            videos=videos,
            images=images,
            result_type=result_type,
            series_images=series_images,
            audios=audios,
            voices=voices,
            elements=elements,
        )

        task_result.additional_properties = d
        return task_result

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


from ..models.audio import Audio
from ..models.element import Element
from ..models.image import Image
from ..models.video import Video
from ..models.voice import Voice
