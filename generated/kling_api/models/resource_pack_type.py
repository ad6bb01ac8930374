from typing import Literal, cast

ResourcePackType = Literal["constant_period", "decreasing_total"]


def check_resource_pack_type(value: object) -> ResourcePackType:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ResourcePackType, value)
