from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.text_to_speech_language import (
    TextToSpeechLanguage,
    check_text_to_speech_language,
)
from ..types import UNSET, Unset, shown, unknown_field

T = TypeVar("T", bound="TextToSpeechRequest")


@_attrs_define(kw_only=True)
class TextToSpeechRequest:
    """Text to speech: Speech: a voice of Kling's TTS catalogue speaks a text.
    The body of createTextToSpeechAudio, POST /v1/audio/tts.
    The text, and how to speak it.

    Attributes:
        text: What to say. Kling moderates the text and refuses what its policy does not allow. The limit has been
            1000 characters since 2025-09-26.
        voice_id: A voice of the TTS catalogue. The catalogue is a document outside the API: no operation lists its
            voices, and it may differ by account or region.
            The known values come from two public clients of October 2025.
            Preset voices and custom voices do not work here ("Voice id not found").
            oversea_female1, commercial_lady_en_f-v1 and reader_en_m-v1 were refused in May and June 2026.
            Known values: `girlfriend_4_speech02`, `genshin_vindi2`, `zhinen_xuesheng`, `AOT`, `ai_shatang`,
            `genshin_klee2`, `genshin_kirara`, `ai_kaiya`, `oversea_male1`, `ai_chenjiahao_712`,
            `chat1_female_new-3`, `chat_0407_5-1`, `cartoon-boy-07`, `uk_boy1`, `cartoon-girl-01`,
            `PeppaPig_platform`, `ai_huangzhong_712`, `ai_huangyaoshi_712`, `ai_laoguowang_712`, `chengshu_jiejie`,
            `you_pingjing`, `calm_story1`, `uk_man2`, `laopopo_speech02`, `heainainai_speech02`, `tiyuxi_xuedi`,
            `tiexin_nanyou`, `girlfriend_1_speech02`, `girlfriend_2_speech02`, `zhuxi_speech02`, `uk_oldman3`,
            `dongbeilaotie_speech02`, `chongqingxiaohuo_speech02`, `chuanmeizi_speech02`, `chaoshandashu_speech02`,
            `ai_taiwan_man2_speech02`, `xianzhanggui_speech02`, `tianjinjiejie_speech02`,
            `diyinnansang_DB_CN_M_04-v2`, `yizhipiannan-v1`, `guanxiaofang-v2`, `tianmeixuemei-v1`,
            `daopianyansang-v1`, `mengwa-v1`.
        voice_language: Language of the voice; most voices have only one language. Kling documents this field as required, but
            also with a default.
            Kling's default: `zh`.
            zh is Chinese, en is English.
        voice_speed: How fast to speak, 0.8 to 2.0 with one decimal place. Kling moves every other value into this range.
            Kling's default: `1`.
    """

    text: str
    """ What to say. Kling moderates the text and refuses what its policy does not allow. The limit has been 1000
    characters since 2025-09-26. """
    voice_id: str
    """ A voice of the TTS catalogue. The catalogue is a document outside the API: no operation lists its voices,
    and it may differ by account or region.
    The known values come from two public clients of October 2025.
    Preset voices and custom voices do not work here ("Voice id not found").
    oversea_female1, commercial_lady_en_f-v1 and reader_en_m-v1 were refused in May and June 2026.
    Known values: `girlfriend_4_speech02`, `genshin_vindi2`, `zhinen_xuesheng`, `AOT`, `ai_shatang`,
    `genshin_klee2`, `genshin_kirara`, `ai_kaiya`, `oversea_male1`, `ai_chenjiahao_712`, `chat1_female_new-3`,
    `chat_0407_5-1`, `cartoon-boy-07`, `uk_boy1`, `cartoon-girl-01`, `PeppaPig_platform`, `ai_huangzhong_712`,
    `ai_huangyaoshi_712`, `ai_laoguowang_712`, `chengshu_jiejie`, `you_pingjing`, `calm_story1`, `uk_man2`,
    `laopopo_speech02`, `heainainai_speech02`, `tiyuxi_xuedi`, `tiexin_nanyou`, `girlfriend_1_speech02`,
    `girlfriend_2_speech02`, `zhuxi_speech02`, `uk_oldman3`, `dongbeilaotie_speech02`, `chongqingxiaohuo_speech02`,
    `chuanmeizi_speech02`, `chaoshandashu_speech02`, `ai_taiwan_man2_speech02`, `xianzhanggui_speech02`,
    `tianjinjiejie_speech02`, `diyinnansang_DB_CN_M_04-v2`, `yizhipiannan-v1`, `guanxiaofang-v2`,
    `tianmeixuemei-v1`, `daopianyansang-v1`, `mengwa-v1`. """
    voice_language: TextToSpeechLanguage
    """ Language of the voice; most voices have only one language. Kling documents this field as required, but also
    with a default.
    Kling's default: `zh`.
    zh is Chinese, en is English. """
    voice_speed: float | Unset = UNSET
    """ How fast to speak, 0.8 to 2.0 with one decimal place. Kling moves every other value into this range.
    Kling's default: `1`. """

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        text = self.text

        voice_id = self.voice_id

        voice_language: str = self.voice_language

        voice_speed = self.voice_speed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "text": text,
                "voice_id": voice_id,
                "voice_language": voice_language,
            }
        )
        if voice_speed is not UNSET:
            field_dict["voice_speed"] = voice_speed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        text = d.pop("text")

        voice_id = d.pop("voice_id")

        voice_language = check_text_to_speech_language(d.pop("voice_language"))

        voice_speed = d.pop("voice_speed", UNSET)

        if d:
            raise unknown_field(cls, d)

        text_to_speech_request = cls(
            text=text,
            voice_id=voice_id,
            voice_language=voice_language,
            voice_speed=voice_speed,
        )

        return text_to_speech_request
