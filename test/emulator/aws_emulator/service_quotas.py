"""Service Quotas as far as functions of ours ask: values are low everywhere, requests stay open, and the organization has a template."""

import json
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.servicequotas.responses import ServiceQuotasResponse

VALUE = 1.0
"""What every account has of every quota."""

REQUESTS: list[dict[str, Any]] = []
"""Of all accounts and Regions, each with its place."""

TEMPLATE: dict[str, Any] = {"entries": {}, "status": "DISASSOCIATED"}


def install() -> None:
    for name in ("get_service_quota", "get_aws_default_service_quota"):
        setattr(ServiceQuotasResponse, name, _quota)
    for name, call in (
        ("request_service_quota_increase", _request), ("list_requested_service_quota_change_history_by_quota", _requests),
        ("associate_service_quota_template", _associate), ("disassociate_service_quota_template", _disassociate), ("get_association_for_service_quota_template", _association),
        ("put_service_quota_increase_request_into_template", _put), ("get_service_quota_increase_request_from_template", _get),
        ("delete_service_quota_increase_request_from_template", _delete), ("list_service_quota_increase_requests_in_template", _list),
    ):
        setattr(ServiceQuotasResponse, name, call)


def forget() -> None:
    REQUESTS.clear()
    TEMPLATE.update(entries={}, status="DISASSOCIATED")


def _given(self: Any) -> dict[str, Any]:
    return json.loads(self.body)  # type: ignore[no-any-return]


def _quota(self: Any) -> str:
    return json.dumps({"Quota": {"Value": VALUE, "Adjustable": True, **{name: _given(self)[name] for name in ("ServiceCode", "QuotaCode")}}})


def _request(self: Any) -> str:
    made = {**_given(self), "Status": "PENDING"}
    REQUESTS.append({**made, "place": (self.current_account, self.region)})
    return json.dumps({"RequestedQuota": made})


def _requests(self: Any) -> str:
    asked, place = _given(self), (self.current_account, self.region)
    found = [one for one in REQUESTS if one["place"] == place and all(one[name] == asked[name] for name in ("ServiceCode", "QuotaCode"))]
    return json.dumps({"RequestedQuotas": [{name: value for name, value in one.items() if name != "place"} for one in found]})


def _associate(self: Any) -> str:
    TEMPLATE["status"] = "ASSOCIATED"
    return "{}"


def _disassociate(self: Any) -> str:
    TEMPLATE["status"] = "DISASSOCIATED"
    return "{}"


def _association(self: Any) -> str:
    return json.dumps({"ServiceQuotaTemplateAssociationStatus": TEMPLATE["status"]})


def _key(given: dict[str, Any]) -> tuple[str, str, str]:
    return given["ServiceCode"], given["QuotaCode"], given["AwsRegion"]


def _put(self: Any) -> str:
    TEMPLATE["entries"][_key(_given(self))] = _given(self)
    return json.dumps({"ServiceQuotaIncreaseRequestInTemplate": _given(self)})


def _get(self: Any) -> str:
    found = TEMPLATE["entries"].get(_key(_given(self)))
    if found is None:
        raise JsonRESTError("NoSuchResourceException", "The template has no such request")
    return json.dumps({"ServiceQuotaIncreaseRequestInTemplate": found})


def _delete(self: Any) -> str:
    if TEMPLATE["entries"].pop(_key(_given(self)), None) is None:
        raise JsonRESTError("NoSuchResourceException", "The template has no such request")
    return "{}"


def _list(self: Any) -> str:
    return json.dumps({"ServiceQuotaIncreaseRequestInTemplateList": list(TEMPLATE["entries"].values())})
