"""GuardDuty's detectors in moto too, and its calls about organizations, which moto lacks."""

import json
from typing import Any

from moto.guardduty.models import guardduty_backends

from .records import Record
from .resource_types import Recorded, Request, register

ORGANIZATIONS: dict[str, dict[str, Any]] = {}
"""What each detector does in the organization, and the members that were named, by the detector's id."""


class Detector(Recorded):
    """One for each account and Region."""

    def create(self, request: Request) -> Record:
        record = super().create(request)
        backend = guardduty_backends[request.account][request.region]
        record.physical_id = backend.create_detector(True, request.properties.get("FindingPublishingFrequency", ""), {}, {}, [])
        record.attributes["Id"] = record.physical_id
        return record

    def delete(self, record: Record, stack_id: str) -> None:
        guardduty_backends[record.account][record.region].detectors.pop(record.physical_id, None)


def forget() -> None:
    ORGANIZATIONS.clear()


def install() -> None:
    """Adds the paths of the calls; must come before the server is built."""
    from moto.guardduty.urls import url_paths

    for path, call in (("admin", _organization), ("member", _members), ("member/get", _named)):
        url_paths["{0}/detector/(?P<detector_id>[^/]+)/" + path + "$"] = call


def _detector_of(full_url: str) -> dict[str, Any]:
    return ORGANIZATIONS.setdefault(full_url.split("/detector/")[1].split("/")[0], {"members": [], "configuration": {}})


def _organization(request: Any, full_url: str, headers: Any) -> Any:
    known = _detector_of(full_url)
    if request.method == "POST":
        given = json.loads(request.data)
        known["configuration"] = {key: given[key] for key in ("autoEnableOrganizationMembers", "features") if key in given}
        return 200, {}, "{}"
    return 200, {}, json.dumps({"memberAccountLimitReached": False, **known["configuration"]})


def _members(request: Any, full_url: str, headers: Any) -> Any:
    _detector_of(full_url)["members"] += [{**one, "relationshipStatus": "Enabled"} for one in json.loads(request.data)["accountDetails"]]
    return 200, {}, json.dumps({"unprocessedAccounts": []})


def _named(request: Any, full_url: str, headers: Any) -> Any:
    asked = json.loads(request.data)["accountIds"]
    return 200, {}, json.dumps({"members": [one for one in _detector_of(full_url)["members"] if one["accountId"] in asked], "unprocessedAccounts": []})


register("AWS::GuardDuty::Detector", Detector())
