from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.custom_element_request import CustomElementRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: CustomElementRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/general/advanced-custom-elements",
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
    body: CustomElementRequest,
) -> Response[ApiError | TaskReply]:
    """Create a custom-element task

     Makes an element for element_list of other families: a multi-image element from a frontal image and
    1 to 3 other images, or a video character element from one video.
    Image families and kling-video-o1 take only multi-image elements. Video character elements work with
    Kling 3.0 Omni and later models.
    A recorded task took about 5 s and cost nothing. Kling says 30 to 120 s.
    The service has existed since 2026-02-25. Its library is separate from the library of the older
    service.
    Kling's examples show the path with a slash at the end.

    Args:
        body (CustomElementRequest): Custom element: Elements: people and things that look the
            same in every video and image.
            The body of createCustomElementTask, POST /v1/general/advanced-custom-elements.
            What the element looks like.
            Open: whether Kling refuses, ignores or uses element_image_list with reference_type
            video_refer.
            Rules:
            - element_image_list must be given when reference_type is image_refer.
            - element_video_list must be given when reference_type is video_refer.

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
    body: CustomElementRequest,
) -> TaskReply:
    """Create a custom-element task

     Makes an element for element_list of other families: a multi-image element from a frontal image and
    1 to 3 other images, or a video character element from one video.
    Image families and kling-video-o1 take only multi-image elements. Video character elements work with
    Kling 3.0 Omni and later models.
    A recorded task took about 5 s and cost nothing. Kling says 30 to 120 s.
    The service has existed since 2026-02-25. Its library is separate from the library of the older
    service.
    Kling's examples show the path with a slash at the end.

    Args:
        body (CustomElementRequest): Custom element: Elements: people and things that look the
            same in every video and image.
            The body of createCustomElementTask, POST /v1/general/advanced-custom-elements.
            What the element looks like.
            Open: whether Kling refuses, ignores or uses element_image_list with reference_type
            video_refer.
            Rules:
            - element_image_list must be given when reference_type is image_refer.
            - element_video_list must be given when reference_type is video_refer.

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
    body: CustomElementRequest,
) -> Response[ApiError | TaskReply]:
    """Create a custom-element task

     Makes an element for element_list of other families: a multi-image element from a frontal image and
    1 to 3 other images, or a video character element from one video.
    Image families and kling-video-o1 take only multi-image elements. Video character elements work with
    Kling 3.0 Omni and later models.
    A recorded task took about 5 s and cost nothing. Kling says 30 to 120 s.
    The service has existed since 2026-02-25. Its library is separate from the library of the older
    service.
    Kling's examples show the path with a slash at the end.

    Args:
        body (CustomElementRequest): Custom element: Elements: people and things that look the
            same in every video and image.
            The body of createCustomElementTask, POST /v1/general/advanced-custom-elements.
            What the element looks like.
            Open: whether Kling refuses, ignores or uses element_image_list with reference_type
            video_refer.
            Rules:
            - element_image_list must be given when reference_type is image_refer.
            - element_video_list must be given when reference_type is video_refer.

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
    body: CustomElementRequest,
) -> TaskReply:
    """Create a custom-element task

     Makes an element for element_list of other families: a multi-image element from a frontal image and
    1 to 3 other images, or a video character element from one video.
    Image families and kling-video-o1 take only multi-image elements. Video character elements work with
    Kling 3.0 Omni and later models.
    A recorded task took about 5 s and cost nothing. Kling says 30 to 120 s.
    The service has existed since 2026-02-25. Its library is separate from the library of the older
    service.
    Kling's examples show the path with a slash at the end.

    Args:
        body (CustomElementRequest): Custom element: Elements: people and things that look the
            same in every video and image.
            The body of createCustomElementTask, POST /v1/general/advanced-custom-elements.
            What the element looks like.
            Open: whether Kling refuses, ignores or uses element_image_list with reference_type
            video_refer.
            Rules:
            - element_image_list must be given when reference_type is image_refer.
            - element_video_list must be given when reference_type is video_refer.

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
