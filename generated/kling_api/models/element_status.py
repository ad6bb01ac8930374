from typing import Literal, cast

ElementStatus = Literal["deleted", "succeed"]


def check_element_status(value: object) -> ElementStatus:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ElementStatus, value)
