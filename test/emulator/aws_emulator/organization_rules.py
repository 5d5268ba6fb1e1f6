"""Makes moto's Organizations refuse what AWS refuses. Installed into moto's backend, so the API and CloudFormation meet the same rules."""

import json
from typing import Any

from moto.organizations import exceptions, models, utils
from moto.organizations.models import FakeDelegatedAdministrator, FakePolicy, FakeRoot, FakeServiceAccess, OrganizationsBackend
from moto.organizations.exceptions import OrganizationsClientError
from moto.ram.models import ResourceAccessManagerBackend

from .organization_limits import MAX_UNIT_DEPTH, POLICY_LIMITS

RAM = "ram.amazonaws.com"


class RuledOrganizations(OrganizationsBackend):
    """moto's backend with AWS's refusals; every method raises the exception that the API documents."""

    __module__ = models.__name__  # moto finds the URLs of a service beside the module of its backend

    def create_organization(self, region: str, **kwargs: Any) -> dict[str, Any]:
        described = super().create_organization(region, **kwargs)
        if self.org and self.org.feature_set == "ALL":  # CreateOrganization, API reference: SCPs are enabled in the root
            self.ou[0].policy_types.append({"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"})  # type: ignore[attr-defined]
        return described

    def create_organizational_unit(self, **kwargs: Any) -> dict[str, Any]:
        parent = self._target(kwargs["ParentId"], "ParentNotFoundException")
        self._refuse_same_name(parent.id, kwargs["Name"])
        if self._depth(parent) >= MAX_UNIT_DEPTH:
            raise _constraint("OU_DEPTH_LIMIT_EXCEEDED", f"an organizational unit may be at most {MAX_UNIT_DEPTH} levels below the root")
        return super().create_organizational_unit(**kwargs)

    def update_organizational_unit(self, **kwargs: Any) -> dict[str, Any]:
        unit = self.get_organizational_unit_by_id(kwargs["OrganizationalUnitId"])
        if kwargs["Name"] != unit.name:
            self._refuse_same_name(str(unit.parent_id), kwargs["Name"])
            unit.name = kwargs["Name"]
        return unit.describe()

    def delete_organizational_unit(self, **kwargs: Any) -> None:
        unit_id = kwargs["OrganizationalUnitId"]
        if any(child.parent_id == unit_id for child in [*self.accounts, *self.ou]):
            raise OrganizationsClientError("OrganizationalUnitNotEmptyException", f"The organizational unit {unit_id} still holds accounts or units.")
        unit = self.get_organizational_unit_by_id(unit_id)
        for policy in list(unit.attached_policies):
            policy.attachments.remove(unit)
        super().delete_organizational_unit(**kwargs)

    def create_account(self, **kwargs: Any) -> dict[str, Any]:
        if any(account.email.lower() == kwargs["Email"].lower() for account in self.accounts):
            # The API itself answers asynchronously with State FAILED; CloudFormation and callers see this reason.
            raise OrganizationsClientError("EMAIL_ALREADY_EXISTS", f"The e-mail address {kwargs['Email']} is used by another account.")
        return super().create_account(**kwargs)

    def move_account(self, **kwargs: Any) -> None:
        account = self.get_account_by_id(kwargs["AccountId"])
        if account.parent_id != kwargs["SourceParentId"]:
            raise OrganizationsClientError("SourceParentNotFoundException", f"Account {account.id} is not in {kwargs['SourceParentId']}.")
        if kwargs["SourceParentId"] == kwargs["DestinationParentId"]:
            raise OrganizationsClientError("DuplicateAccountException", f"Account {account.id} is in {kwargs['DestinationParentId']} already.")
        self._target(kwargs["DestinationParentId"], "DestinationParentNotFoundException")
        super().move_account(**kwargs)

    def create_policy(self, **kwargs: Any) -> dict[str, Any]:
        check_document(kwargs["Type"], kwargs["Content"])
        self._refuse_same_policy_name(kwargs["Name"], kwargs["Type"], None)
        policy = FakePolicy(self.org, **kwargs)  # moto refuses equal names of two types
        self.policies.append(policy)
        return policy.describe()

    def update_policy(self, **kwargs: Any) -> dict[str, Any]:
        policy = self.get_policy_by_id(kwargs["PolicyId"])
        if policy.aws_managed:
            raise OrganizationsClientError("PolicyChangesInProgressException", f"Policy {policy.name} is managed by AWS.")
        if kwargs.get("Content") is not None:
            check_document(policy.type, kwargs["Content"])
        self._refuse_same_policy_name(kwargs.get("Name"), policy.type, policy.id)
        return super().update_policy(**{key: value for key, value in kwargs.items() if value is not None})

    def attach_policy(self, **kwargs: Any) -> None:
        policy = self.get_policy_by_id(kwargs["PolicyId"])
        target = self._target(kwargs["TargetId"], "TargetNotFoundException")
        if not policy.aws_managed:  # moto attaches FullAWSAccess by this very method
            if policy.type not in self._enabled_types():
                raise OrganizationsClientError("PolicyTypeNotEnabledException", f"Policy type {policy.type} is not enabled on the root.")
            if policy in target.attached_policies:
                raise OrganizationsClientError("DuplicatePolicyAttachmentException", f"Policy {policy.name} is attached to {target.id} already.")
            attached = [other for other in target.attached_policies if other.type == policy.type]
            limit = POLICY_LIMITS[policy.type].max_attached
            if len(attached) >= limit:
                raise _constraint("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
                                  f"{target.id} has {len(attached)} policies of type {policy.type}, the limit is {limit}")
        super().attach_policy(**kwargs)

    def detach_policy(self, **kwargs: Any) -> None:
        policy = self.get_policy_by_id(kwargs["PolicyId"])
        target = self._target(kwargs["TargetId"], "TargetNotFoundException")
        if policy not in target.attached_policies:
            raise OrganizationsClientError("PolicyNotAttachedException", f"Policy {policy.name} is not attached to {target.id}.")
        if policy.type == "RESOURCE_CONTROL_POLICY" and policy.aws_managed:
            raise _constraint("POLICY_CANNOT_BE_DETACHED", "RCPFullAWSAccess cannot be detached")
        if policy.type == "SERVICE_CONTROL_POLICY" and len([other for other in target.attached_policies if other.type == policy.type]) == 1:
            raise _constraint("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", f"{target.id} must keep at least one service control policy")
        super().detach_policy(**kwargs)

    def disable_policy_type(self, **kwargs: str) -> dict[str, Any]:
        described = super().disable_policy_type(**kwargs)
        for policy in self.policies:  # DisablePolicyType, API reference: policies of the type are detached from all entities
            if policy.type == kwargs["PolicyType"] and not policy.aws_managed:
                for target in list(policy.attachments):
                    target.attached_policies.remove(policy)
                policy.attachments.clear()
        return described

    def disable_aws_service_access(self, **kwargs: str) -> None:
        service = kwargs["ServicePrincipal"]
        if any(service in admin.services for admin in self.admins):
            raise _constraint("DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE", f"{service} has delegated administrators: deregister them first")
        super().disable_aws_service_access(**kwargs)

    def register_delegated_administrator(self, **kwargs: str) -> None:
        if not any(service["ServicePrincipal"] == kwargs["ServicePrincipal"] for service in self.services):
            raise _constraint("SERVICE_ACCESS_NOT_ENABLED", f"enable trusted access of {kwargs['ServicePrincipal']} first")
        super().register_delegated_administrator(**kwargs)

    def deregister_delegated_administrator(self, **kwargs: str) -> None:
        admin = next((admin for admin in self.admins if admin.account.id == kwargs["AccountId"]), None)
        if admin is not None and kwargs["ServicePrincipal"] not in admin.services:
            raise exceptions.AccountNotRegisteredException
        super().deregister_delegated_administrator(**kwargs)

    def _enabled_types(self) -> set[str]:
        return {enabled["Type"] for enabled in self.ou[0].policy_types}  # type: ignore[attr-defined]

    def _target(self, target_id: str, missing: str) -> Any:
        found = next((target for target in [*self.ou, *self.accounts] if target.id == target_id), None)
        if found is None:
            raise OrganizationsClientError(missing, f"There is no root, unit or account {target_id}.")
        return found

    def _depth(self, unit: Any) -> int:
        return 0 if isinstance(unit, FakeRoot) else 1 + self._depth(self._target(unit.parent_id, "ParentNotFoundException"))

    def _refuse_same_name(self, parent_id: str, name: str) -> None:
        if any(unit.parent_id == parent_id and unit.name == name for unit in self.ou):
            raise OrganizationsClientError("DuplicateOrganizationalUnitException", f"A unit named {name} exists in {parent_id} already.")

    def _refuse_same_policy_name(self, name: str | None, kind: str, own_id: str | None) -> None:
        if any(policy.name == name and policy.type == kind and policy.id != own_id for policy in self.policies):
            raise OrganizationsClientError("DuplicatePolicyException", "A policy with the specified name and type already exists.")


