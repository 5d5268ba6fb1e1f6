"""Replaces how moto's CloudFormation creates, changes and deletes stacks by the emulator's deployment."""

from typing import Any

from moto.cloudformation import models, parsing, responses
from moto.cloudformation.exceptions import AlreadyExistsException, ValidationError
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Event, Stack
from moto.cloudformation.parsing import Export, Output, ResourceMap
from moto.cloudformation.utils import generate_stack_id

from . import cost_types, network_types, organization_types  # noqa: F401  (they register their types)
from .custom_resources import CustomResource
from .deployment import Deployment, DeploymentFailed, dependencies, ordered
from .records import Record
from .resource_types import SPECIFICATION, register
from .rules import check_parameters, check_rules
from .specification import Refused
from .template_scope import TemplateScope


class DeployedResources(ResourceMap):
    """moto's picture of a stack's resources; here it only shows what the deployment has made."""

    def load(self) -> None:
        self.lazy_condition_map = {}
        self.no_echo_parameter_keys: list[str] = []
        self.resolved_parameters = dict(self.input_parameters)
        self.records: dict[str, Record] = {}

    def __getitem__(self, key: str) -> Any:
        return self.records[key]

    def __iter__(self) -> Any:
        return iter(list(self.records))

    def __len__(self) -> int:
        return len(self.records)

    def creation_complete(self) -> bool:
        return True


class StackOutputs(dict):  # type: ignore[type-arg]
    """moto's picture of a stack's outputs, by name."""

    def __init__(self, stack_id: str, resolved: dict[str, dict[str, Any]]) -> None:
        super().__init__({name: Output(name, output["Value"], output.get("Description")) for name, output in resolved.items()})
        self.exports = [Export(stack_id, output["Export"]["Name"], output["Value"]) for output in resolved.values() if "Export" in output]


class Template:
    """A template with its parameters, checked as CloudFormation checks before it starts."""

    def __init__(self, backend: CloudFormationBackend, name: str, body: str, given: dict[str, Any]) -> None:
        self.body = body
        self.content = Stack.parse_template(body)
        self.backend, self.name = backend, name
        try:
            if not self.content.get("Resources"):
                raise Refused("Template format error: At least one Resources member must be defined.")
            self.parameters = check_parameters(self.content, given)
            SPECIFICATION.check_types(self.content["Resources"])
            check_rules(self.content, self.scope("", {}))
            ordered(dependencies(self.content["Resources"]))
        except Refused as error:
            raise ValidationError(message=str(error)) from None

    def scope(self, stack_id: str, records: dict[str, Record]) -> TemplateScope:
        return TemplateScope(self.content, self.parameters, self.backend.account_id, self.backend.region_name, self.name, stack_id, records)


def deploy(backend: CloudFormationBackend, stack: Stack, template: Template, creating: bool) -> None:
    """Brings a stack to a template. A failure is told by status and events, as by AWS, not by an exception."""
    action = "CREATE" if creating else "UPDATE"
    records: dict[str, Record] = stack.resource_map.records  # type: ignore[attr-defined]
    deployment = Deployment(backend.account_id, backend.region_name, stack.name, stack.stack_id, records, lambda *event: _report(stack, *event))
    stack.status = f"{action}_IN_PROGRESS"
    stack._add_stack_event(stack.status, resource_status_reason="User Initiated")
    scope = template.scope(stack.stack_id, records)
    try:
        deployment.apply(template.content, scope)
        outputs = StackOutputs(stack.stack_id, scope.outputs())
        _publish(backend, stack, outputs)
    except (DeploymentFailed, Refused) as error:
        rollback = "ROLLBACK" if creating else "UPDATE_ROLLBACK"
        stack._add_stack_event(f"{rollback}_IN_PROGRESS", resource_status_reason=f"The following resource(s) failed: {error}")
        failures = deployment.undo()
        stack.status = f"{rollback}_{'FAILED' if failures else 'COMPLETE'}"
        stack._add_stack_event(stack.status, resource_status_reason="; ".join(failures) or None)
        return
    stack.template = template.body
    stack.template_dict = template.content
    stack.description = template.content.get("Description")
    stack.parameters = template.parameters
    stack.resource_map.resolved_parameters = template.parameters
    stack.resource_map.input_parameters = template.parameters
    stack.resource_map._resource_json_map = template.content["Resources"]
    stack.status = f"{action}_COMPLETE"
    stack._add_stack_event(stack.status)


def _publish(backend: CloudFormationBackend, stack: Stack, outputs: StackOutputs) -> None:
    others = {name: export for name, export in backend.exports.items() if export.exporting_stack_id != stack.stack_id}
    taken = [export.name for export in outputs.exports if export.name in others]
    if taken:
        raise DeploymentFailed(f"Export with name {taken[0]} is already exported by another stack")
    backend.exports.clear()
    backend.exports.update(others)
    backend.exports.update({export.name: export for export in outputs.exports})
    stack.output_map = outputs  # type: ignore[assignment]


def _report(stack: Stack, logical_id: str, resource_type: str, physical_id: str, status: str, reason: str | None) -> None:
    stack.events.append(Event(stack.stack_id, stack.name, logical_id, physical_id, resource_type, status, reason, "{}"))


