from typing import Literal, cast

GoodsStudioSeconds = Literal[15, 30, 60]


def check_goods_studio_seconds(value: object) -> GoodsStudioSeconds:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(GoodsStudioSeconds, value)