def check_document(policy_type: str, content: str) -> None:
    """Refuses documents that are too large, not JSON, or not of the policy type's form."""
    limit = POLICY_LIMITS.get(policy_type)
    if limit is None:
        raise OrganizationsClientError("InvalidInputException", f"There is no policy type {policy_type}.")
    size = len(content.encode())
    if size > limit.max_bytes:
        raise _constraint("POLICY_CONTENT_LIMIT_EXCEEDED", f"the document has {size} bytes, a {policy_type} may have {limit.max_bytes}")
    try:
        document = json.loads(content)
    except ValueError as error:
        raise _malformed(f"not JSON: {error}") from None
    if not isinstance(document, dict):
        raise _malformed("not a JSON object")
    if policy_type in ("SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"):
        _check_statements(policy_type, document)


def _check_statements(policy_type: str, document: dict[str, Any]) -> None:
    if document.get("Version") != "2012-10-17":
        raise _malformed('"Version" must be "2012-10-17"')
    statements = document.get("Statement")
    statements = statements if isinstance(statements, list) else [statements]
    if not statements or not all(isinstance(statement, dict) for statement in statements):
        raise _malformed('"Statement" must hold statements')
    for statement in statements:
        if statement.get("Effect") not in ("Allow", "Deny"):
            raise _malformed('"Effect" must be Allow or Deny')
        if "Action" not in statement and "NotAction" not in statement:
            raise _malformed('a statement needs "Action" or "NotAction"')
        if policy_type == "SERVICE_CONTROL_POLICY" and ("Principal" in statement or "NotPrincipal" in statement):
            raise _malformed("a service control policy has no principals")
        if policy_type == "RESOURCE_CONTROL_POLICY":
            if statement["Effect"] != "Deny" or statement.get("Principal") not in ("*", {"AWS": "*"}):
                raise _malformed('a resource control policy has only statements with "Effect": "Deny" and "Principal": "*"')


