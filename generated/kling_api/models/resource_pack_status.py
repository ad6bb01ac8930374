from typing import Literal, cast

ResourcePackStatus = Literal["expired", "online", "runOut", "toBeOnline"]


def check_resource_pack_status(value: object) -> ResourcePackStatus:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ResourcePackStatus, value)
