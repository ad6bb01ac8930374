from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.package_deduction_filter_key import (
    PackageDeductionFilterKey,
    check_package_deduction_filter_key,
)
from ..types import shown, unknown_field

T = TypeVar("T", bound="PackageDeductionFilter")


@_attrs_define(kw_only=True)
class PackageDeductionFilter:
    """Selects the deductions that have one of the values.

    Attributes:
        key: What the filter compares.
        values: With key product_type: video, image or try-on. With the other keys: names or ids. An empty list seems to
            select everything.
    """

    key: PackageDeductionFilterKey
    """ What the filter compares. """
    values: list[str]
    """ With key product_type: video, image or try-on. With the other keys: names or ids. An empty list seems to
    select everything. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        key: str = self.key

        values = self.values

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "key": key,
                "values": values,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        key = check_package_deduction_filter_key(d.pop("key"))

        values = cast(list[str], d.pop("values"))

        if d:
            raise unknown_field(cls, d)

        package_deduction_filter = cls(
            key=key,
            values=values,
        )

        return package_deduction_filter
