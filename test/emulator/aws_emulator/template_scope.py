"""Where a template's names are looked up: parameters, deployed resources, mappings, conditions, other stacks."""

from typing import Any

from moto.cloudformation.models import cloudformation_backends
from moto.ssm.models import ssm_backends

from .intrinsics import NO_VALUE, is_true, resolve
from .records import Record
from .specification import Refused


class TemplateScope:
    """Implements `intrinsics.Scope` for one stack."""

    def __init__(self, template: dict[str, Any], parameters: dict[str, Any], account: str, region: str, stack: str, stack_id: str,
                 resources: dict[str, Record]) -> None:
        self.template, self.account, self.region = template, account, region
        self._resources = resources
        self._parameters = {name: self._typed(value, template["Parameters"][name]["Type"]) for name, value in parameters.items()}
        self._pseudo = {
            "AWS::AccountId": account, "AWS::Region": region, "AWS::StackName": stack, "AWS::StackId": stack_id, "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com", "AWS::NotificationARNs": [],
        }

    def ref(self, name: str) -> Any:
        if name in self._parameters:
            return self._parameters[name]
        if name in self._pseudo:
            return self._pseudo[name]
        return self._resource(name).physical_id

    def attribute(self, resource: str, attribute: str) -> Any:
        record = self._resource(resource)
        if attribute in record.attributes:
            return record.attributes[attribute]
        if attribute in record.properties:
            return record.properties[attribute]
        raise Refused(f"Template error: resource {resource} does not support attribute type {attribute} in Fn::GetAtt")

    def mapping(self, name: str) -> dict[str, Any]:
        return self.template.get("Mappings", {})[name]

    def condition(self, name: str) -> bool:
        conditions = self.template.get("Conditions", {})
        if name not in conditions:
            raise Refused(f"Template format error: Unresolved condition {name}")
        return is_true(conditions[name], self)

    def exported(self, name: str) -> str:
        for export in cloudformation_backends[self.account][self.region].exports.values():
            if export.name == name:
                return export.value
        raise Refused(f"No export named {name} found")

    def stack_output(self, stack: str, output: str, region: str | None, role: str | None) -> Any:
        """`Fn::GetStackOutput`: the account comes from the role."""
        account = role.split(":")[4] if role else self.account
        for other in list(cloudformation_backends[account][region or self.region].stacks.values()):
            if stack in (other.name, other.stack_id) and other.status in ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"):
                for found in other.output_map.values():
                    if found is not None and found.key == output:
                        return found.value
                raise Refused(f"Fn::GetStackOutput: stack {stack} in account {account} has no output {output}")
        raise Refused(f"Fn::GetStackOutput: there is no stack {stack} in account {account}, {region or self.region}")

    def ssm_parameter(self, name: str) -> str:
        parameter = ssm_backends[self.account][self.region].get_parameter(name)
        if parameter is None:
            raise Refused(f"Unable to fetch parameters [{name}] from parameter store for this account.")
        return str(parameter.value)

    def outputs(self) -> dict[str, dict[str, Any]]:
        """Outputs whose condition holds, resolved."""
        found = {}
        for name, output in (self.template.get("Outputs") or {}).items():
            if "Condition" in output and not self.condition(output["Condition"]):
                continue
            resolved = resolve({key: value for key, value in output.items() if key != "Condition"}, self)
            if resolved.get("Value", NO_VALUE) is NO_VALUE:
                raise Refused(f"Template format error: output {name} has no value")
            found[name] = resolved
        return found

    def _resource(self, name: str) -> Record:
        if name not in self._resources:
            raise Refused(f"Template format error: Unresolved resource dependencies [{name}]")
        return self._resources[name]

    def _typed(self, value: Any, kind: str) -> Any:
        if kind.startswith("AWS::SSM::Parameter::Value"):
            value = self.ssm_parameter(value)
        if "List" in kind and isinstance(value, str):
            return [item.strip() for item in value.split(",")]
        return value
