from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset, shown

T = TypeVar("T", bound="ListBalanceDeductionsReply")


@_attrs_define(kw_only=True)
class ListBalanceDeductionsReply:
    """A part of the deductions in Kling's envelope.

    Attributes:
        code: 0 for success.
            - 1000 (HTTP 401): authentication failed; check the Authorization header.
            - 1001 (HTTP 401): the Authorization header is empty; send an API key or a token.
            - 1002 (HTTP 401): the Authorization value is not valid; check the API key or key pair, which may be
            wrong, deleted or for another host; Kling also answers 1002 to a token if the operation accepts only API
            keys.
            - 1003 (HTTP 401): the token is not valid yet; check the clock and the nbf claim.
            - 1004 (HTTP 401): the token has expired; sign a new token.
            - 1100 (HTTP 429): the account is in an abnormal state; check the account.
            - 1101 (HTTP 429): the account is in arrears; top up the account.
            - 1102 (HTTP 429): the resource package is used up or has expired; buy a package for this kind of
            product, or turn on pay-as-you-go.
            - 1103 (HTTP 403): the account may not use this endpoint or model; check the permissions of the account.
            - 1200 (HTTP 400): the request parameters are not valid; check the request.
            - 1201 (HTTP 400): a parameter has a wrong name or value, or an id is unknown; read the message and
            correct the request.
            - 1202 (HTTP 404): the HTTP method is not valid here; use the documented method.
            - 1203 (HTTP 404): the requested resource, such as a model, does not exist; read the message and correct
            the request.
            - 1300 (HTTP 400): a policy of the platform blocks the request; change the input.
            - 1301 (HTTP 400): content safety blocks the input; change the input.
            - 1302 (HTTP 429): too many requests; slow down, then send it again.
            - 1303 (HTTP 429): more concurrent tasks than the package allows; wait until a running task has ended.
            - 1304 (HTTP 429): the IP address is not on the allow-list; ask Kling's support.
            - 5000 (HTTP 500): internal error; look the task up by its external_task_id before you send the request
            again.
            - 5001 (HTTP 503): temporarily unavailable, usually for maintenance; look the task up by its
            external_task_id before you send the request again.
            - 5002 (HTTP 504): internal timeout, usually a backlog; look the task up by its external_task_id before
            you send the request again.
        data: The deductions, and the cursor for the next part.
        message: "SUCCEED" for success.
        request_id: Kling's id of this request.
    """

    code: int
    """ 0 for success.
    - 1000 (HTTP 401): authentication failed; check the Authorization header.
    - 1001 (HTTP 401): the Authorization header is empty; send an API key or a token.
    - 1002 (HTTP 401): the Authorization value is not valid; check the API key or key pair, which may be wrong,
    deleted or for another host; Kling also answers 1002 to a token if the operation accepts only API keys.
    - 1003 (HTTP 401): the token is not valid yet; check the clock and the nbf claim.
    - 1004 (HTTP 401): the token has expired; sign a new token.
    - 1100 (HTTP 429): the account is in an abnormal state; check the account.
    - 1101 (HTTP 429): the account is in arrears; top up the account.
    - 1102 (HTTP 429): the resource package is used up or has expired; buy a package for this kind of product, or
    turn on pay-as-you-go.
    - 1103 (HTTP 403): the account may not use this endpoint or model; check the permissions of the account.
    - 1200 (HTTP 400): the request parameters are not valid; check the request.
    - 1201 (HTTP 400): a parameter has a wrong name or value, or an id is unknown; read the message and correct the
    request.
    - 1202 (HTTP 404): the HTTP method is not valid here; use the documented method.
    - 1203 (HTTP 404): the requested resource, such as a model, does not exist; read the message and correct the
    request.
    - 1300 (HTTP 400): a policy of the platform blocks the request; change the input.
    - 1301 (HTTP 400): content safety blocks the input; change the input.
    - 1302 (HTTP 429): too many requests; slow down, then send it again.
    - 1303 (HTTP 429): more concurrent tasks than the package allows; wait until a running task has ended.
    - 1304 (HTTP 429): the IP address is not on the allow-list; ask Kling's support.
    - 5000 (HTTP 500): internal error; look the task up by its external_task_id before you send the request again.
    - 5001 (HTTP 503): temporarily unavailable, usually for maintenance; look the task up by its external_task_id
    before you send the request again.
    - 5002 (HTTP 504): internal timeout, usually a backlog; look the task up by its external_task_id before you send
    the request again. """
    data: BalanceDeductionPage
    """ The deductions, and the cursor for the next part. """
    message: str | Unset = UNSET
    """ "SUCCEED" for success. """
    request_id: str | Unset = UNSET
    """ Kling's id of this request. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    __repr__ = shown

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        data = self.data.to_dict()

        message = self.message

        request_id = self.request_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "data": data,
            }
        )
        if message is not UNSET:
            field_dict["message"] = message
        if request_id is not UNSET:
            field_dict["request_id"] = request_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code")

        data = BalanceDeductionPage.from_dict(d.pop("data"))

        message = d.pop("message", UNSET)

        request_id = d.pop("request_id", UNSET)

        list_balance_deductions_reply = cls(
            code=code,
            data=data,
            message=message,
            request_id=request_id,
        )

        list_balance_deductions_reply.additional_properties = d
        return list_balance_deductions_reply

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties


from ..models.balance_deduction_page import BalanceDeductionPage
