from typing import Literal, cast

ApparelVoice = Literal[
    "calm_sales_man",
    "calm_sales_woman",
    "crisp_sales_girl",
    "energetic_sales_boy",
    "energetic_sales_girl",
    "enthusiastic_sales_man",
    "gentle_sales_woman",
    "mature_sales_woman",
    "soft_sales_woman",
    "steady_sales_man",
]


def check_apparel_voice(value: object) -> ApparelVoice:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(ApparelVoice, value)
