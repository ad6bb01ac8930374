from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.account_costs_reply import AccountCostsReply
from ...models.api_error import ApiError
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    start_time: int,
    end_time: int,
    resource_pack_name: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["start_time"] = start_time

    params["end_time"] = end_time

    params["resource_pack_name"] = resource_pack_name

    params = {
        k: ",".join(v) if isinstance(v, list) else v
        for k, v in params.items()
        if v is not UNSET and v is not None
    }

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/account/costs",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> AccountCostsReply | ApiError | None:
    if response.status_code == 200:
        response_200 = AccountCostsReply.from_dict(response.json())

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
) -> Response[AccountCostsReply | ApiError]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int,
    resource_pack_name: str | Unset = UNSET,
) -> Response[AccountCostsReply | ApiError]:
    """Get the packages of the account

     The account's resource packages within a period. The call is free.
    You may send one request per second. The number of units left is up to 12 hours old.
    Although the path does not begin with /v1, it accepts access tokens too. Its parameter names are in
    snake case.
    data has a second code: check both codes.
    A package expires on its date even if units are left; Kling then refuses creates with 1102.

    Args:
        start_time (int):
        end_time (int):
        resource_pack_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccountCostsReply | ApiError]
    """

    response = client.get_httpx_client().request(
        **_get_kwargs(
            start_time=start_time,
            end_time=end_time,
            resource_pack_name=resource_pack_name,
        )
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int,
    resource_pack_name: str | Unset = UNSET,
) -> AccountCostsReply:
    """Get the packages of the account

     The account's resource packages within a period. The call is free.
    You may send one request per second. The number of units left is up to 12 hours old.
    Although the path does not begin with /v1, it accepts access tokens too. Its parameter names are in
    snake case.
    data has a second code: check both codes.
    A package expires on its date even if units are left; Kling then refuses creates with 1102.

    Args:
        start_time (int):
        end_time (int):
        resource_pack_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccountCostsReply
    """

    return errors.successful(
        sync_detailed(
            client=client,
            start_time=start_time,
            end_time=end_time,
            resource_pack_name=resource_pack_name,
        ),
        AccountCostsReply,
    )


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int,
    resource_pack_name: str | Unset = UNSET,
) -> Response[AccountCostsReply | ApiError]:
    """Get the packages of the account

     The account's resource packages within a period. The call is free.
    You may send one request per second. The number of units left is up to 12 hours old.
    Although the path does not begin with /v1, it accepts access tokens too. Its parameter names are in
    snake case.
    data has a second code: check both codes.
    A package expires on its date even if units are left; Kling then refuses creates with 1102.

    Args:
        start_time (int):
        end_time (int):
        resource_pack_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[AccountCostsReply | ApiError]
    """

    response = await client.get_async_httpx_client().request(
        **_get_kwargs(
            start_time=start_time,
            end_time=end_time,
            resource_pack_name=resource_pack_name,
        )
    )

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    start_time: int,
    end_time: int,
    resource_pack_name: str | Unset = UNSET,
) -> AccountCostsReply:
    """Get the packages of the account

     The account's resource packages within a period. The call is free.
    You may send one request per second. The number of units left is up to 12 hours old.
    Although the path does not begin with /v1, it accepts access tokens too. Its parameter names are in
    snake case.
    data has a second code: check both codes.
    A package expires on its date even if units are left; Kling then refuses creates with 1102.

    Args:
        start_time (int):
        end_time (int):
        resource_pack_name (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the reply is not a success.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        AccountCostsReply
    """

    return errors.successful(
        await asyncio_detailed(
            client=client,
            start_time=start_time,
            end_time=end_time,
            resource_pack_name=resource_pack_name,
        ),
        AccountCostsReply,
    )
