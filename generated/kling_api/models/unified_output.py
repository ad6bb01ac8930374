from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.unified_element_type import UnifiedElementType, check_unified_element_type
from ..models.unified_output_status import (
    UnifiedOutputStatus,
    check_unified_output_status,
)
from ..models.unified_output_type import UnifiedOutputType, check_unified_output_type
from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="UnifiedOutput")


@_attrs_define(kw_only=True)
class UnifiedOutput:
    """One output of a task. Its type decides which fields it has.
    Some recorded replies have no type.

    Attributes:
        type_: Kind of output.
            Kind of an output: a video, image, audio, voice or element.
            Outputs of apparel replication can also be product_image, model_images and product_video. Outputs of
            drama subtitles are subbed_video, and the subtitle files srt and ass.
            Kling may add values.
        id: Id of the video, audio, voice or element; not the same as the task id.
        url: Where to download the video or image, or to hear the voice: a signed URL. The file is deleted 30 days
            after the creation of the task.
        watermark_url: Where to download the watermarked copy, if you requested one: a signed URL. The file is deleted together
            with the original.
        duration: Length of a video in seconds, a decimal number in a string such as "5.041".
        group_id: Which images belong together; for group images only.
        mp3_url: Where to download the audio as MP3; signed, and deleted after the same time as url.
        wav_url: Where to download the audio as WAV; signed, and deleted after the same time as url.
        mp3_duration: Length of the MP3 in seconds, a decimal number in a string.
        wav_duration: Length of the WAV in seconds, a decimal number in a string.
        name: Name of the voice or element.
        description: What the element is.
        element_type: What the element was made from.
            What an element was made from: a video for a video character element, images for a multi-image element.
            Kling may add values.
        owned_by: Owner of the voice or element: kling, or the id of the user who made it.
        status: Whether the voice or element still exists.
            Whether a voice or element still exists or was deleted.
            Kling may add values.
        references: What the element was made from, in replies of /tasks.
        materials: What the element was made from, in callbacks.
        tags: Tags of the element.
    """

    type_: UnifiedOutputType | Unset = UNSET
    """ Kind of output.
    Kind of an output: a video, image, audio, voice or element.
    Outputs of apparel replication can also be product_image, model_images and product_video. Outputs of drama
    subtitles are subbed_video, and the subtitle files srt and ass.
    Kling may add values. """
    id: str | Unset = UNSET
    """ Id of the video, audio, voice or element; not the same as the task id. """
    url: str | Unset = UNSET
    """ Where to download the video or image, or to hear the voice: a signed URL. The file is deleted 30 days after
    the creation of the task. """
    watermark_url: str | Unset = UNSET
    """ Where to download the watermarked copy, if you requested one: a signed URL. The file is deleted together
    with the original. """
    duration: str | Unset = UNSET
    """ Length of a video in seconds, a decimal number in a string such as "5.041". """
    group_id: str | Unset = UNSET
    """ Which images belong together; for group images only. """
    mp3_url: str | Unset = UNSET
    """ Where to download the audio as MP3; signed, and deleted after the same time as url. """
    wav_url: str | Unset = UNSET
    """ Where to download the audio as WAV; signed, and deleted after the same time as url. """
    mp3_duration: str | Unset = UNSET
    """ Length of the MP3 in seconds, a decimal number in a string. """
    wav_duration: str | Unset = UNSET
    """ Length of the WAV in seconds, a decimal number in a string. """
    name: str | Unset = UNSET
    """ Name of the voice or element. """
    description: str | Unset = UNSET
    """ What the element is. """
    element_type: UnifiedElementType | Unset = UNSET
    """ What the element was made from.
    What an element was made from: a video for a video character element, images for a multi-image element.
    Kling may add values. """
    owned_by: str | Unset = UNSET
    """ Owner of the voice or element: kling, or the id of the user who made it. """
    status: UnifiedOutputStatus | Unset = UNSET
    """ Whether the voice or element still exists.
    Whether a voice or element still exists or was deleted.
    Kling may add values. """
    references: list[ElementMaterial] | Unset = UNSET
    """ What the element was made from, in replies of /tasks. """
    materials: list[ElementMaterial] | Unset = UNSET
    """ What the element was made from, in callbacks. """
    tags: list[UnifiedElementTag] | Unset = UNSET
    """ Tags of the element. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        id = self.id

        url = self.url

        watermark_url = self.watermark_url

        duration = self.duration

        group_id = self.group_id

        mp3_url = self.mp3_url

        wav_url = self.wav_url

        mp3_duration = self.mp3_duration

        wav_duration = self.wav_duration

        name = self.name

        description = self.description

        element_type: str | Unset = UNSET
        if not isinstance(self.element_type, Unset):
            element_type = self.element_type

        owned_by = self.owned_by

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status

        references: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.references, Unset):
            references = []
            for references_item_data in self.references:
                references_item = references_item_data.to_dict()
                references.append(references_item)

        materials: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.materials, Unset):
            materials = []
            for materials_item_data in self.materials:
                materials_item = materials_item_data.to_dict()
                materials.append(materials_item)

        tags: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tags, Unset):
            tags = []
            for tags_item_data in self.tags:
                tags_item = tags_item_data.to_dict()
                tags.append(tags_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if id is not UNSET:
            field_dict["id"] = id
        if url is not UNSET:
            field_dict["url"] = url
        if watermark_url is not UNSET:
            field_dict["watermark_url"] = watermark_url
        if duration is not UNSET:
            field_dict["duration"] = duration
        if group_id is not UNSET:
            field_dict["group_id"] = group_id
        if mp3_url is not UNSET:
            field_dict["mp3_url"] = mp3_url
        if wav_url is not UNSET:
            field_dict["wav_url"] = wav_url
        if mp3_duration is not UNSET:
            field_dict["mp3_duration"] = mp3_duration
        if wav_duration is not UNSET:
            field_dict["wav_duration"] = wav_duration
        if name is not UNSET:
            field_dict["name"] = name
        if description is not UNSET:
            field_dict["description"] = description
        if element_type is not UNSET:
            field_dict["element_type"] = element_type
        if owned_by is not UNSET:
            field_dict["owned_by"] = owned_by
        if status is not UNSET:
            field_dict["status"] = status
        if references is not UNSET:
            field_dict["references"] = references
        if materials is not UNSET:
            field_dict["materials"] = materials
        if tags is not UNSET:
            field_dict["tags"] = tags

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        _type_ = d.pop("type", UNSET)
        type_: UnifiedOutputType | Unset
        if _type_ is None or isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = check_unified_output_type(_type_)

        id = d.pop("id", UNSET)

        url = d.pop("url", UNSET)

        watermark_url = d.pop("watermark_url", UNSET)

        duration = d.pop("duration", UNSET)

        group_id = d.pop("group_id", UNSET)

        mp3_url = d.pop("mp3_url", UNSET)

        wav_url = d.pop("wav_url", UNSET)

        mp3_duration = d.pop("mp3_duration", UNSET)

        wav_duration = d.pop("wav_duration", UNSET)

        name = d.pop("name", UNSET)

        description = d.pop("description", UNSET)

        _element_type = d.pop("element_type", UNSET)
        element_type: UnifiedElementType | Unset
        if _element_type is None or isinstance(_element_type, Unset):
            element_type = UNSET
        else:
            element_type = check_unified_element_type(_element_type)

        owned_by = d.pop("owned_by", UNSET)

        _status = d.pop("status", UNSET)
        status: UnifiedOutputStatus | Unset
        if _status is None or isinstance(_status, Unset):
            status = UNSET
        else:
            status = check_unified_output_status(_status)

        _references = d.pop("references", UNSET)
        references: list[ElementMaterial] | Unset = UNSET
        if _references is not None and _references is not UNSET:
            references = []
            for references_item_data in _references:
                references_item = ElementMaterial.from_dict(references_item_data)

                references.append(references_item)

        _materials = d.pop("materials", UNSET)
        materials: list[ElementMaterial] | Unset = UNSET
        if _materials is not None and _materials is not UNSET:
            materials = []
            for materials_item_data in _materials:
                materials_item = ElementMaterial.from_dict(materials_item_data)

                materials.append(materials_item)

        _tags = d.pop("tags", UNSET)
        tags: list[UnifiedElementTag] | Unset = UNSET
        if _tags is not None and _tags is not UNSET:
            tags = []
            for tags_item_data in _tags:
                tags_item = UnifiedElementTag.from_dict(tags_item_data)

                tags.append(tags_item)

        unified_output = cls(
            type_=type_,
            id=id,
            url=url,
            watermark_url=watermark_url,
            duration=duration,
            group_id=group_id,
            mp3_url=mp3_url,
            wav_url=wav_url,
            mp3_duration=mp3_duration,
            wav_duration=wav_duration,
            name=name,
            description=description,
            element_type=element_type,
            owned_by=owned_by,
            status=status,
            references=references,
            materials=materials,
            tags=tags,
        )

        unified_output.additional_properties = d
        return unified_output

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


from ..models.element_material import ElementMaterial
from ..models.unified_element_tag import UnifiedElementTag
