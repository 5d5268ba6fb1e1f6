"""Calls that moto lacks and that the CDK command or functions of ours make."""

import json
from typing import Any

from moto.ce.responses import CostExplorerResponse
from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam.exceptions import EntityAlreadyExists, InvalidInput
from moto.iam.models import SERVICE_NAME_CONVERSION, IAMBackend
from moto.iam.responses import IamResponse
from moto.ssm.models import Document, Documents
from moto.ssm.responses import SimpleSystemManagerResponse

from .records import HISTORY

ACTIVE_TAGS: set[str] = set()
"""Keys of tags that costs are told apart by."""

ROOT_FEATURES: set[str] = set()
"""Features of central root access that are on."""

SERVICE_SETTINGS: dict[tuple[str, str, str], str] = {}
"""Values that were set, by account, Region and id."""


def install() -> None:
    """After a failed deployment the command looks in CloudTrail for denied calls, and tries again for 25 seconds when that fails."""
    CloudTrailResponse.lookup_events = _no_events  # type: ignore[attr-defined]
    CostExplorerResponse.list_cost_allocation_tags = _list_cost_allocation_tags  # type: ignore[attr-defined]
    CostExplorerResponse.update_cost_allocation_tags_status = _update_cost_allocation_tags  # type: ignore[attr-defined]
    IamResponse.list_organizations_features = _list_features  # type: ignore[attr-defined]
    for feature in ("RootCredentialsManagement", "RootSessions"):
        snake = "root_sessions" if feature == "RootSessions" else "root_credentials_management"
        setattr(IamResponse, f"enable_organizations_{snake}", _switch("Enable", feature))
        setattr(IamResponse, f"disable_organizations_{snake}", _switch("Disable", feature))
    SERVICE_NAME_CONVERSION["access-analyzer"] = "AccessAnalyzer"
    IAMBackend.create_service_linked_role = _create_service_linked_role  # type: ignore[method-assign]
    Documents.find = _find_document  # type: ignore[method-assign]
    SimpleSystemManagerResponse.list_document_versions = _list_document_versions  # type: ignore[attr-defined]
    SimpleSystemManagerResponse.get_service_setting = _get_service_setting  # type: ignore[attr-defined]
    SimpleSystemManagerResponse.list_document_versions = _list_document_versions  # type: ignore[attr-defined]
    SimpleSystemManagerResponse.update_service_setting = _update_service_setting  # type: ignore[attr-defined]


def forget() -> None:
    ACTIVE_TAGS.clear()
    ROOT_FEATURES.clear()
    SERVICE_SETTINGS.clear()


_create_role = IAMBackend.create_service_linked_role


def _create_service_linked_role(self: Any, service_name: str, description: str, suffix: str) -> Any:
    try:
        return _create_role(self, service_name, description, suffix)
    except EntityAlreadyExists:
        raise InvalidInput(f"Service role name of {service_name} has been taken in this account, please try a different suffix.") from None


_find = Documents.find


def _find_document(self: Documents, document_version: str | None = None, version_name: str | None = None, strict: bool = True) -> Document:
    return _find(self, None if document_version == "$DEFAULT" else document_version, version_name, strict)


def _list_document_versions(self: Any) -> str:
    name = self._get_param("Name")
    return json.dumps({"DocumentVersions": [{"Name": name, "DocumentVersion": version} for version in self.ssm_backend._get_documents(name).versions]})


def _no_events(self: Any) -> str:
    return json.dumps({"Events": []})


def _list_document_versions(self: Any) -> str:
    known = self.ssm_backend._documents[self._get_param("Name")]
    return json.dumps({"DocumentVersions": [{"Name": known.versions[version].name, "DocumentVersion": version} for version in known.versions]})


def _get_service_setting(self: Any) -> str:
    setting = self._get_param("SettingId")
    value = SERVICE_SETTINGS.get((self.current_account, self.region, setting), "Enable")
    return json.dumps({"ServiceSetting": {"SettingId": setting, "SettingValue": value}})


def _update_service_setting(self: Any) -> str:
    SERVICE_SETTINGS[(self.current_account, self.region, self._get_param("SettingId"))] = self._get_param("SettingValue")
    return "{}"


def _features(action: str) -> str:
    members = "".join(f"<member>{feature}</member>" for feature in sorted(ROOT_FEATURES))
    result = f"<{action}Result><EnabledFeatures>{members}</EnabledFeatures></{action}Result>"
    return f'<{action}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/">{result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>'


def _list_features(self: Any) -> str:
    return _features("ListOrganizationsFeatures")


def _switch(verb: str, feature: str) -> Any:
    def switch(self: Any) -> str:
        (ROOT_FEATURES.add if verb == "Enable" else ROOT_FEATURES.discard)(feature)
        return _features(f"{verb}Organizations{feature}")
    return switch


def _used_tags() -> set[str]:
    """Keys that resources have: AWS knows a key a day after its first use, the emulator at once."""
    found: set[str] = set()
    for record in list(HISTORY.resources.values()):
        tags = record.properties.get("Tags") or {}
        found |= set(tags) if isinstance(tags, dict) else {tag["Key"] for tag in tags}
    return found


def _list_cost_allocation_tags(self: Any) -> str:
    asked, status = self._get_param("TagKeys"), self._get_param("Status")
    tags = [{"TagKey": key, "Type": "UserDefined", "Status": "Active" if key in ACTIVE_TAGS else "Inactive"} for key in sorted(_used_tags()) if not asked or key in asked]
    return json.dumps({"CostAllocationTags": [tag for tag in tags if status in (None, tag["Status"])]})


def _update_cost_allocation_tags(self: Any) -> str:
    errors, used = [], _used_tags()
    for change in self._get_param("CostAllocationTagsStatus"):
        if change["TagKey"] not in used:
            errors.append({"TagKey": change["TagKey"], "Code": "TagKeysNotFoundException", "Message": "Tag keys not found"})
        elif change["Status"] == "Active":
            ACTIVE_TAGS.add(change["TagKey"])
        else:
            ACTIVE_TAGS.discard(change["TagKey"])
    return json.dumps({"Errors": errors})
