from typing import Literal, cast

CommerceVoice = Literal[
    "female_bright_engaging",
    "female_clear_rational",
    "female_gentle_soothing",
    "female_intelligent_narrative",
    "female_warm_rich",
    "male_calm_informative",
    "male_clear_professional",
    "male_crisp_persuasive",
    "male_energetic_sporty",
]


def check_commerce_voice(value: object) -> CommerceVoice:
    """Accept unknown values too, because Kling adds values before this client knows them."""
    return cast(CommerceVoice, value)
