from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.omni_video_request import OmniVideoRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: OmniVideoRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/omni-video",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApiError | TaskReply | None:
    if response.status_code == 200:
        response_200 = TaskReply.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = ApiError.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = ApiError.from_dict(response.json())

        return response_401

    if response.status_code == 403:
        response_403 = ApiError.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = ApiError.from_dict(response.json())

        return response_404

    if response.status_code == 429:
        response_429 = ApiError.from_dict(response.json())

        return response_429

    if response.status_code == 500:
        response_500 = ApiError.from_dict(response.json())

        return response_500

    if response.status_code == 503:
        response_503 = ApiError.from_dict(response.json())

        return response_503

    if response.status_code == 504:
        response_504 = ApiError.from_dict(response.json())

        return response_504

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ApiError | TaskReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: OmniVideoRequest,
) -> Response[ApiError | TaskReply]:
    """Create an omni-video task

     Starts one video of 3 to 15 s from text, images, elements of the element library and one video, in
    any mix.
    The video is either a video to edit, or a reference, for example for the next shot or for the same
    camera movement.
    The price depends on mode, duration and sound, and is higher with an input video. Set
    external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (OmniVideoRequest): Omni video: A video from any mix of text, images, elements and
            one video.
            The body of createOmniVideoTask, POST /v1/videos/omni-video.
            The video to make, from any mix of text, images, elements and one video.
            There is no negative_prompt here; say in the prompt what to avoid.
            Rules:
            - model_name must be kling-v3-omni when multi_shot is true.
            - sound "on" needs model_name kling-v3-omni; kling-video-o1 makes no sound.
            - duration must be "3" to "15" with model_name kling-v3-omni, and "3" to "10" with kling-
            video-o1.
            - mode 4k needs model_name kling-v3-omni; kling-video-o1 takes std or pro.
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - the index of the shots in multi_prompt must be 1, 2, 3 and so on, in order and without
            gaps.
            - shot_type must be intelligence, not customize, when multi_shot is true with a video of
            refer_type feature.
            - sound must be "off" when video_list has a video; keep_original_sound "yes" keeps the
            sound of the video.
            - aspect_ratio must be given when image_list has no first_frame and video_list has no
            video.
            - aspect_ratio must be given for kling-v3-omni with a video of refer_type feature and
            without a first_frame in image_list.
            - image_list must have at most one first_frame and at most one end_frame; other images
            must have no type.
            - image_list must have a first_frame when it has an end_frame; an end frame by itself is
            not supported.
            - image_list must have no first_frame and no end_frame with a video of refer_type base,
            which is the default; the images must have no type.
            - image_list must have at most 2 entries when one of them is an end_frame and model_name
            is kling-video-o1.
            - element_list must have at most 3 entries with a first_frame and kling-v3-omni, and must
            be empty with a first_frame, an end_frame and kling-video-o1.
            - image_list and element_list together must have at most 7 entries, or 4 when there is a
            video.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskReply]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: OmniVideoRequest,
) -> TaskReply:
    """Create an omni-video task

     Starts one video of 3 to 15 s from text, images, elements of the element library and one video, in
    any mix.
    The video is either a video to edit, or a reference, for example for the next shot or for the same
    camera movement.
    The price depends on mode, duration and sound, and is higher with an input video. Set
    external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (OmniVideoRequest): Omni video: A video from any mix of text, images, elements and
            one video.
            The body of createOmniVideoTask, POST /v1/videos/omni-video.
            The video to make, from any mix of text, images, elements and one video.
            There is no negative_prompt here; say in the prompt what to avoid.
            Rules:
            - model_name must be kling-v3-omni when multi_shot is true.
            - sound "on" needs model_name kling-v3-omni; kling-video-o1 makes no sound.
            - duration must be "3" to "15" with model_name kling-v3-omni, and "3" to "10" with kling-
            video-o1.
            - mode 4k needs model_name kling-v3-omni; kling-video-o1 takes std or pro.
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - the index of the shots in multi_prompt must be 1, 2, 3 and so on, in order and without
            gaps.
            - shot_type must be intelligence, not customize, when multi_shot is true with a video of
            refer_type feature.
            - sound must be "off" when video_list has a video; keep_original_sound "yes" keeps the
            sound of the video.
            - aspect_ratio must be given when image_list has no first_frame and video_list has no
            video.
            - aspect_ratio must be given for kling-v3-omni with a video of refer_type feature and
            without a first_frame in image_list.
            - image_list must have at most one first_frame and at most one end_frame; other images
            must have no type.
            - image_list must have a first_frame when it has an end_frame; an end frame by itself is
            not supported.
            - image_list must have no first_frame and no end_frame with a video of refer_type base,
            which is the default; the images must have no type.
            - image_list must have at most 2 entries when one of them is an end_frame and model_name
            is kling-video-o1.
            - element_list must have at most 3 entries with a first_frame and kling-v3-omni, and must
            be empty with a first_frame, an end_frame and kling-video-o1.
            - image_list and element_list together must have at most 7 entries, or 4 when there is a
            video.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            body=body,
        ),
        TaskReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: OmniVideoRequest,
) -> Response[ApiError | TaskReply]:
    """Create an omni-video task

     Starts one video of 3 to 15 s from text, images, elements of the element library and one video, in
    any mix.
    The video is either a video to edit, or a reference, for example for the next shot or for the same
    camera movement.
    The price depends on mode, duration and sound, and is higher with an input video. Set
    external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (OmniVideoRequest): Omni video: A video from any mix of text, images, elements and
            one video.
            The body of createOmniVideoTask, POST /v1/videos/omni-video.
            The video to make, from any mix of text, images, elements and one video.
            There is no negative_prompt here; say in the prompt what to avoid.
            Rules:
            - model_name must be kling-v3-omni when multi_shot is true.
            - sound "on" needs model_name kling-v3-omni; kling-video-o1 makes no sound.
            - duration must be "3" to "15" with model_name kling-v3-omni, and "3" to "10" with kling-
            video-o1.
            - mode 4k needs model_name kling-v3-omni; kling-video-o1 takes std or pro.
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - the index of the shots in multi_prompt must be 1, 2, 3 and so on, in order and without
            gaps.
            - shot_type must be intelligence, not customize, when multi_shot is true with a video of
            refer_type feature.
            - sound must be "off" when video_list has a video; keep_original_sound "yes" keeps the
            sound of the video.
            - aspect_ratio must be given when image_list has no first_frame and video_list has no
            video.
            - aspect_ratio must be given for kling-v3-omni with a video of refer_type feature and
            without a first_frame in image_list.
            - image_list must have at most one first_frame and at most one end_frame; other images
            must have no type.
            - image_list must have a first_frame when it has an end_frame; an end frame by itself is
            not supported.
            - image_list must have no first_frame and no end_frame with a video of refer_type base,
            which is the default; the images must have no type.
            - image_list must have at most 2 entries when one of them is an end_frame and model_name
            is kling-video-o1.
            - element_list must have at most 3 entries with a first_frame and kling-v3-omni, and must
            be empty with a first_frame, an end_frame and kling-video-o1.
            - image_list and element_list together must have at most 7 entries, or 4 when there is a
            video.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApiError | TaskReply]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            body=body,
        )
    )

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: OmniVideoRequest,
) -> TaskReply:
    """Create an omni-video task

     Starts one video of 3 to 15 s from text, images, elements of the element library and one video, in
    any mix.
    The video is either a video to edit, or a reference, for example for the next shot or for the same
    camera movement.
    The price depends on mode, duration and sound, and is higher with an input video. Set
    external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (OmniVideoRequest): Omni video: A video from any mix of text, images, elements and
            one video.
            The body of createOmniVideoTask, POST /v1/videos/omni-video.
            The video to make, from any mix of text, images, elements and one video.
            There is no negative_prompt here; say in the prompt what to avoid.
            Rules:
            - model_name must be kling-v3-omni when multi_shot is true.
            - sound "on" needs model_name kling-v3-omni; kling-video-o1 makes no sound.
            - duration must be "3" to "15" with model_name kling-v3-omni, and "3" to "10" with kling-
            video-o1.
            - mode 4k needs model_name kling-v3-omni; kling-video-o1 takes std or pro.
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - the index of the shots in multi_prompt must be 1, 2, 3 and so on, in order and without
            gaps.
            - shot_type must be intelligence, not customize, when multi_shot is true with a video of
            refer_type feature.
            - sound must be "off" when video_list has a video; keep_original_sound "yes" keeps the
            sound of the video.
            - aspect_ratio must be given when image_list has no first_frame and video_list has no
            video.
            - aspect_ratio must be given for kling-v3-omni with a video of refer_type feature and
            without a first_frame in image_list.
            - image_list must have at most one first_frame and at most one end_frame; other images
            must have no type.
            - image_list must have a first_frame when it has an end_frame; an end frame by itself is
            not supported.
            - image_list must have no first_frame and no end_frame with a video of refer_type base,
            which is the default; the images must have no type.
            - image_list must have at most 2 entries when one of them is an end_frame and model_name
            is kling-video-o1.
            - element_list must have at most 3 entries with a first_frame and kling-v3-omni, and must
            be empty with a first_frame, an end_frame and kling-video-o1.
            - image_list and element_list together must have at most 7 entries, or 4 when there is a
            video.

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TaskReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            body=body,
        ),
        TaskReply,
    )
