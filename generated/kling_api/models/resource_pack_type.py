from typing import Literal, cast

ResourcePackType = Literal["constant_period", "decreasing_total"]


def check_resource_pack_type(value: object) -> ResourcePackType:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ResourcePackType, value)
