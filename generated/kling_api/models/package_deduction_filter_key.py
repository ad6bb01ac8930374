from typing import Literal, cast

PackageDeductionFilterKey = Literal[
    "api_key_name", "package_id", "package_name", "product_type"
]


def check_package_deduction_filter_key(value: object) -> PackageDeductionFilterKey:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(PackageDeductionFilterKey, value)
