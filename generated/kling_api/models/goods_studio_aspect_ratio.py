from typing import Literal, cast

GoodsStudioAspectRatio = Literal["16:9", "1:1", "9:16"]


def check_goods_studio_aspect_ratio(value: object) -> GoodsStudioAspectRatio:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(GoodsStudioAspectRatio, value)
