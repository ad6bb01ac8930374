from typing import Literal, cast

PackageDeductionFilterKey = Literal[
    "api_key_name", "package_id", "package_name", "product_type"
]


def check_package_deduction_filter_key(value: object) -> PackageDeductionFilterKey:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(PackageDeductionFilterKey, value)
