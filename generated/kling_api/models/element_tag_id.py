from typing import Literal, cast

ElementTagId = Literal[
    "o_101", "o_102", "o_103", "o_104", "o_105", "o_106", "o_107", "o_108"
]


def check_element_tag_id(value: object) -> ElementTagId:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ElementTagId, value)
