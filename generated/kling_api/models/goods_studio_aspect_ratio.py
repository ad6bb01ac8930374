from typing import Literal, cast

GoodsStudioAspectRatio = Literal["16:9", "1:1", "9:16"]


def check_goods_studio_aspect_ratio(value: object) -> GoodsStudioAspectRatio:
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(GoodsStudioAspectRatio, value)