def _new_stack(backend: CloudFormationBackend, name: str, parameters: dict[str, Any], **options: Any) -> Stack:
    stack = Stack(generate_stack_id(name, backend.region_name, backend.account_id), name, {}, parameters, backend.account_id, backend.region_name,
                  **options)
    stack.output_map = StackOutputs(stack.stack_id, {})  # type: ignore[assignment]
    return stack


class EmulatedCloudFormation(CloudFormationBackend):
    """The operations that change stacks."""

    __module__ = models.__name__  # moto finds the URLs of a service beside the module of its backend

    def create_stack(self, name: str, template: str, parameters: dict[str, Any], notification_arns: Any = None, tags: Any = None,
                     role_arn: str | None = None, enable_termination_protection: bool | None = False, timeout_in_mins: int | None = None,
                     stack_policy_body: str | None = None) -> Stack:
        if any(stack.name == name for stack in list(self.stacks.values())):
            raise AlreadyExistsException(f"Stack {name} already exists")
        checked = Template(self, name, template, parameters)
        stack = _new_stack(self, name, checked.parameters, notification_arns=notification_arns, tags=tags, role_arn=role_arn,
                           enable_termination_protection=enable_termination_protection, timeout_in_mins=timeout_in_mins)
        self.stacks[stack.stack_id] = stack
        deploy(self, stack, checked, creating=True)
        return stack

    def update_stack(self, name: str, template: str, role_arn: str | None, parameters: list[dict[str, Any]], tags: dict[str, str] | None) -> Stack:
        stack = self.get_stack(name)
        given = {p["ParameterKey"]: p["ParameterValue"] for p in parameters if "ParameterValue" in p}
        kept = [p["ParameterKey"] for p in parameters if str(p.get("UsePreviousValue", "")).lower() == "true"]
        given.update({key: stack.parameters[key] for key in kept if key in stack.parameters})
        checked = Template(self, stack.name, template, given)
        if checked.content == stack.template_dict and checked.parameters == stack.parameters and (tags is None or tags == stack.tags):
            raise ValidationError(message="No updates are to be performed.")
        if tags is not None:
            stack.tags = tags
        deploy(self, stack, checked, creating=False)
        return stack

    def create_change_set(self, stack_name: str, change_set_name: str, template: str, parameters: dict[str, str], description: str,
                          change_set_type: str, notification_arns: Any = None, tags: Any = None, role_arn: str | None = None) -> tuple[str, str]:
        Template(self, stack_name, template, parameters)  # refuses what cannot be deployed
        known = set(self.stacks)
        change_set_id, stack_id = super().create_change_set(stack_name, change_set_name, template, parameters, description, change_set_type,
                                                            notification_arns, tags, role_arn)
        if stack_id not in known:
            self.stacks[stack_id].output_map = StackOutputs(stack_id, {})  # type: ignore[assignment]
        return change_set_id, stack_id

    def execute_change_set(self, change_set_name: str, stack_name: str | None = None) -> None:
        change_set = self._change_set(change_set_name, stack_name)
        stack = self.stacks[change_set.stack_id]
        checked = Template(self, stack.name, change_set.template, change_set.parameters)
        deploy(self, stack, checked, creating=change_set.change_set_type == "CREATE")
        change_set.execution_status = "EXECUTE_COMPLETE"

    def delete_stack(self, name_or_stack_id: str) -> None:
        stack = next((s for s in list(self.stacks.values()) if name_or_stack_id in (s.name, s.stack_id)), None)
        if stack is None:
            return
        if stack.enable_termination_protection:
            raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
        records: dict[str, Record] = stack.resource_map.records  # type: ignore[attr-defined]
        deployment = Deployment(self.account_id, self.region_name, stack.name, stack.stack_id, records, lambda *event: _report(stack, *event))
        stack._add_stack_event("DELETE_IN_PROGRESS", resource_status_reason="User Initiated")
        try:
            deployment.delete_all(dependencies(stack.template_dict.get("Resources", {})))
        except DeploymentFailed as error:
            stack.status = "DELETE_FAILED"
            stack._add_stack_event("DELETE_FAILED", resource_status_reason=str(error))
            return
        for export in stack.output_map.exports:
            self.exports.pop(export.name, None)
        stack.status = "DELETE_COMPLETE"
        stack._add_stack_event("DELETE_COMPLETE")
        self.deleted_stacks[stack.stack_id] = self.stacks.pop(stack.stack_id)

    def _change_set(self, name_or_id: str, stack_name: str | None) -> ChangeSet:
        if name_or_id in self.change_sets:
            return self.change_sets[name_or_id]
        for change_set in self.change_sets.values():
            if change_set.change_set_name == name_or_id and stack_name in (None, change_set.stack.name, change_set.stack.stack_id):
                return change_set
        raise ValidationError(stack_name)


def install() -> None:
    """Puts the emulator's CloudFormation where moto's was."""
    models.cloudformation_backends.backend = EmulatedCloudFormation
    models.ResourceMap = DeployedResources  # type: ignore[misc]
    parsing.ResourceMap = DeployedResources  # type: ignore[misc]
    Stack.exports = property(lambda self: getattr(self.output_map, "exports", []))  # type: ignore[assignment,method-assign]
    responses.CloudFormationResponse._validate_different_update = lambda *_: None  # type: ignore[method-assign]
    register("Custom::*", CustomResource())
