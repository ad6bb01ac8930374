from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.image_to_video_request import ImageToVideoRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: ImageToVideoRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/image2video",
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
    body: ImageToVideoRequest,
) -> Response[ApiError | TaskReply]:
    """Create an image-to-video task

     Starts one video of 3 to 15 s from a first frame, an end frame or both. The video has the aspect
    ratio of the image.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound, and is higher if prompt names a voice.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (ImageToVideoRequest): Image to video: A video that begins or ends with a given image
            (first frame, end frame).
            The body of createImageToVideoTask, POST /v1/videos/image2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            A public client says that kling-v3 refuses voice_list, but does not quote the refusal.
            Mode 4k with sound has its own price. Kling's pages do not exclude mode 4k with an end
            frame or with elements, but have no example of it.
            Rules:
            - image or image_tail must be given and not be empty; give a first frame, an end frame or
            both.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - image_tail, the motion brush (static_mask, dynamic_masks) and camera_control exclude
            each other; keep one of them.
            - image_tail together with image needs one of: model_name kling-v3; kling-v2-6 with mode
            pro and sound "off"; kling-v1-5, kling-v1-6, kling-v2-1 or kling-v2-5-turbo with mode pro;
            kling-v1 with duration "5".
            - image_tail without image needs model_name kling-v1-5 or kling-v1-6 with mode pro; with
            every other model, give image too.
            - static_mask and dynamic_masks need duration "5" with model_name kling-v1, or duration
            "5" with kling-v1-5 and mode pro; no other model has a motion brush.
            - camera_control needs model_name kling-v1-5, mode pro, duration "5" and
            camera_control.type simple; no other combination supports it here.
            - sound must be "on" when voice_list is not empty.
            - voice_list needs model_name kling-v2-6 and mode pro; no other model supports voices.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - duration must be "3" to "15" with model_name kling-v3, and "5" or "10" with every other
            model.
            - mode 4k needs model_name kling-v3; every other model takes std or pro.

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
    body: ImageToVideoRequest,
) -> TaskReply:
    """Create an image-to-video task

     Starts one video of 3 to 15 s from a first frame, an end frame or both. The video has the aspect
    ratio of the image.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound, and is higher if prompt names a voice.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (ImageToVideoRequest): Image to video: A video that begins or ends with a given image
            (first frame, end frame).
            The body of createImageToVideoTask, POST /v1/videos/image2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            A public client says that kling-v3 refuses voice_list, but does not quote the refusal.
            Mode 4k with sound has its own price. Kling's pages do not exclude mode 4k with an end
            frame or with elements, but have no example of it.
            Rules:
            - image or image_tail must be given and not be empty; give a first frame, an end frame or
            both.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - image_tail, the motion brush (static_mask, dynamic_masks) and camera_control exclude
            each other; keep one of them.
            - image_tail together with image needs one of: model_name kling-v3; kling-v2-6 with mode
            pro and sound "off"; kling-v1-5, kling-v1-6, kling-v2-1 or kling-v2-5-turbo with mode pro;
            kling-v1 with duration "5".
            - image_tail without image needs model_name kling-v1-5 or kling-v1-6 with mode pro; with
            every other model, give image too.
            - static_mask and dynamic_masks need duration "5" with model_name kling-v1, or duration
            "5" with kling-v1-5 and mode pro; no other model has a motion brush.
            - camera_control needs model_name kling-v1-5, mode pro, duration "5" and
            camera_control.type simple; no other combination supports it here.
            - sound must be "on" when voice_list is not empty.
            - voice_list needs model_name kling-v2-6 and mode pro; no other model supports voices.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - duration must be "3" to "15" with model_name kling-v3, and "5" or "10" with every other
            model.
            - mode 4k needs model_name kling-v3; every other model takes std or pro.

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
    body: ImageToVideoRequest,
) -> Response[ApiError | TaskReply]:
    """Create an image-to-video task

     Starts one video of 3 to 15 s from a first frame, an end frame or both. The video has the aspect
    ratio of the image.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound, and is higher if prompt names a voice.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (ImageToVideoRequest): Image to video: A video that begins or ends with a given image
            (first frame, end frame).
            The body of createImageToVideoTask, POST /v1/videos/image2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            A public client says that kling-v3 refuses voice_list, but does not quote the refusal.
            Mode 4k with sound has its own price. Kling's pages do not exclude mode 4k with an end
            frame or with elements, but have no example of it.
            Rules:
            - image or image_tail must be given and not be empty; give a first frame, an end frame or
            both.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - image_tail, the motion brush (static_mask, dynamic_masks) and camera_control exclude
            each other; keep one of them.
            - image_tail together with image needs one of: model_name kling-v3; kling-v2-6 with mode
            pro and sound "off"; kling-v1-5, kling-v1-6, kling-v2-1 or kling-v2-5-turbo with mode pro;
            kling-v1 with duration "5".
            - image_tail without image needs model_name kling-v1-5 or kling-v1-6 with mode pro; with
            every other model, give image too.
            - static_mask and dynamic_masks need duration "5" with model_name kling-v1, or duration
            "5" with kling-v1-5 and mode pro; no other model has a motion brush.
            - camera_control needs model_name kling-v1-5, mode pro, duration "5" and
            camera_control.type simple; no other combination supports it here.
            - sound must be "on" when voice_list is not empty.
            - voice_list needs model_name kling-v2-6 and mode pro; no other model supports voices.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - duration must be "3" to "15" with model_name kling-v3, and "5" or "10" with every other
            model.
            - mode 4k needs model_name kling-v3; every other model takes std or pro.

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
    body: ImageToVideoRequest,
) -> TaskReply:
    """Create an image-to-video task

     Starts one video of 3 to 15 s from a first frame, an end frame or both. The video has the aspect
    ratio of the image.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound, and is higher if prompt names a voice.
    Set external_task_id: if the reply is lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.
    Kling's page also shows the path with a slash at the end.

    Args:
        body (ImageToVideoRequest): Image to video: A video that begins or ends with a given image
            (first frame, end frame).
            The body of createImageToVideoTask, POST /v1/videos/image2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            A public client says that kling-v3 refuses voice_list, but does not quote the refusal.
            Mode 4k with sound has its own price. Kling's pages do not exclude mode 4k with an end
            frame or with elements, but have no example of it.
            Rules:
            - image or image_tail must be given and not be empty; give a first frame, an end frame or
            both.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - image_tail, the motion brush (static_mask, dynamic_masks) and camera_control exclude
            each other; keep one of them.
            - image_tail together with image needs one of: model_name kling-v3; kling-v2-6 with mode
            pro and sound "off"; kling-v1-5, kling-v1-6, kling-v2-1 or kling-v2-5-turbo with mode pro;
            kling-v1 with duration "5".
            - image_tail without image needs model_name kling-v1-5 or kling-v1-6 with mode pro; with
            every other model, give image too.
            - static_mask and dynamic_masks need duration "5" with model_name kling-v1, or duration
            "5" with kling-v1-5 and mode pro; no other model has a motion brush.
            - camera_control needs model_name kling-v1-5, mode pro, duration "5" and
            camera_control.type simple; no other combination supports it here.
            - sound must be "on" when voice_list is not empty.
            - voice_list needs model_name kling-v2-6 and mode pro; no other model supports voices.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - duration must be "3" to "15" with model_name kling-v3, and "5" or "10" with every other
            model.
            - mode 4k needs model_name kling-v3; every other model takes std or pro.

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
