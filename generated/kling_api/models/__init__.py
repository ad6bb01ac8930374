"""The data models of requests and replies, each imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account_costs import AccountCosts
    from .account_costs_reply import AccountCostsReply
    from .advanced_lip_sync_face import AdvancedLipSyncFace
    from .advanced_lip_sync_found_face import AdvancedLipSyncFoundFace
    from .advanced_lip_sync_request import AdvancedLipSyncRequest
    from .advanced_lip_sync_session import AdvancedLipSyncSession
    from .advanced_lip_sync_session_reply import AdvancedLipSyncSessionReply
    from .advanced_lip_sync_session_request import AdvancedLipSyncSessionRequest
    from .ai_multi_shot_request import AiMultiShotRequest
    from .api_error import ApiError
    from .apparel_aspect_ratio import ApparelAspectRatio
    from .apparel_bgm_content import ApparelBgmContent
    from .apparel_model_image_content import ApparelModelImageContent
    from .apparel_product_image_content import ApparelProductImageContent
    from .apparel_product_info_content import ApparelProductInfoContent
    from .apparel_replication_request import ApparelReplicationRequest
    from .apparel_replication_settings import ApparelReplicationSettings
    from .apparel_source_video_content import ApparelSourceVideoContent
    from .apparel_voice import ApparelVoice
    from .apparel_voice_content import ApparelVoiceContent
    from .audio import Audio
    from .avatar_id_content import AvatarIdContent
    from .avatar_image_content import AvatarImageContent
    from .avatar_mode import AvatarMode
    from .avatar_request import AvatarRequest
    from .balance_deduction import BalanceDeduction
    from .balance_deduction_entry import BalanceDeductionEntry
    from .balance_deduction_filter import BalanceDeductionFilter
    from .balance_deduction_filter_key import BalanceDeductionFilterKey
    from .balance_deduction_page import BalanceDeductionPage
    from .balance_deduction_result import BalanceDeductionResult
    from .base_video_content import BaseVideoContent
    from .basic_element import BasicElement
    from .basic_element_list_reply import BasicElementListReply
    from .basic_element_reply import BasicElementReply
    from .basic_element_request import BasicElementRequest
    from .camera_config import CameraConfig
    from .camera_control import CameraControl
    from .camera_movement import CameraMovement
    from .cash_type import CashType
    from .character_orientation import CharacterOrientation
    from .charge import Charge
    from .charge_type import ChargeType
    from .commerce_audience_content import CommerceAudienceContent
    from .commerce_avatar import CommerceAvatar
    from .commerce_price_content import CommercePriceContent
    from .commerce_selling_point_content import CommerceSellingPointContent
    from .commerce_title_content import CommerceTitleContent
    from .commerce_voice import CommerceVoice
    from .currency import Currency
    from .custom_element_images import CustomElementImages
    from .custom_element_reference_type import CustomElementReferenceType
    from .custom_element_request import CustomElementRequest
    from .custom_element_video import CustomElementVideo
    from .custom_element_videos import CustomElementVideos
    from .custom_voice_request import CustomVoiceRequest
    from .delete_basic_element_request import DeleteBasicElementRequest
    from .delete_custom_element_request import DeleteCustomElementRequest
    from .delete_custom_voice_request import DeleteCustomVoiceRequest
    from .deletion import Deletion
    from .deletion_reply import DeletionReply
    from .drama_subtitles_options import DramaSubtitlesOptions
    from .drama_subtitles_request import DramaSubtitlesRequest
    from .drama_subtitles_settings import DramaSubtitlesSettings
    from .drama_video_content import DramaVideoContent
    from .dynamic_mask import DynamicMask
    from .element import Element
    from .element_content import ElementContent
    from .element_image import ElementImage
    from .element_image_input import ElementImageInput
    from .element_images import ElementImages
    from .element_material import ElementMaterial
    from .element_material_role import ElementMaterialRole
    from .element_material_type import ElementMaterialType
    from .element_origin import ElementOrigin
    from .element_reference import ElementReference
    from .element_status import ElementStatus
    from .element_tag import ElementTag
    from .element_tag_id import ElementTagId
    from .element_tag_input import ElementTagInput
    from .element_video import ElementVideo
    from .element_videos import ElementVideos
    from .feature_video_content import FeatureVideoContent
    from .first_frame_content import FirstFrameContent
    from .five_or_ten_seconds import FiveOrTenSeconds
    from .get_tasks_reply import GetTasksReply
    from .glossary_content import GlossaryContent
    from .goods_description_content import GoodsDescriptionContent
    from .goods_image_content import GoodsImageContent
    from .goods_studio_aspect_ratio import GoodsStudioAspectRatio
    from .goods_studio_request import GoodsStudioRequest
    from .goods_studio_seconds import GoodsStudioSeconds
    from .goods_studio_settings import GoodsStudioSettings
    from .goods_title_content import GoodsTitleContent
    from .high_resolution import HighResolution
    from .image import Image
    from .image_aspect_ratio import ImageAspectRatio
    from .image_content import ImageContent
    from .image_expansion_request import ImageExpansionRequest
    from .image_generation_model import ImageGenerationModel
    from .image_generation_request import ImageGenerationRequest
    from .image_generation_resolution import ImageGenerationResolution
    from .image_part import ImagePart
    from .image_part_type import ImagePartType
    from .image_recognition import ImageRecognition
    from .image_recognition_reply import ImageRecognitionReply
    from .image_recognition_request import ImageRecognitionRequest
    from .image_recognition_result import ImageRecognitionResult
    from .image_reference_kind import ImageReferenceKind
    from .image_result_type import ImageResultType
    from .image_role import ImageRole
    from .image_to_video_model import ImageToVideoModel
    from .image_to_video_request import ImageToVideoRequest
    from .kling_25_turbo_image_to_video_request import Kling25TurboImageToVideoRequest
    from .kling_25_turbo_image_to_video_settings import Kling25TurboImageToVideoSettings
    from .kling_25_turbo_text_to_video_request import Kling25TurboTextToVideoRequest
    from .kling_25_turbo_text_to_video_settings import Kling25TurboTextToVideoSettings
    from .kling_26_image_to_video_request import Kling26ImageToVideoRequest
    from .kling_26_image_to_video_settings import Kling26ImageToVideoSettings
    from .kling_26_motion_control_request import Kling26MotionControlRequest
    from .kling_26_motion_control_settings import Kling26MotionControlSettings
    from .kling_26_text_to_video_request import Kling26TextToVideoRequest
    from .kling_26_text_to_video_settings import Kling26TextToVideoSettings
    from .kling_30_image_to_video_request import Kling30ImageToVideoRequest
    from .kling_30_image_to_video_settings import Kling30ImageToVideoSettings
    from .kling_30_motion_control_request import Kling30MotionControlRequest
    from .kling_30_motion_control_settings import Kling30MotionControlSettings
    from .kling_30_omni_video_audio import Kling30OmniVideoAudio
    from .kling_30_omni_video_request import Kling30OmniVideoRequest
    from .kling_30_omni_video_settings import Kling30OmniVideoSettings
    from .kling_30_text_to_video_request import Kling30TextToVideoRequest
    from .kling_30_text_to_video_settings import Kling30TextToVideoSettings
    from .kling_30_turbo_image_to_video_request import Kling30TurboImageToVideoRequest
    from .kling_30_turbo_image_to_video_settings import Kling30TurboImageToVideoSettings
    from .kling_30_turbo_text_to_video_request import Kling30TurboTextToVideoRequest
    from .kling_30_turbo_text_to_video_settings import Kling30TurboTextToVideoSettings
    from .kling_o1_base_video_content import KlingO1BaseVideoContent
    from .kling_o1_feature_video_content import KlingO1FeatureVideoContent
    from .kling_o1_video_request import KlingO1VideoRequest
    from .kling_o1_video_settings import KlingO1VideoSettings
    from .last_frame_content import LastFrameContent
    from .lip_sync_audio_type import LipSyncAudioType
    from .lip_sync_input import LipSyncInput
    from .lip_sync_language import LipSyncLanguage
    from .lip_sync_mode import LipSyncMode
    from .lip_sync_request import LipSyncRequest
    from .list_balance_deductions_reply import ListBalanceDeductionsReply
    from .list_balance_deductions_request import ListBalanceDeductionsRequest
    from .list_package_deductions_reply import ListPackageDeductionsReply
    from .list_package_deductions_request import ListPackageDeductionsRequest
    from .list_solution_tasks_request import ListSolutionTasksRequest
    from .list_tasks_reply import ListTasksReply
    from .list_tasks_request import ListTasksRequest
    from .motion_control_model import MotionControlModel
    from .motion_control_request import MotionControlRequest
    from .multi_elements_area import MultiElementsArea
    from .multi_elements_duration import MultiElementsDuration
    from .multi_elements_edit_mode import MultiElementsEditMode
    from .multi_elements_frame import MultiElementsFrame
    from .multi_elements_image import MultiElementsImage
    from .multi_elements_mode import MultiElementsMode
    from .multi_elements_model import MultiElementsModel
    from .multi_elements_png_mask import MultiElementsPngMask
    from .multi_elements_point import MultiElementsPoint
    from .multi_elements_preview import MultiElementsPreview
    from .multi_elements_request import MultiElementsRequest
    from .multi_elements_rle_mask import MultiElementsRleMask
    from .multi_elements_selection import MultiElementsSelection
    from .multi_elements_selection_points import MultiElementsSelectionPoints
    from .multi_elements_selection_points_deletion_request import (
        MultiElementsSelectionPointsDeletionRequest,
    )
    from .multi_elements_selection_points_reply import MultiElementsSelectionPointsReply
    from .multi_elements_selection_points_request import (
        MultiElementsSelectionPointsRequest,
    )
    from .multi_elements_selection_preview import MultiElementsSelectionPreview
    from .multi_elements_selection_preview_reply import (
        MultiElementsSelectionPreviewReply,
    )
    from .multi_elements_selection_reply import MultiElementsSelectionReply
    from .multi_elements_selection_request import MultiElementsSelectionRequest
    from .multi_elements_session_request import MultiElementsSessionRequest
    from .multi_image_to_image_model import MultiImageToImageModel
    from .multi_image_to_image_request import MultiImageToImageRequest
    from .multi_image_to_video_duration import MultiImageToVideoDuration
    from .multi_image_to_video_image import MultiImageToVideoImage
    from .multi_image_to_video_model import MultiImageToVideoModel
    from .multi_image_to_video_request import MultiImageToVideoRequest
    from .native_audio import NativeAudio
    from .omni_image_aspect_ratio import OmniImageAspectRatio
    from .omni_image_automatic_amount import OmniImageAutomaticAmount
    from .omni_image_model import OmniImageModel
    from .omni_image_reference import OmniImageReference
    from .omni_image_request import OmniImageRequest
    from .omni_image_resolution import OmniImageResolution
    from .omni_image_result_type import OmniImageResultType
    from .omni_video_image import OmniVideoImage
    from .omni_video_input import OmniVideoInput
    from .omni_video_model import OmniVideoModel
    from .omni_video_request import OmniVideoRequest
    from .original_audio import OriginalAudio
    from .original_sound_switch import OriginalSoundSwitch
    from .package_deduction_entry import PackageDeductionEntry
    from .package_deduction_filter import PackageDeductionFilter
    from .package_deduction_filter_key import PackageDeductionFilterKey
    from .package_deduction_page import PackageDeductionPage
    from .package_deduction_result import PackageDeductionResult
    from .package_type import PackageType
    from .parent_video import ParentVideo
    from .prompt_content import PromptContent
    from .refer_image_content import ReferImageContent
    from .resolution import Resolution
    from .resource_pack import ResourcePack
    from .resource_pack_status import ResourcePackStatus
    from .resource_pack_type import ResourcePackType
    from .shot import Shot
    from .shot_type import ShotType
    from .solution_options import SolutionOptions
    from .solution_resolution import SolutionResolution
    from .solution_task_filter import SolutionTaskFilter
    from .solution_task_filter_key import SolutionTaskFilterKey
    from .solution_task_filter_status import SolutionTaskFilterStatus
    from .solution_watermark import SolutionWatermark
    from .sound_switch import SoundSwitch
    from .speech_script_content import SpeechScriptContent
    from .std_or_pro_mode import StdOrProMode
    from .subject_image import SubjectImage
    from .subtitle_language import SubtitleLanguage
    from .task import Task
    from .task_filter import TaskFilter
    from .task_filter_key import TaskFilterKey
    from .task_info import TaskInfo
    from .task_list_reply import TaskListReply
    from .task_options import TaskOptions
    from .task_page import TaskPage
    from .task_reply import TaskReply
    from .task_result import TaskResult
    from .task_status import TaskStatus
    from .task_watermark_info import TaskWatermarkInfo
    from .text_to_audio_request import TextToAudioRequest
    from .text_to_speech_language import TextToSpeechLanguage
    from .text_to_speech_request import TextToSpeechRequest
    from .text_to_video_model import TextToVideoModel
    from .text_to_video_request import TextToVideoRequest
    from .trajectory_point import TrajectoryPoint
    from .try_on_person_content import TryOnPersonContent
    from .try_on_product_content import TryOnProductContent
    from .unified_element_tag import UnifiedElementTag
    from .unified_element_type import UnifiedElementType
    from .unified_output import UnifiedOutput
    from .unified_output_status import UnifiedOutputStatus
    from .unified_output_type import UnifiedOutputType
    from .unified_task import UnifiedTask
    from .unified_task_reply import UnifiedTaskReply
    from .unified_task_status import UnifiedTaskStatus
    from .unused_image_content import UnusedImageContent
    from .unused_video_content import UnusedVideoContent
    from .video import Video
    from .video_aspect_ratio import VideoAspectRatio
    from .video_commerce_aspect_ratio import VideoCommerceAspectRatio
    from .video_commerce_options import VideoCommerceOptions
    from .video_commerce_request import VideoCommerceRequest
    from .video_commerce_settings import VideoCommerceSettings
    from .video_content import VideoContent
    from .video_duration import VideoDuration
    from .video_effects_duration import VideoEffectsDuration
    from .video_effects_input import VideoEffectsInput
    from .video_effects_mode import VideoEffectsMode
    from .video_effects_model import VideoEffectsModel
    from .video_effects_request import VideoEffectsRequest
    from .video_extension_request import VideoExtensionRequest
    from .video_mode import VideoMode
    from .video_role import VideoRole
    from .video_to_audio_request import VideoToAudioRequest
    from .virtual_try_on_30_request import VirtualTryOn30Request
    from .virtual_try_on_30_settings import VirtualTryOn30Settings
    from .virtual_try_on_30_task import VirtualTryOn30Task
    from .virtual_try_on_30_task_reply import VirtualTryOn30TaskReply
    from .virtual_try_on_model import VirtualTryOnModel
    from .virtual_try_on_request import VirtualTryOnRequest
    from .voice import Voice
    from .voice_content import VoiceContent
    from .voice_reference import VoiceReference
    from .watermark_info import WatermarkInfo

_MODULES = {
    "AccountCosts": ".account_costs",
    "AccountCostsReply": ".account_costs_reply",
    "AdvancedLipSyncFace": ".advanced_lip_sync_face",
    "AdvancedLipSyncFoundFace": ".advanced_lip_sync_found_face",
    "AdvancedLipSyncRequest": ".advanced_lip_sync_request",
    "AdvancedLipSyncSession": ".advanced_lip_sync_session",
    "AdvancedLipSyncSessionReply": ".advanced_lip_sync_session_reply",
    "AdvancedLipSyncSessionRequest": ".advanced_lip_sync_session_request",
    "AiMultiShotRequest": ".ai_multi_shot_request",
    "ApiError": ".api_error",
    "ApparelAspectRatio": ".apparel_aspect_ratio",
    "ApparelBgmContent": ".apparel_bgm_content",
    "ApparelModelImageContent": ".apparel_model_image_content",
    "ApparelProductImageContent": ".apparel_product_image_content",
    "ApparelProductInfoContent": ".apparel_product_info_content",
    "ApparelReplicationRequest": ".apparel_replication_request",
    "ApparelReplicationSettings": ".apparel_replication_settings",
    "ApparelSourceVideoContent": ".apparel_source_video_content",
    "ApparelVoice": ".apparel_voice",
    "ApparelVoiceContent": ".apparel_voice_content",
    "Audio": ".audio",
    "AvatarIdContent": ".avatar_id_content",
    "AvatarImageContent": ".avatar_image_content",
    "AvatarMode": ".avatar_mode",
    "AvatarRequest": ".avatar_request",
    "BalanceDeduction": ".balance_deduction",
    "BalanceDeductionEntry": ".balance_deduction_entry",
    "BalanceDeductionFilter": ".balance_deduction_filter",
    "BalanceDeductionFilterKey": ".balance_deduction_filter_key",
    "BalanceDeductionPage": ".balance_deduction_page",
    "BalanceDeductionResult": ".balance_deduction_result",
    "BaseVideoContent": ".base_video_content",
    "BasicElement": ".basic_element",
    "BasicElementListReply": ".basic_element_list_reply",
    "BasicElementReply": ".basic_element_reply",
    "BasicElementRequest": ".basic_element_request",
    "CameraConfig": ".camera_config",
    "CameraControl": ".camera_control",
    "CameraMovement": ".camera_movement",
    "CashType": ".cash_type",
    "CharacterOrientation": ".character_orientation",
    "Charge": ".charge",
    "ChargeType": ".charge_type",
    "CommerceAudienceContent": ".commerce_audience_content",
    "CommerceAvatar": ".commerce_avatar",
    "CommercePriceContent": ".commerce_price_content",
    "CommerceSellingPointContent": ".commerce_selling_point_content",
    "CommerceTitleContent": ".commerce_title_content",
    "CommerceVoice": ".commerce_voice",
    "Currency": ".currency",
    "CustomElementImages": ".custom_element_images",
    "CustomElementReferenceType": ".custom_element_reference_type",
    "CustomElementRequest": ".custom_element_request",
    "CustomElementVideo": ".custom_element_video",
    "CustomElementVideos": ".custom_element_videos",
    "CustomVoiceRequest": ".custom_voice_request",
    "DeleteBasicElementRequest": ".delete_basic_element_request",
    "DeleteCustomElementRequest": ".delete_custom_element_request",
    "DeleteCustomVoiceRequest": ".delete_custom_voice_request",
    "Deletion": ".deletion",
    "DeletionReply": ".deletion_reply",
    "DramaSubtitlesOptions": ".drama_subtitles_options",
    "DramaSubtitlesRequest": ".drama_subtitles_request",
    "DramaSubtitlesSettings": ".drama_subtitles_settings",
    "DramaVideoContent": ".drama_video_content",
    "DynamicMask": ".dynamic_mask",
    "Element": ".element",
    "ElementContent": ".element_content",
    "ElementImage": ".element_image",
    "ElementImageInput": ".element_image_input",
    "ElementImages": ".element_images",
    "ElementMaterial": ".element_material",
    "ElementMaterialRole": ".element_material_role",
    "ElementMaterialType": ".element_material_type",
    "ElementOrigin": ".element_origin",
    "ElementReference": ".element_reference",
    "ElementStatus": ".element_status",
    "ElementTag": ".element_tag",
    "ElementTagId": ".element_tag_id",
    "ElementTagInput": ".element_tag_input",
    "ElementVideo": ".element_video",
    "ElementVideos": ".element_videos",
    "FeatureVideoContent": ".feature_video_content",
    "FirstFrameContent": ".first_frame_content",
    "FiveOrTenSeconds": ".five_or_ten_seconds",
    "GetTasksReply": ".get_tasks_reply",
    "GlossaryContent": ".glossary_content",
    "GoodsDescriptionContent": ".goods_description_content",
    "GoodsImageContent": ".goods_image_content",
    "GoodsStudioAspectRatio": ".goods_studio_aspect_ratio",
    "GoodsStudioRequest": ".goods_studio_request",
    "GoodsStudioSeconds": ".goods_studio_seconds",
    "GoodsStudioSettings": ".goods_studio_settings",
    "GoodsTitleContent": ".goods_title_content",
    "HighResolution": ".high_resolution",
    "Image": ".image",
    "ImageAspectRatio": ".image_aspect_ratio",
    "ImageContent": ".image_content",
    "ImageExpansionRequest": ".image_expansion_request",
    "ImageGenerationModel": ".image_generation_model",
    "ImageGenerationRequest": ".image_generation_request",
    "ImageGenerationResolution": ".image_generation_resolution",
    "ImagePart": ".image_part",
    "ImagePartType": ".image_part_type",
    "ImageRecognition": ".image_recognition",
    "ImageRecognitionReply": ".image_recognition_reply",
    "ImageRecognitionRequest": ".image_recognition_request",
    "ImageRecognitionResult": ".image_recognition_result",
    "ImageReferenceKind": ".image_reference_kind",
    "ImageResultType": ".image_result_type",
    "ImageRole": ".image_role",
    "ImageToVideoModel": ".image_to_video_model",
    "ImageToVideoRequest": ".image_to_video_request",
    "Kling25TurboImageToVideoRequest": ".kling_25_turbo_image_to_video_request",
    "Kling25TurboImageToVideoSettings": ".kling_25_turbo_image_to_video_settings",
    "Kling25TurboTextToVideoRequest": ".kling_25_turbo_text_to_video_request",
    "Kling25TurboTextToVideoSettings": ".kling_25_turbo_text_to_video_settings",
    "Kling26ImageToVideoRequest": ".kling_26_image_to_video_request",
    "Kling26ImageToVideoSettings": ".kling_26_image_to_video_settings",
    "Kling26MotionControlRequest": ".kling_26_motion_control_request",
    "Kling26MotionControlSettings": ".kling_26_motion_control_settings",
    "Kling26TextToVideoRequest": ".kling_26_text_to_video_request",
    "Kling26TextToVideoSettings": ".kling_26_text_to_video_settings",
    "Kling30ImageToVideoRequest": ".kling_30_image_to_video_request",
    "Kling30ImageToVideoSettings": ".kling_30_image_to_video_settings",
    "Kling30MotionControlRequest": ".kling_30_motion_control_request",
    "Kling30MotionControlSettings": ".kling_30_motion_control_settings",
    "Kling30OmniVideoAudio": ".kling_30_omni_video_audio",
    "Kling30OmniVideoRequest": ".kling_30_omni_video_request",
    "Kling30OmniVideoSettings": ".kling_30_omni_video_settings",
    "Kling30TextToVideoRequest": ".kling_30_text_to_video_request",
    "Kling30TextToVideoSettings": ".kling_30_text_to_video_settings",
    "Kling30TurboImageToVideoRequest": ".kling_30_turbo_image_to_video_request",
    "Kling30TurboImageToVideoSettings": ".kling_30_turbo_image_to_video_settings",
    "Kling30TurboTextToVideoRequest": ".kling_30_turbo_text_to_video_request",
    "Kling30TurboTextToVideoSettings": ".kling_30_turbo_text_to_video_settings",
    "KlingO1BaseVideoContent": ".kling_o1_base_video_content",
    "KlingO1FeatureVideoContent": ".kling_o1_feature_video_content",
    "KlingO1VideoRequest": ".kling_o1_video_request",
    "KlingO1VideoSettings": ".kling_o1_video_settings",
    "LastFrameContent": ".last_frame_content",
    "LipSyncAudioType": ".lip_sync_audio_type",
    "LipSyncInput": ".lip_sync_input",
    "LipSyncLanguage": ".lip_sync_language",
    "LipSyncMode": ".lip_sync_mode",
    "LipSyncRequest": ".lip_sync_request",
    "ListBalanceDeductionsReply": ".list_balance_deductions_reply",
    "ListBalanceDeductionsRequest": ".list_balance_deductions_request",
    "ListPackageDeductionsReply": ".list_package_deductions_reply",
    "ListPackageDeductionsRequest": ".list_package_deductions_request",
    "ListSolutionTasksRequest": ".list_solution_tasks_request",
    "ListTasksReply": ".list_tasks_reply",
    "ListTasksRequest": ".list_tasks_request",
    "MotionControlModel": ".motion_control_model",
    "MotionControlRequest": ".motion_control_request",
    "MultiElementsArea": ".multi_elements_area",
    "MultiElementsDuration": ".multi_elements_duration",
    "MultiElementsEditMode": ".multi_elements_edit_mode",
    "MultiElementsFrame": ".multi_elements_frame",
    "MultiElementsImage": ".multi_elements_image",
    "MultiElementsMode": ".multi_elements_mode",
    "MultiElementsModel": ".multi_elements_model",
    "MultiElementsPngMask": ".multi_elements_png_mask",
    "MultiElementsPoint": ".multi_elements_point",
    "MultiElementsPreview": ".multi_elements_preview",
    "MultiElementsRequest": ".multi_elements_request",
    "MultiElementsRleMask": ".multi_elements_rle_mask",
    "MultiElementsSelection": ".multi_elements_selection",
    "MultiElementsSelectionPoints": ".multi_elements_selection_points",
    "MultiElementsSelectionPointsDeletionRequest": ".multi_elements_selection_points_deletion_request",
    "MultiElementsSelectionPointsReply": ".multi_elements_selection_points_reply",
    "MultiElementsSelectionPointsRequest": ".multi_elements_selection_points_request",
    "MultiElementsSelectionPreview": ".multi_elements_selection_preview",
    "MultiElementsSelectionPreviewReply": ".multi_elements_selection_preview_reply",
    "MultiElementsSelectionReply": ".multi_elements_selection_reply",
    "MultiElementsSelectionRequest": ".multi_elements_selection_request",
    "MultiElementsSessionRequest": ".multi_elements_session_request",
    "MultiImageToImageModel": ".multi_image_to_image_model",
    "MultiImageToImageRequest": ".multi_image_to_image_request",
    "MultiImageToVideoDuration": ".multi_image_to_video_duration",
    "MultiImageToVideoImage": ".multi_image_to_video_image",
    "MultiImageToVideoModel": ".multi_image_to_video_model",
    "MultiImageToVideoRequest": ".multi_image_to_video_request",
    "NativeAudio": ".native_audio",
    "OmniImageAspectRatio": ".omni_image_aspect_ratio",
    "OmniImageAutomaticAmount": ".omni_image_automatic_amount",
    "OmniImageModel": ".omni_image_model",
    "OmniImageReference": ".omni_image_reference",
    "OmniImageRequest": ".omni_image_request",
    "OmniImageResolution": ".omni_image_resolution",
    "OmniImageResultType": ".omni_image_result_type",
    "OmniVideoImage": ".omni_video_image",
    "OmniVideoInput": ".omni_video_input",
    "OmniVideoModel": ".omni_video_model",
    "OmniVideoRequest": ".omni_video_request",
    "OriginalAudio": ".original_audio",
    "OriginalSoundSwitch": ".original_sound_switch",
    "PackageDeductionEntry": ".package_deduction_entry",
    "PackageDeductionFilter": ".package_deduction_filter",
    "PackageDeductionFilterKey": ".package_deduction_filter_key",
    "PackageDeductionPage": ".package_deduction_page",
    "PackageDeductionResult": ".package_deduction_result",
    "PackageType": ".package_type",
    "ParentVideo": ".parent_video",
    "PromptContent": ".prompt_content",
    "ReferImageContent": ".refer_image_content",
    "Resolution": ".resolution",
    "ResourcePack": ".resource_pack",
    "ResourcePackStatus": ".resource_pack_status",
    "ResourcePackType": ".resource_pack_type",
    "Shot": ".shot",
    "ShotType": ".shot_type",
    "SolutionOptions": ".solution_options",
    "SolutionResolution": ".solution_resolution",
    "SolutionTaskFilter": ".solution_task_filter",
    "SolutionTaskFilterKey": ".solution_task_filter_key",
    "SolutionTaskFilterStatus": ".solution_task_filter_status",
    "SolutionWatermark": ".solution_watermark",
    "SoundSwitch": ".sound_switch",
    "SpeechScriptContent": ".speech_script_content",
    "StdOrProMode": ".std_or_pro_mode",
    "SubjectImage": ".subject_image",
    "SubtitleLanguage": ".subtitle_language",
    "Task": ".task",
    "TaskFilter": ".task_filter",
    "TaskFilterKey": ".task_filter_key",
    "TaskInfo": ".task_info",
    "TaskListReply": ".task_list_reply",
    "TaskOptions": ".task_options",
    "TaskPage": ".task_page",
    "TaskReply": ".task_reply",
    "TaskResult": ".task_result",
    "TaskStatus": ".task_status",
    "TaskWatermarkInfo": ".task_watermark_info",
    "TextToAudioRequest": ".text_to_audio_request",
    "TextToSpeechLanguage": ".text_to_speech_language",
    "TextToSpeechRequest": ".text_to_speech_request",
    "TextToVideoModel": ".text_to_video_model",
    "TextToVideoRequest": ".text_to_video_request",
    "TrajectoryPoint": ".trajectory_point",
    "TryOnPersonContent": ".try_on_person_content",
    "TryOnProductContent": ".try_on_product_content",
    "UnifiedElementTag": ".unified_element_tag",
    "UnifiedElementType": ".unified_element_type",
    "UnifiedOutput": ".unified_output",
    "UnifiedOutputStatus": ".unified_output_status",
    "UnifiedOutputType": ".unified_output_type",
    "UnifiedTask": ".unified_task",
    "UnifiedTaskReply": ".unified_task_reply",
    "UnifiedTaskStatus": ".unified_task_status",
    "UnusedImageContent": ".unused_image_content",
    "UnusedVideoContent": ".unused_video_content",
    "Video": ".video",
    "VideoAspectRatio": ".video_aspect_ratio",
    "VideoCommerceAspectRatio": ".video_commerce_aspect_ratio",
    "VideoCommerceOptions": ".video_commerce_options",
    "VideoCommerceRequest": ".video_commerce_request",
    "VideoCommerceSettings": ".video_commerce_settings",
    "VideoContent": ".video_content",
    "VideoDuration": ".video_duration",
    "VideoEffectsDuration": ".video_effects_duration",
    "VideoEffectsInput": ".video_effects_input",
    "VideoEffectsMode": ".video_effects_mode",
    "VideoEffectsModel": ".video_effects_model",
    "VideoEffectsRequest": ".video_effects_request",
    "VideoExtensionRequest": ".video_extension_request",
    "VideoMode": ".video_mode",
    "VideoRole": ".video_role",
    "VideoToAudioRequest": ".video_to_audio_request",
    "VirtualTryOn30Request": ".virtual_try_on_30_request",
    "VirtualTryOn30Settings": ".virtual_try_on_30_settings",
    "VirtualTryOn30Task": ".virtual_try_on_30_task",
    "VirtualTryOn30TaskReply": ".virtual_try_on_30_task_reply",
    "VirtualTryOnModel": ".virtual_try_on_model",
    "VirtualTryOnRequest": ".virtual_try_on_request",
    "Voice": ".voice",
    "VoiceContent": ".voice_content",
    "VoiceReference": ".voice_reference",
    "WatermarkInfo": ".watermark_info",
}

__all__ = (
    "AccountCosts",
    "AccountCostsReply",
    "AdvancedLipSyncFace",
    "AdvancedLipSyncFoundFace",
    "AdvancedLipSyncRequest",
    "AdvancedLipSyncSession",
    "AdvancedLipSyncSessionReply",
    "AdvancedLipSyncSessionRequest",
    "AiMultiShotRequest",
    "ApiError",
    "ApparelAspectRatio",
    "ApparelBgmContent",
    "ApparelModelImageContent",
    "ApparelProductImageContent",
    "ApparelProductInfoContent",
    "ApparelReplicationRequest",
    "ApparelReplicationSettings",
    "ApparelSourceVideoContent",
    "ApparelVoice",
    "ApparelVoiceContent",
    "Audio",
    "AvatarIdContent",
    "AvatarImageContent",
    "AvatarMode",
    "AvatarRequest",
    "BalanceDeduction",
    "BalanceDeductionEntry",
    "BalanceDeductionFilter",
    "BalanceDeductionFilterKey",
    "BalanceDeductionPage",
    "BalanceDeductionResult",
    "BaseVideoContent",
    "BasicElement",
    "BasicElementListReply",
    "BasicElementReply",
    "BasicElementRequest",
    "CameraConfig",
    "CameraControl",
    "CameraMovement",
    "CashType",
    "CharacterOrientation",
    "Charge",
    "ChargeType",
    "CommerceAudienceContent",
    "CommerceAvatar",
    "CommercePriceContent",
    "CommerceSellingPointContent",
    "CommerceTitleContent",
    "CommerceVoice",
    "Currency",
    "CustomElementImages",
    "CustomElementReferenceType",
    "CustomElementRequest",
    "CustomElementVideo",
    "CustomElementVideos",
    "CustomVoiceRequest",
    "DeleteBasicElementRequest",
    "DeleteCustomElementRequest",
    "DeleteCustomVoiceRequest",
    "Deletion",
    "DeletionReply",
    "DramaSubtitlesOptions",
    "DramaSubtitlesRequest",
    "DramaSubtitlesSettings",
    "DramaVideoContent",
    "DynamicMask",
    "Element",
    "ElementContent",
    "ElementImage",
    "ElementImageInput",
    "ElementImages",
    "ElementMaterial",
    "ElementMaterialRole",
    "ElementMaterialType",
    "ElementOrigin",
    "ElementReference",
    "ElementStatus",
    "ElementTag",
    "ElementTagId",
    "ElementTagInput",
    "ElementVideo",
    "ElementVideos",
    "FeatureVideoContent",
    "FirstFrameContent",
    "FiveOrTenSeconds",
    "GetTasksReply",
    "GlossaryContent",
    "GoodsDescriptionContent",
    "GoodsImageContent",
    "GoodsStudioAspectRatio",
    "GoodsStudioRequest",
    "GoodsStudioSeconds",
    "GoodsStudioSettings",
    "GoodsTitleContent",
    "HighResolution",
    "Image",
    "ImageAspectRatio",
    "ImageContent",
    "ImageExpansionRequest",
    "ImageGenerationModel",
    "ImageGenerationRequest",
    "ImageGenerationResolution",
    "ImagePart",
    "ImagePartType",
    "ImageRecognition",
    "ImageRecognitionReply",
    "ImageRecognitionRequest",
    "ImageRecognitionResult",
    "ImageReferenceKind",
    "ImageResultType",
    "ImageRole",
    "ImageToVideoModel",
    "ImageToVideoRequest",
    "Kling25TurboImageToVideoRequest",
    "Kling25TurboImageToVideoSettings",
    "Kling25TurboTextToVideoRequest",
    "Kling25TurboTextToVideoSettings",
    "Kling26ImageToVideoRequest",
    "Kling26ImageToVideoSettings",
    "Kling26MotionControlRequest",
    "Kling26MotionControlSettings",
    "Kling26TextToVideoRequest",
    "Kling26TextToVideoSettings",
    "Kling30ImageToVideoRequest",
    "Kling30ImageToVideoSettings",
    "Kling30MotionControlRequest",
    "Kling30MotionControlSettings",
    "Kling30OmniVideoAudio",
    "Kling30OmniVideoRequest",
    "Kling30OmniVideoSettings",
    "Kling30TextToVideoRequest",
    "Kling30TextToVideoSettings",
    "Kling30TurboImageToVideoRequest",
    "Kling30TurboImageToVideoSettings",
    "Kling30TurboTextToVideoRequest",
    "Kling30TurboTextToVideoSettings",
    "KlingO1BaseVideoContent",
    "KlingO1FeatureVideoContent",
    "KlingO1VideoRequest",
    "KlingO1VideoSettings",
    "LastFrameContent",
    "LipSyncAudioType",
    "LipSyncInput",
    "LipSyncLanguage",
    "LipSyncMode",
    "LipSyncRequest",
    "ListBalanceDeductionsReply",
    "ListBalanceDeductionsRequest",
    "ListPackageDeductionsReply",
    "ListPackageDeductionsRequest",
    "ListSolutionTasksRequest",
    "ListTasksReply",
    "ListTasksRequest",
    "MotionControlModel",
    "MotionControlRequest",
    "MultiElementsArea",
    "MultiElementsDuration",
    "MultiElementsEditMode",
    "MultiElementsFrame",
    "MultiElementsImage",
    "MultiElementsMode",
    "MultiElementsModel",
    "MultiElementsPngMask",
    "MultiElementsPoint",
    "MultiElementsPreview",
    "MultiElementsRequest",
    "MultiElementsRleMask",
    "MultiElementsSelection",
    "MultiElementsSelectionPoints",
    "MultiElementsSelectionPointsDeletionRequest",
    "MultiElementsSelectionPointsReply",
    "MultiElementsSelectionPointsRequest",
    "MultiElementsSelectionPreview",
    "MultiElementsSelectionPreviewReply",
    "MultiElementsSelectionReply",
    "MultiElementsSelectionRequest",
    "MultiElementsSessionRequest",
    "MultiImageToImageModel",
    "MultiImageToImageRequest",
    "MultiImageToVideoDuration",
    "MultiImageToVideoImage",
    "MultiImageToVideoModel",
    "MultiImageToVideoRequest",
    "NativeAudio",
    "OmniImageAspectRatio",
    "OmniImageAutomaticAmount",
    "OmniImageModel",
    "OmniImageReference",
    "OmniImageRequest",
    "OmniImageResolution",
    "OmniImageResultType",
    "OmniVideoImage",
    "OmniVideoInput",
    "OmniVideoModel",
    "OmniVideoRequest",
    "OriginalAudio",
    "OriginalSoundSwitch",
    "PackageDeductionEntry",
    "PackageDeductionFilter",
    "PackageDeductionFilterKey",
    "PackageDeductionPage",
    "PackageDeductionResult",
    "PackageType",
    "ParentVideo",
    "PromptContent",
    "ReferImageContent",
    "Resolution",
    "ResourcePack",
    "ResourcePackStatus",
    "ResourcePackType",
    "Shot",
    "ShotType",
    "SolutionOptions",
    "SolutionResolution",
    "SolutionTaskFilter",
    "SolutionTaskFilterKey",
    "SolutionTaskFilterStatus",
    "SolutionWatermark",
    "SoundSwitch",
    "SpeechScriptContent",
    "StdOrProMode",
    "SubjectImage",
    "SubtitleLanguage",
    "Task",
    "TaskFilter",
    "TaskFilterKey",
    "TaskInfo",
    "TaskListReply",
    "TaskOptions",
    "TaskPage",
    "TaskReply",
    "TaskResult",
    "TaskStatus",
    "TaskWatermarkInfo",
    "TextToAudioRequest",
    "TextToSpeechLanguage",
    "TextToSpeechRequest",
    "TextToVideoModel",
    "TextToVideoRequest",
    "TrajectoryPoint",
    "TryOnPersonContent",
    "TryOnProductContent",
    "UnifiedElementTag",
    "UnifiedElementType",
    "UnifiedOutput",
    "UnifiedOutputStatus",
    "UnifiedOutputType",
    "UnifiedTask",
    "UnifiedTaskReply",
    "UnifiedTaskStatus",
    "UnusedImageContent",
    "UnusedVideoContent",
    "Video",
    "VideoAspectRatio",
    "VideoCommerceAspectRatio",
    "VideoCommerceOptions",
    "VideoCommerceRequest",
    "VideoCommerceSettings",
    "VideoContent",
    "VideoDuration",
    "VideoEffectsDuration",
    "VideoEffectsInput",
    "VideoEffectsMode",
    "VideoEffectsModel",
    "VideoEffectsRequest",
    "VideoExtensionRequest",
    "VideoMode",
    "VideoRole",
    "VideoToAudioRequest",
    "VirtualTryOn30Request",
    "VirtualTryOn30Settings",
    "VirtualTryOn30Task",
    "VirtualTryOn30TaskReply",
    "VirtualTryOnModel",
    "VirtualTryOnRequest",
    "Voice",
    "VoiceContent",
    "VoiceReference",
    "WatermarkInfo",
)


if not TYPE_CHECKING:  # a type checker that saw __getattr__ would accept any name

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_MODULES[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
