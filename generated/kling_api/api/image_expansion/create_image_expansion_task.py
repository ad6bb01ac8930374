from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.image_expansion_request import ImageExpansionRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: ImageExpansionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/images/editing/expand",
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
    body: ImageExpansionRequest,
) -> Response[ApiError | TaskReply]:
    """Create an image-expansion task

     Starts 1 to 9 images, each of which extends a given image to at most three times its area.
    Costs 8 units of an image package for each image. You cannot choose a model.
    For an image of W x H pixels, suppose that the result must have the ratio r (width to height) and a
    times the area. Then its height is sqrt(a * W * H / r), and its width is r times its height.
    Half of the added height, divided by H, is the expansion ratio for up and for down. Half of the
    added width, divided by W, is the expansion ratio for left and for right. For example, a square with
    r = 16:9 and a = 3 needs 0.1495 for up and down, and 0.6547 for left and right.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.

    Args:
        body (ImageExpansionRequest): Image expansion: An image, extended on any of its sides.
            The body of createImageExpansionTask, POST /v1/images/editing/expand.
            The image to extend, and how far on each side.
            Rules:
            - the image must not grow to more than three times its area: (1 + up_expansion_ratio +
            down_expansion_ratio) times (1 + left_expansion_ratio + right_expansion_ratio) must be at
            most 3.

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
    body: ImageExpansionRequest,
) -> TaskReply:
    """Create an image-expansion task

     Starts 1 to 9 images, each of which extends a given image to at most three times its area.
    Costs 8 units of an image package for each image. You cannot choose a model.
    For an image of W x H pixels, suppose that the result must have the ratio r (width to height) and a
    times the area. Then its height is sqrt(a * W * H / r), and its width is r times its height.
    Half of the added height, divided by H, is the expansion ratio for up and for down. Half of the
    added width, divided by W, is the expansion ratio for left and for right. For example, a square with
    r = 16:9 and a = 3 needs 0.1495 for up and down, and 0.6547 for left and right.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.

    Args:
        body (ImageExpansionRequest): Image expansion: An image, extended on any of its sides.
            The body of createImageExpansionTask, POST /v1/images/editing/expand.
            The image to extend, and how far on each side.
            Rules:
            - the image must not grow to more than three times its area: (1 + up_expansion_ratio +
            down_expansion_ratio) times (1 + left_expansion_ratio + right_expansion_ratio) must be at
            most 3.

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
    body: ImageExpansionRequest,
) -> Response[ApiError | TaskReply]:
    """Create an image-expansion task

     Starts 1 to 9 images, each of which extends a given image to at most three times its area.
    Costs 8 units of an image package for each image. You cannot choose a model.
    For an image of W x H pixels, suppose that the result must have the ratio r (width to height) and a
    times the area. Then its height is sqrt(a * W * H / r), and its width is r times its height.
    Half of the added height, divided by H, is the expansion ratio for up and for down. Half of the
    added width, divided by W, is the expansion ratio for left and for right. For example, a square with
    r = 16:9 and a = 3 needs 0.1495 for up and down, and 0.6547 for left and right.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.

    Args:
        body (ImageExpansionRequest): Image expansion: An image, extended on any of its sides.
            The body of createImageExpansionTask, POST /v1/images/editing/expand.
            The image to extend, and how far on each side.
            Rules:
            - the image must not grow to more than three times its area: (1 + up_expansion_ratio +
            down_expansion_ratio) times (1 + left_expansion_ratio + right_expansion_ratio) must be at
            most 3.

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
    body: ImageExpansionRequest,
) -> TaskReply:
    """Create an image-expansion task

     Starts 1 to 9 images, each of which extends a given image to at most three times its area.
    Costs 8 units of an image package for each image. You cannot choose a model.
    For an image of W x H pixels, suppose that the result must have the ratio r (width to height) and a
    times the area. Then its height is sqrt(a * W * H / r), and its width is r times its height.
    Half of the added height, divided by H, is the expansion ratio for up and for down. Half of the
    added width, divided by W, is the expansion ratio for left and for right. For example, a square with
    r = 16:9 and a = 3 needs 0.1495 for up and down, and 0.6547 for left and right.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.

    Args:
        body (ImageExpansionRequest): Image expansion: An image, extended on any of its sides.
            The body of createImageExpansionTask, POST /v1/images/editing/expand.
            The image to extend, and how far on each side.
            Rules:
            - the image must not grow to more than three times its area: (1 + up_expansion_ratio +
            down_expansion_ratio) times (1 + left_expansion_ratio + right_expansion_ratio) must be at
            most 3.

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
