"""Service-managed stack sets: their stacks in the accounts of units, and those of accounts that come and go. What CloudFormation's resource does follows its handler
(aws-cloudformation-resource-providers-cloudformation, read 2026-11-23): a target that leaves the resource loses its stacks. In order, without concurrency; drift and operations are not there."""

import json
import math
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlparse

from moto.cloudformation.models import cloudformation_backends
from moto.moto_api._internal import mock_random
from moto.moto_api._internal.models import MotoAPIBackend
from moto.organizations.models import organizations_backends
from moto.s3.models import s3_backends

from .organization_rules import RuledOrganizations
from .records import Record
from .resource_types import Request, changed_create_only, record_of, register
from .specification import Refused

MAX_BODY_BYTES = 51_200
MAX_DEPENDENCIES = 10


@dataclass
class StackSet:
    """One stack set, with the names of its stacks by account and Region."""

    id: str
    name: str
    management_account: str
    region: str
    properties: dict[str, Any]
    stacks: dict[tuple[str, str], str] = field(default_factory=dict)
    deployed: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """Template and parameters of each stack as last deployed."""

    @property
    def arn(self) -> str:
        return f"arn:aws:cloudformation:{self.region}:{self.management_account}:stackset/{self.id}"

    @property
    def automatic(self) -> dict[str, Any]:
        return self.properties.get("AutoDeployment") or {}

    @property
    def template(self) -> str:
        return _template(self.properties, self.management_account)

    @property
    def parameters(self) -> dict[str, str]:
        return {one["ParameterKey"]: one["ParameterValue"] for one in self.properties.get("Parameters", [])}

    def sites(self) -> list[tuple[str, str]]:
        """Accounts and Regions that it is for now, Region by Region."""
        found: list[tuple[str, str]] = []
        for group in self.properties.get("StackInstancesGroup", []):
            accounts = _accounts(self.management_account, group["DeploymentTargets"])
            found += [(account, region) for region in group["Regions"] for account in accounts]
        return found


STACK_SETS: dict[str, StackSet] = {}
"""By id."""


class StackSetType:
    """The resource type."""

    def create(self, request: Request) -> Record:
        name = request.properties["StackSetName"]
        management = _management_account(request)
        if any(known.name == name and known.region == request.region and known.management_account == management for known in list(STACK_SETS.values())):
            raise Refused(f"StackSet {name} already exists (AlreadyExists)")
        stack_set = StackSet(f"{name}:{mock_random.uuid4()}", name, management, request.region, _checked(request.properties, management))
        STACK_SETS[stack_set.id] = stack_set
        try:
            _bring_up_to_date(stack_set)
        except Refused:
            _remove(stack_set, list(stack_set.stacks))
            del STACK_SETS[stack_set.id]
            raise
        return record_of(request, stack_set.id, {"StackSetId": stack_set.id})

    def update(self, request: Request, old: Record) -> Record:
        stack_set = STACK_SETS[old.physical_id]
        stack_set.properties = _checked(request.properties, stack_set.management_account)
        _remove(stack_set, [site for site in stack_set.stacks if site not in stack_set.sites()])
        _bring_up_to_date(stack_set)
        return record_of(request, old.physical_id, old.attributes)

    def delete(self, record: Record, stack_id: str) -> None:
        stack_set = STACK_SETS.pop(record.physical_id)
        _remove(stack_set, list(stack_set.stacks))

    def replaces(self, request: Request, old: Record) -> list[str]:
        return changed_create_only(request, old)


def _checked(properties: dict[str, Any], management: str) -> dict[str, Any]:
    if properties["PermissionModel"] != "SERVICE_MANAGED":
        raise Refused("The emulator knows service-managed stack sets only")
    if ("TemplateBody" in properties) == ("TemplateURL" in properties):
        raise Refused("You must specify either TemplateBody or TemplateURL, and not both (ValidationError)")
    if len(properties.get("TemplateBody", "").encode()) > MAX_BODY_BYTES:
        raise Refused(f"Member must have length less than or equal to {MAX_BODY_BYTES} (ValidationError at 'templateBody')")
    if "AutoDeployment" not in properties:
        raise Refused("AutoDeployment is required for service-managed stack sets (ValidationError)")
    template = json.loads(_template(properties, management))
    if "Transform" in template or '"Fn::Transform"' in json.dumps(template):
        raise Refused("StackSets with service-managed permissions do not support macros (ValidationError)")
    needed = properties["AutoDeployment"].get("DependsOn", [])
    if len(needed) > MAX_DEPENDENCIES:
        raise Refused(f"A stack set depends on {MAX_DEPENDENCIES} others at most (LimitExceeded)")
    known = {stack_set.arn for stack_set in list(STACK_SETS.values())}
    for arn in needed:
        if arn not in known:
            raise Refused(f"StackSet {arn} not found (StackSetNotFound)")
    if any(resource["Type"].startswith("AWS::IAM::") for resource in template["Resources"].values()) and not properties.get("Capabilities"):
        raise Refused("Requires capabilities : [CAPABILITY_NAMED_IAM] (InsufficientCapabilities)")
    return properties


def _management_account(request: Request) -> str:
    backend = organizations_backends[request.account]["aws"]
    if request.properties.get("CallAs", "SELF") == "SELF" and (backend.org is None or backend.org.master_account_id != request.account):
        raise Refused("You must be the management account of an organization to operate a service-managed stack set (ValidationError)")
    return str(backend.org.master_account_id)


