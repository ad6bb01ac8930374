from typing import Literal, cast

GoodsStudioSeconds = Literal[15, 30, 60]


def check_goods_studio_seconds(value: object) -> GoodsStudioSeconds:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(GoodsStudioSeconds, value)
