from typing import Literal, cast

ElementStatus = Literal["deleted", "succeed"]


def check_element_status(value: object) -> ElementStatus:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(ElementStatus, value)
