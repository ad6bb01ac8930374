from typing import Literal, cast

PackageType = Literal["audio", "image", "try-on", "video"]


def check_package_type(value: object) -> PackageType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(PackageType, value)
