from typing import Literal, cast

PackageType = Literal["audio", "image", "try-on", "video"]


def check_package_type(value: object) -> PackageType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(PackageType, value)
