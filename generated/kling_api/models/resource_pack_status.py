from typing import Literal, cast

ResourcePackStatus = Literal["expired", "online", "runOut", "toBeOnline"]


def check_resource_pack_status(value: object) -> ResourcePackStatus:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ResourcePackStatus, value)
