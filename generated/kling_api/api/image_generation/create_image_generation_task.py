from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.api_error import ApiError
from ...models.image_generation_request import ImageGenerationRequest
from ...models.task_reply import TaskReply
from ...types import Response


def _get_kwargs(
    *,
    body: ImageGenerationRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/images/generations",
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
    body: ImageGenerationRequest,
) -> Response[ApiError | TaskReply]:
    """Create an image-generation task

     Starts 1 to 9 images from a prompt, with or without a reference image.
    Costs units of an image package for each image: 8 with kling-v3; with kling-v2-1, 4 if image is
    absent, and 8 if image is given.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.
    Open: which model is the default: Kling's page says kling-v3, but also that Kling uses V1, which is
    retired; so name a model.

    Args:
        body (ImageGenerationRequest): Image generation: Images from a prompt, or from a prompt
            and one image.
            The body of createImageGenerationTask, POST /v1/images/generations.
            The images to make.
            Null counts as absent, because Kling's own program of 2025 (a pack of nodes) sends null in
            every request.
            Rules:
            - image must be given and not be empty when image_reference is set.
            - image must be given and not be empty with kling-v2-new, which only changes the style of
            an image.
            - image_reference must be subject or face when image is given with kling-v1-5.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - element_list must have at most 9 entries when image is given; the limit is 10 for the
            elements and the image together.
            - resolution 2k needs model_name kling-v2, kling-v2-new, kling-v2-1 or kling-v3; the 1.x
            models make 1k only.
            - aspect_ratio must not be 21:9 with kling-v1; every other model supports it.

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
    body: ImageGenerationRequest,
) -> TaskReply:
    """Create an image-generation task

     Starts 1 to 9 images from a prompt, with or without a reference image.
    Costs units of an image package for each image: 8 with kling-v3; with kling-v2-1, 4 if image is
    absent, and 8 if image is given.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.
    Open: which model is the default: Kling's page says kling-v3, but also that Kling uses V1, which is
    retired; so name a model.

    Args:
        body (ImageGenerationRequest): Image generation: Images from a prompt, or from a prompt
            and one image.
            The body of createImageGenerationTask, POST /v1/images/generations.
            The images to make.
            Null counts as absent, because Kling's own program of 2025 (a pack of nodes) sends null in
            every request.
            Rules:
            - image must be given and not be empty when image_reference is set.
            - image must be given and not be empty with kling-v2-new, which only changes the style of
            an image.
            - image_reference must be subject or face when image is given with kling-v1-5.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - element_list must have at most 9 entries when image is given; the limit is 10 for the
            elements and the image together.
            - resolution 2k needs model_name kling-v2, kling-v2-new, kling-v2-1 or kling-v3; the 1.x
            models make 1k only.
            - aspect_ratio must not be 21:9 with kling-v1; every other model supports it.

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
    body: ImageGenerationRequest,
) -> Response[ApiError | TaskReply]:
    """Create an image-generation task

     Starts 1 to 9 images from a prompt, with or without a reference image.
    Costs units of an image package for each image: 8 with kling-v3; with kling-v2-1, 4 if image is
    absent, and 8 if image is given.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.
    Open: which model is the default: Kling's page says kling-v3, but also that Kling uses V1, which is
    retired; so name a model.

    Args:
        body (ImageGenerationRequest): Image generation: Images from a prompt, or from a prompt
            and one image.
            The body of createImageGenerationTask, POST /v1/images/generations.
            The images to make.
            Null counts as absent, because Kling's own program of 2025 (a pack of nodes) sends null in
            every request.
            Rules:
            - image must be given and not be empty when image_reference is set.
            - image must be given and not be empty with kling-v2-new, which only changes the style of
            an image.
            - image_reference must be subject or face when image is given with kling-v1-5.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - element_list must have at most 9 entries when image is given; the limit is 10 for the
            elements and the image together.
            - resolution 2k needs model_name kling-v2, kling-v2-new, kling-v2-1 or kling-v3; the 1.x
            models make 1k only.
            - aspect_ratio must not be 21:9 with kling-v1; every other model supports it.

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
    body: ImageGenerationRequest,
) -> TaskReply:
    """Create an image-generation task

     Starts 1 to 9 images from a prompt, with or without a reference image.
    Costs units of an image package for each image: 8 with kling-v3; with kling-v2-1, 4 if image is
    absent, and 8 if image is given.
    Every image occupies one slot of the account's concurrency. If n is greater than the concurrency,
    Kling always refuses the request with 1303; waiting does not help.
    Open: which model is the default: Kling's page says kling-v3, but also that Kling uses V1, which is
    retired; so name a model.

    Args:
        body (ImageGenerationRequest): Image generation: Images from a prompt, or from a prompt
            and one image.
            The body of createImageGenerationTask, POST /v1/images/generations.
            The images to make.
            Null counts as absent, because Kling's own program of 2025 (a pack of nodes) sends null in
            every request.
            Rules:
            - image must be given and not be empty when image_reference is set.
            - image must be given and not be empty with kling-v2-new, which only changes the style of
            an image.
            - image_reference must be subject or face when image is given with kling-v1-5.
            - element_list needs model_name kling-v3; no other model takes elements here.
            - element_list must have at most 9 entries when image is given; the limit is 10 for the
            elements and the image together.
            - resolution 2k needs model_name kling-v2, kling-v2-new, kling-v2-1 or kling-v3; the 1.x
            models make 1k only.
            - aspect_ratio must not be 21:9 with kling-v1; every other model supports it.

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
