from typing import Literal, cast

CommerceAvatar = Literal[
    "avatar_adam_male",
    "avatar_anna_female",
    "avatar_chenjing_female",
    "avatar_elena_female",
    "avatar_eva_female",
    "avatar_lee_male",
    "avatar_marcus_male",
    "avatar_mia_female",
    "avatar_oliver_male",
    "avatar_rajput_male",
    "avatar_river_male",
    "avatar_toto_cartoon",
    "avatar_vivian_female",
    "avatar_wanglei_male",
    "avatar_zhaochen_male",
]


def check_commerce_avatar(value: object) -> CommerceAvatar:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(CommerceAvatar, value)
