from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.task_reply import TaskReply
from ...models.text_to_video_request import TextToVideoRequest
from ...types import Response


def _get_kwargs(
    *,
    body: TextToVideoRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/videos/text2video",
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
    body: TextToVideoRequest,
) -> Response[ApiError | TaskReply]:
    """Create a text-to-video task

     Starts one video of 3 to 15 s from a prompt, or from a storyboard of up to six shots.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound. Set external_task_id: if the reply is
    lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.

    Args:
        body (TextToVideoRequest): Text to video: A video from a prompt.
            The body of createTextToVideoTask, POST /v1/videos/text2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            Open: whether models without sound refuse sound "off".
            Rules:
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - camera_control needs model_name kling-v1, mode std and duration "5"; no other model
            supports it here.
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
    body: TextToVideoRequest,
) -> TaskReply:
    """Create a text-to-video task

     Starts one video of 3 to 15 s from a prompt, or from a storyboard of up to six shots.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound. Set external_task_id: if the reply is
    lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.

    Args:
        body (TextToVideoRequest): Text to video: A video from a prompt.
            The body of createTextToVideoTask, POST /v1/videos/text2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            Open: whether models without sound refuse sound "off".
            Rules:
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - camera_control needs model_name kling-v1, mode std and duration "5"; no other model
            supports it here.
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
    body: TextToVideoRequest,
) -> Response[ApiError | TaskReply]:
    """Create a text-to-video task

     Starts one video of 3 to 15 s from a prompt, or from a storyboard of up to six shots.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound. Set external_task_id: if the reply is
    lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.

    Args:
        body (TextToVideoRequest): Text to video: A video from a prompt.
            The body of createTextToVideoTask, POST /v1/videos/text2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            Open: whether models without sound refuse sound "off".
            Rules:
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - camera_control needs model_name kling-v1, mode std and duration "5"; no other model
            supports it here.
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
    body: TextToVideoRequest,
) -> TaskReply:
    """Create a text-to-video task

     Starts one video of 3 to 15 s from a prompt, or from a storyboard of up to six shots.
    A video usually takes 1 to 5 minutes.
    The price depends on model_name, mode, duration and sound. Set external_task_id: if the reply is
    lost, you can look the task up instead of paying twice.
    Leaving model_name out selects kling-v1, which is retired. Therefore name a model that is still
    available.

    Args:
        body (TextToVideoRequest): Text to video: A video from a prompt.
            The body of createTextToVideoTask, POST /v1/videos/text2video.
            The video to make.
            Some clients send duration as a number. No refusal of that is known, so the number counts
            as the string.
            Open: whether models without sound refuse sound "off".
            Rules:
            - prompt must not be empty or blank. It is optional only with multi_shot true and
            shot_type customize.
            - shot_type must be customize or intelligence when multi_shot is true.
            - multi_prompt must have 1 to 6 shots when multi_shot is true and shot_type is customize.
            - the durations in multi_prompt must add up to duration, which is "5" when it is left out.
            - model_name must be kling-v3 when multi_shot is true.
            - sound can be "on" with model_name kling-v3, or with kling-v2-6 and mode pro; leave it
            "off" otherwise.
            - camera_control needs model_name kling-v1, mode std and duration "5"; no other model
            supports it here.
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