def _template(properties: dict[str, Any], account: str) -> str:
    if "TemplateBody" in properties:
        return str(properties["TemplateBody"])
    bucket, _, key = unquote(urlparse(properties["TemplateURL"]).path).lstrip("/").partition("/")
    return s3_backends[account]["aws"].get_object(bucket, key).value.decode()


def _accounts(management: str, targets: dict[str, Any]) -> list[str]:
    """Accounts in the units and below, without the management account, which no stack set of an organization reaches."""
    backend = organizations_backends[management]["aws"]
    units = set(targets["OrganizationalUnitIds"])
    for unit in units:
        backend._target(unit, "OrganizationalUnitNotFound")
    inside = [account.id for account in backend.accounts if account.id != management and units & set(_above(backend, account.parent_id))]
    named, kind = targets.get("Accounts", []), targets.get("AccountFilterType", "NONE")
    if kind == "DIFFERENCE":
        return [account for account in inside if account not in named]
    return [account for account in inside if account in named] if kind == "INTERSECTION" else inside


def _above(backend: Any, unit: str | None) -> list[str]:
    """A unit and those above it, up to the root."""
    found = []
    while unit is not None:
        found.append(unit)
        unit = next((one.parent_id for one in backend.ou if one.id == unit), None)
    return found


def _bring_up_to_date(stack_set: StackSet) -> None:
    """Creates and updates stacks; stops in a Region in which more fail than are tolerated."""
    sites = stack_set.sites()
    tolerated = (stack_set.properties.get("OperationPreferences") or {}).get("FailureTolerancePercentage", 0)
    for region in dict.fromkeys(region for _, region in sites):
        here = [account for account, where in sites if where == region]
        failures = [reason for account in here if (reason := _deploy(stack_set, account, region)) is not None]
        if len(failures) > math.floor(len(here) * tolerated / 100):
            raise Refused(f"Resource of type 'Stack set operation' was unexpectedly stopped or failed. status reason(s): {failures}")


def _deploy(stack_set: StackSet, account: str, region: str) -> str | None:
    """Brings one stack to the template; returns why it could not."""
    backend, site = cloudformation_backends[account][region], (account, region)
    wanted = (stack_set.template, json.dumps(stack_set.parameters))
    if stack_set.deployed.get(site) == wanted:
        return None
    try:
        if site not in stack_set.stacks:
            stack = backend.create_stack(f"StackSet-{stack_set.name}-{mock_random.uuid4()}", stack_set.template, stack_set.parameters)
            stack_set.stacks[site] = stack.name
        else:
            given = [{"ParameterKey": key, "ParameterValue": value} for key, value in stack_set.parameters.items()]
            stack = backend.update_stack(stack_set.stacks[site], stack_set.template, None, given, None)
    except Exception as error:
        return f"{account}: {getattr(error, 'message', error)}"
    if stack.status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        reasons = [event.resource_status_reason for event in stack.events if event.resource_status.endswith("_FAILED")]
        return f"{account}: {'; '.join(filter(None, reasons))}"
    stack_set.deployed[site] = wanted
    return None


def _remove(stack_set: StackSet, sites: list[tuple[str, str]], keep: bool = False) -> None:
    for account, region in sites:
        name = stack_set.stacks.pop((account, region))
        stack_set.deployed.pop((account, region), None)
        if not keep:
            cloudformation_backends[account][region].delete_stack(name)


def _in_order(stack_sets: list[StackSet]) -> list[StackSet]:
    """Each after those it depends on."""
    done: list[StackSet] = []
    by_arn = {stack_set.arn: stack_set for stack_set in stack_sets}

    def visit(stack_set: StackSet) -> None:
        for arn in stack_set.automatic.get("DependsOn", []):
            if arn in by_arn and by_arn[arn] not in done:
                visit(by_arn[arn])
        if stack_set not in done:
            done.append(stack_set)

    for stack_set in reversed(stack_sets):  # the last made first, so that only dependencies give the right order
        visit(stack_set)
    return done


def follow(management: str) -> None:
    """What automatic deployment does when an account has come, left or moved: first what it loses, then what it gets."""
    automatic = [one for one in list(STACK_SETS.values()) if one.management_account == management and one.automatic.get("Enabled") in (True, "true")]
    for stack_set in automatic:
        gone = [site for site in stack_set.stacks if site not in stack_set.sites()]
        _remove(stack_set, gone, keep=stack_set.automatic.get("RetainStacksOnAccountRemoval") in (True, "true"))
    for stack_set in _in_order(automatic):
        for account, region in stack_set.sites():
            if (account, region) not in stack_set.stacks:
                _deploy(stack_set, account, region)


def install() -> None:
    """Registers the type, and has stack sets follow the organization's accounts."""
    register("AWS::CloudFormation::StackSet", StackSetType())
    for name in ("create_account", "move_account"):
        _followed_by_stack_sets(name)
    reset = MotoAPIBackend.reset

    def reset_all(self: Any) -> None:
        reset(self)
        STACK_SETS.clear()

    MotoAPIBackend.reset = reset_all  # type: ignore[method-assign]


def _followed_by_stack_sets(name: str) -> None:
    original = getattr(RuledOrganizations, name)

    def and_follow(self: Any, **kwargs: Any) -> Any:
        result = original(self, **kwargs)
        follow(self.org.master_account_id)
        return result

    setattr(RuledOrganizations, name, and_follow)
