"""CloudFormation's Organizations types, acting on moto's organizations. What each refuses to update follows AWS's published handlers
(aws-cloudformation-resource-providers-organizations, read 2026-11-22)."""

import json
from typing import Any

from moto.organizations.models import organizations_backends

from .records import Record
from .resource_types import Request, changed_create_only, record_of, register
from .specification import Refused


def _backend(account: str) -> Any:
    return organizations_backends[account]["aws"]


class _OrganizationsType:
    def replaces(self, request: Request, old: Record) -> list[str]:
        return changed_create_only(request, old)


class Organization(_OrganizationsType):
    def create(self, request: Request) -> Record:
        backend = _backend(request.account)
        backend.create_organization(request.region, FeatureSet=request.properties.get("FeatureSet", "ALL"))
        return self._record(request)

    def update(self, request: Request, old: Record) -> Record:
        if request.properties.get("FeatureSet", "ALL") == "CONSOLIDATED_BILLING":
            raise Refused("An organization with all features cannot go back to consolidated billing")
        return self._record(request)

    def delete(self, record: Record, stack_id: str) -> None:
        _backend(record.account).delete_organization()

    def _record(self, request: Request) -> Record:
        backend = _backend(request.account)
        organization = backend.org
        return record_of(request, organization.id, {
            "Id": organization.id, "Arn": organization.arn, "RootId": organization.root_id, "ManagementAccountId": organization.master_account_id,
            "ManagementAccountArn": organization.master_account_arn, "ManagementAccountEmail": organization.master_account_email,
        })


class OrganizationalUnit(_OrganizationsType):
    def create(self, request: Request) -> Record:
        properties = request.properties
        unit = _backend(request.account).create_organizational_unit(
            ParentId=properties["ParentId"], Name=properties["Name"], Tags=properties.get("Tags", []))["OrganizationalUnit"]
        return record_of(request, unit["Id"], {"Id": unit["Id"], "Arn": unit["Arn"], "Path": unit["Id"]})

    def update(self, request: Request, old: Record) -> Record:
        _backend(request.account).update_organizational_unit(OrganizationalUnitId=old.physical_id, Name=request.properties["Name"])
        _update_tags(request, old)
        return record_of(request, old.physical_id, old.attributes)

    def delete(self, record: Record, stack_id: str) -> None:
        _backend(record.account).delete_organizational_unit(OrganizationalUnitId=record.physical_id)


class Account(_OrganizationsType):
    def create(self, request: Request) -> Record:
        properties, backend = request.properties, _backend(request.account)
        parent = _only_parent(properties)
        if parent is not None:
            backend.validate_parent_id(parent)
        role = {"RoleName": properties["RoleName"]} if "RoleName" in properties else {}
        status = backend.create_account(
            AccountName=properties["AccountName"], Email=properties["Email"], Tags=properties.get("Tags", []), **role)["CreateAccountStatus"]
        account = backend.get_account_by_id(status["AccountId"])
        if parent is not None and parent != account.parent_id:
            backend.move_account(AccountId=account.id, SourceParentId=account.parent_id, DestinationParentId=parent)
        return record_of(request, account.id, {
            "AccountId": account.id, "Arn": account.arn, "Status": "ACTIVE", "State": "ACTIVE", "JoinedMethod": "CREATED",
            "JoinedTimestamp": account.create_time.isoformat(), "Paths": [],
        })

    def update(self, request: Request, old: Record) -> Record:
        for name in ("AccountName", "Email", "RoleName"):
            if request.properties.get(name) != old.properties.get(name):
                raise Refused(f"{name} of account {old.physical_id} cannot be updated by CloudFormation: change it in the account settings")
        backend = _backend(request.account)
        account = backend.get_account_by_id(old.physical_id)
        parent = _only_parent(request.properties) or backend.org.root_id
        if parent != account.parent_id:
            backend.move_account(AccountId=account.id, SourceParentId=account.parent_id, DestinationParentId=parent)
        _update_tags(request, old)
        return record_of(request, old.physical_id, old.attributes)

    def delete(self, record: Record, stack_id: str) -> None:
        _backend(record.account).close_account(AccountId=record.physical_id)


def _only_parent(properties: dict[str, Any]) -> str | None:
    parents = properties.get("ParentIds", [])
    if len(parents) > 1:
        raise Refused("Can not specify more than one parent id")
    return parents[0] if parents else None


class Policy(_OrganizationsType):
    def create(self, request: Request) -> Record:
        properties, backend = request.properties, _backend(request.account)
        policy = backend.create_policy(
            Name=properties["Name"], Type=properties["Type"], Description=properties.get("Description", ""), Content=_content(properties),
            Tags=properties.get("Tags", []))["Policy"]["PolicySummary"]
        attached = []
        try:
            for target in properties.get("TargetIds", []):
                backend.attach_policy(PolicyId=policy["Id"], TargetId=target)
                attached.append(target)
        except Exception:
            for target in attached:
                backend.detach_policy(PolicyId=policy["Id"], TargetId=target)
            backend.delete_policy(PolicyId=policy["Id"])
            raise
        return record_of(request, policy["Id"], {"Id": policy["Id"], "Arn": policy["Arn"], "AwsManaged": False})

    def update(self, request: Request, old: Record) -> Record:
        properties, backend = request.properties, _backend(request.account)
        backend.update_policy(PolicyId=old.physical_id, Name=properties["Name"], Description=properties.get("Description", ""),
                              Content=_content(properties))
        before, after = old.properties.get("TargetIds", []), properties.get("TargetIds", [])
        for target in after:
            if target not in before:
                backend.attach_policy(PolicyId=old.physical_id, TargetId=target)
        for target in before:
            if target not in after:
                backend.detach_policy(PolicyId=old.physical_id, TargetId=target)
        _update_tags(request, old)
        return record_of(request, old.physical_id, old.attributes)

    def delete(self, record: Record, stack_id: str) -> None:
        backend = _backend(record.account)
        for target in list(backend.get_policy_by_id(record.physical_id).attachments):
            backend.detach_policy(PolicyId=record.physical_id, TargetId=target.id)
        backend.delete_policy(PolicyId=record.physical_id)


def _content(properties: dict[str, Any]) -> str:
    content = properties["Content"]
    return content if isinstance(content, str) else json.dumps(content, separators=(",", ":"), ensure_ascii=False)


def _update_tags(request: Request, old: Record) -> None:
    backend = _backend(request.account)
    before = {tag["Key"]: tag["Value"] for tag in old.properties.get("Tags", [])}
    after = {tag["Key"]: tag["Value"] for tag in request.properties.get("Tags", [])}
    removed = [key for key in before if key not in after]
    if removed:
        backend.untag_resource(ResourceId=old.physical_id, TagKeys=removed)
    if after:
        backend.tag_resource(ResourceId=old.physical_id, Tags=[{"Key": key, "Value": value} for key, value in after.items()])


register("AWS::Organizations::Organization", Organization())
register("AWS::Organizations::OrganizationalUnit", OrganizationalUnit())
register("AWS::Organizations::Account", Account())
register("AWS::Organizations::Policy", Policy())
