"""The data models of requests and replies, each loaded when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api_error import ApiError
    from .avatar_mode import AvatarMode
    from .avatar_request import AvatarRequest
    from .balance_deduction import BalanceDeduction
    from .camera_config import CameraConfig
    from .camera_control import CameraControl
    from .camera_movement import CameraMovement
    from .dynamic_mask import DynamicMask
    from .element_reference import ElementReference
    from .image_to_video_model import ImageToVideoModel
    from .image_to_video_request import ImageToVideoRequest
    from .shot import Shot
    from .shot_type import ShotType
    from .sound_switch import SoundSwitch
    from .task import Task
    from .task_info import TaskInfo
    from .task_list_reply import TaskListReply
    from .task_reply import TaskReply
    from .task_result import TaskResult
    from .task_status import TaskStatus
    from .task_watermark_info import TaskWatermarkInfo
    from .text_to_video_aspect_ratio import TextToVideoAspectRatio
    from .text_to_video_model import TextToVideoModel
    from .text_to_video_request import TextToVideoRequest
    from .trajectory_point import TrajectoryPoint
    from .video import Video
    from .video_duration import VideoDuration
    from .video_mode import VideoMode
    from .voice_reference import VoiceReference
    from .watermark_info import WatermarkInfo

_MODULES = {
    "ApiError": ".api_error",
    "AvatarMode": ".avatar_mode",
    "AvatarRequest": ".avatar_request",
    "BalanceDeduction": ".balance_deduction",
    "CameraConfig": ".camera_config",
    "CameraControl": ".camera_control",
    "CameraMovement": ".camera_movement",
    "DynamicMask": ".dynamic_mask",
    "ElementReference": ".element_reference",
    "ImageToVideoModel": ".image_to_video_model",
    "ImageToVideoRequest": ".image_to_video_request",
    "Shot": ".shot",
    "ShotType": ".shot_type",
    "SoundSwitch": ".sound_switch",
    "Task": ".task",
    "TaskInfo": ".task_info",
    "TaskListReply": ".task_list_reply",
    "TaskReply": ".task_reply",
    "TaskResult": ".task_result",
    "TaskStatus": ".task_status",
    "TaskWatermarkInfo": ".task_watermark_info",
    "TextToVideoAspectRatio": ".text_to_video_aspect_ratio",
    "TextToVideoModel": ".text_to_video_model",
    "TextToVideoRequest": ".text_to_video_request",
    "TrajectoryPoint": ".trajectory_point",
    "Video": ".video",
    "VideoDuration": ".video_duration",
    "VideoMode": ".video_mode",
    "VoiceReference": ".voice_reference",
    "WatermarkInfo": ".watermark_info",
}

__all__ = (
    "ApiError",
    "AvatarMode",
    "AvatarRequest",
    "BalanceDeduction",
    "CameraConfig",
    "CameraControl",
    "CameraMovement",
    "DynamicMask",
    "ElementReference",
    "ImageToVideoModel",
    "ImageToVideoRequest",
    "Shot",
    "ShotType",
    "SoundSwitch",
    "Task",
    "TaskInfo",
    "TaskListReply",
    "TaskReply",
    "TaskResult",
    "TaskStatus",
    "TaskWatermarkInfo",
    "TextToVideoAspectRatio",
    "TextToVideoModel",
    "TextToVideoRequest",
    "TrajectoryPoint",
    "Video",
    "VideoDuration",
    "VideoMode",
    "VoiceReference",
    "WatermarkInfo",
)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
