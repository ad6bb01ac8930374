from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.omni_image_request import OmniImageRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: OmniImageRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/images/omni-image",
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
    body: OmniImageRequest,
) -> Response[ApiError | TaskReply]:
    """Create an omni-image task

     Starts 1 to 9 single images, or a series of 2 to 9 images that belong together.
    Costs units of an image package for each image: 8 in 1k and 2k, 16 in 4k. Kling charges each image
    of a series.
    Every image occupies one slot of the account's concurrency: n slots for single images, series_amount
    slots for a series, and with series_amount "auto" a slot for each image that Kling makes.
    If there are more images than slots, Kling always refuses the request with 1303; waiting does not
    help.
    Open: whether a series needs a reference image: Kling's capability map lists series only for image
    to image.

    Args:
        body (OmniImageRequest): Omni image: Images from a prompt and up to ten images and
            elements, as single images or as a series.
            The body of createOmniImageTask, POST /v1/images/omni-image.
            The images to make.
            Rules:
            - image_list and element_list must have at most 10 entries together.
            - result_type series needs model_name kling-v3-omni; kling-image-o1 makes single images
            only.
            - resolution 4k needs model_name kling-v3-omni; kling-image-o1 makes 1k and 2k.

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
    body: OmniImageRequest,
) -> TaskReply:
    """Create an omni-image task

     Starts 1 to 9 single images, or a series of 2 to 9 images that belong together.
    Costs units of an image package for each image: 8 in 1k and 2k, 16 in 4k. Kling charges each image
    of a series.
    Every image occupies one slot of the account's concurrency: n slots for single images, series_amount
    slots for a series, and with series_amount "auto" a slot for each image that Kling makes.
    If there are more images than slots, Kling always refuses the request with 1303; waiting does not
    help.
    Open: whether a series needs a reference image: Kling's capability map lists series only for image
    to image.

    Args:
        body (OmniImageRequest): Omni image: Images from a prompt and up to ten images and
            elements, as single images or as a series.
            The body of createOmniImageTask, POST /v1/images/omni-image.
            The images to make.
            Rules:
            - image_list and element_list must have at most 10 entries together.
            - result_type series needs model_name kling-v3-omni; kling-image-o1 makes single images
            only.
            - resolution 4k needs model_name kling-v3-omni; kling-image-o1 makes 1k and 2k.

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
    body: OmniImageRequest,
) -> Response[ApiError | TaskReply]:
    """Create an omni-image task

     Starts 1 to 9 single images, or a series of 2 to 9 images that belong together.
    Costs units of an image package for each image: 8 in 1k and 2k, 16 in 4k. Kling charges each image
    of a series.
    Every image occupies one slot of the account's concurrency: n slots for single images, series_amount
    slots for a series, and with series_amount "auto" a slot for each image that Kling makes.
    If there are more images than slots, Kling always refuses the request with 1303; waiting does not
    help.
    Open: whether a series needs a reference image: Kling's capability map lists series only for image
    to image.

    Args:
        body (OmniImageRequest): Omni image: Images from a prompt and up to ten images and
            elements, as single images or as a series.
            The body of createOmniImageTask, POST /v1/images/omni-image.
            The images to make.
            Rules:
            - image_list and element_list must have at most 10 entries together.
            - result_type series needs model_name kling-v3-omni; kling-image-o1 makes single images
            only.
            - resolution 4k needs model_name kling-v3-omni; kling-image-o1 makes 1k and 2k.

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
    body: OmniImageRequest,
) -> TaskReply:
    """Create an omni-image task

     Starts 1 to 9 single images, or a series of 2 to 9 images that belong together.
    Costs units of an image package for each image: 8 in 1k and 2k, 16 in 4k. Kling charges each image
    of a series.
    Every image occupies one slot of the account's concurrency: n slots for single images, series_amount
    slots for a series, and with series_amount "auto" a slot for each image that Kling makes.
    If there are more images than slots, Kling always refuses the request with 1303; waiting does not
    help.
    Open: whether a series needs a reference image: Kling's capability map lists series only for image
    to image.

    Args:
        body (OmniImageRequest): Omni image: Images from a prompt and up to ten images and
            elements, as single images or as a series.
            The body of createOmniImageTask, POST /v1/images/omni-image.
            The images to make.
            Rules:
            - image_list and element_list must have at most 10 entries together.
            - result_type series needs model_name kling-v3-omni; kling-image-o1 makes single images
            only.
            - resolution 4k needs model_name kling-v3-omni; kling-image-o1 makes 1k and 2k.

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
