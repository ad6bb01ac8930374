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
    """Let unknown values through, for Kling adds new ones before this client knows them."""
    return cast(CommerceVoice, value)