def _malformed(reason: str) -> OrganizationsClientError:
    return OrganizationsClientError("MalformedPolicyDocumentException", f"The policy document does not meet the requirements of its type: {reason}.")


def _constraint(reason: str, text: str) -> OrganizationsClientError:
    return OrganizationsClientError("ConstraintViolationException", f"{reason}: {text}.")


def install() -> None:
    """Replaces moto's backend; widens its lists of policy types, trusted services and services with delegated administrators."""
    models.organizations_backends.backend = RuledOrganizations
    types = list(POLICY_LIMITS)
    FakeRoot.SUPPORTED_POLICY_TYPES = types
    FakePolicy.SUPPORTED_POLICY_TYPES = types
    FakeServiceAccess.trusted_service = staticmethod(lambda service: service.endswith(".amazonaws.com"))  # type: ignore[method-assign]
    FakeDelegatedAdministrator.supported_service = staticmethod(lambda service: service.endswith(".amazonaws.com"))  # type: ignore[method-assign]
    _add_policy_arns()
    ResourceAccessManagerBackend.enable_sharing_with_aws_organization = _enable_sharing  # type: ignore[method-assign]


def _add_policy_arns() -> None:
    """moto knows ARN formats of five policy types and refuses to make the others."""
    original = FakePolicy.__init__
    known = {"AISERVICES_OPT_OUT_POLICY", "RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY", "TAG_POLICY"}

    def init(self: FakePolicy, organization: Any, **kwargs: Any) -> None:
        policy_type = kwargs.get("Type", "")
        if policy_type in known or policy_type not in POLICY_LIMITS:
            original(self, organization, **kwargs)
            return
        original(self, organization, **{**kwargs, "Type": "TAG_POLICY"})
        self.type = policy_type
        self._arn_format = utils.TAG_POLICY_ARN_FORMAT.replace("tag_policy", policy_type.lower())

    FakePolicy.__init__ = init  # type: ignore[method-assign]


def _enable_sharing(self: ResourceAccessManagerBackend) -> dict[str, Any]:
    """Sharing with the organization is trusted access of RAM (EnableSharingWithAwsOrganization, RAM API reference)."""
    backend = models.organizations_backends[self.account_id][self.partition]
    if not backend.org:
        from moto.ram.exceptions import OperationNotPermittedException
        raise OperationNotPermittedException
    backend.enable_aws_service_access(ServicePrincipal=RAM)
    return {"returnValue": True}
