"""Intrinsic functions, conditions and references of templates. What cannot be resolved is refused, never left out."""

import base64
import ipaddress
import json
import re
from typing import Any, Protocol

from .specification import Refused


class Scope(Protocol):
    """Where names of a template are looked up."""

    def ref(self, name: str) -> Any: ...
    def attribute(self, resource: str, attribute: str) -> Any: ...
    def mapping(self, name: str) -> dict[str, Any]: ...
    def condition(self, name: str) -> bool: ...
    def exported(self, name: str) -> str: ...
    def stack_output(self, stack: str, output: str, region: str | None, role: str | None) -> Any: ...
    def ssm_parameter(self, name: str) -> str: ...
    region: str


class _NoValue:
    """What `AWS::NoValue` resolves to: the property or list element is left out."""


NO_VALUE = _NoValue()
_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_DYNAMIC_REFERENCE = re.compile(r"\{\{resolve:ssm:([^:}]+)(?::\d+)?\}\}")


def resolve(value: Any, scope: Scope) -> Any:
    """The value with every function replaced by its result."""
    if isinstance(value, str):
        return _DYNAMIC_REFERENCE.sub(lambda found: scope.ssm_parameter(found.group(1)), value)
    if isinstance(value, list):
        items = (resolve(item, scope) for item in value)
        return [item for item in items if item is not NO_VALUE]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (name, argument), = value.items()
        if name == "Ref":
            return NO_VALUE if argument == "AWS::NoValue" else scope.ref(argument)
        if name == "Condition" and isinstance(argument, str):
            return value
        if name.startswith("Fn::"):
            function = _FUNCTIONS.get(name)
            if function is None:
                raise Refused(f"Template error: the emulator does not know the function {name}")
            return function(argument, scope)
    resolved = {key: resolve(item, scope) for key, item in value.items()}
    return {key: item for key, item in resolved.items() if item is not NO_VALUE}


def references(value: Any) -> set[str]:
    """Names that a resource refers to by Ref, GetAtt or Sub."""
    if isinstance(value, list):
        return {name for item in value for name in references(item)}
    if not isinstance(value, dict):
        return set()
    if len(value) == 1:
        (name, argument), = value.items()
        if name == "Ref":
            return {argument}
        if name == "Fn::GetAtt":
            return {(argument.split(".") if isinstance(argument, str) else argument)[0]}
        if name == "Fn::Sub":
            text, variables = argument if isinstance(argument, list) else (argument, {})
            placeholders = {found.split(".")[0] for found in _PLACEHOLDER.findall(text) if not found.startswith("!")}
            return (placeholders - set(variables)) | references(variables)
    return {name for item in value.values() for name in references(item)}


def is_true(condition: Any, scope: Scope) -> bool:
    """Decides a condition or an assertion of a rule."""
    if isinstance(condition, bool):
        return condition
    if not isinstance(condition, dict) or len(condition) != 1:
        raise Refused(f"Template error: not a condition: {json.dumps(condition)}")
    (name, argument), = condition.items()
    if name == "Condition":
        return scope.condition(argument)
    if name == "Fn::Not":
        return not is_true(argument[0], scope)
    if name == "Fn::And":
        return all(is_true(item, scope) for item in argument)
    if name == "Fn::Or":
        return any(is_true(item, scope) for item in argument)
    if name == "Fn::Equals":
        left, right = (resolve(item, scope) for item in argument)
        return _text(left) == _text(right)
    if name == "Fn::Contains":
        allowed, wanted = (resolve(item, scope) for item in argument)
        return _text(wanted) in [_text(item) for item in allowed]
    if name == "Fn::EachMemberIn":
        strings, allowed = (resolve(item, scope) for item in argument)
        return all(item in allowed for item in strings)
    raise Refused(f"Template error: the emulator does not know the condition function {name}")


def _text(value: Any) -> Any:
    """CloudFormation compares scalars as text."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, (int, float)) else value


def _get_att(argument: Any, scope: Scope) -> Any:
    resource, _, attribute = (argument if isinstance(argument, str) else ".".join(argument)).partition(".")
    return scope.attribute(resource, attribute)


def _sub(argument: Any, scope: Scope) -> str:
    text, variables = argument if isinstance(argument, list) else (argument, {})

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name.startswith("!"):
            return "${" + name[1:] + "}"
        if name in variables:
            return str(resolve(variables[name], scope))
        return str(_get_att(name, scope) if "." in name else scope.ref(name))

    return resolve(_PLACEHOLDER.sub(value, text), scope)


def _join(argument: Any, scope: Scope) -> str:
    separator, items = argument
    return separator.join(str(_text(item)) for item in resolve(items, scope))


def _select(argument: Any, scope: Scope) -> Any:
    index, items = int(resolve(argument[0], scope)), resolve(argument[1], scope)
    if not 0 <= index < len(items):
        raise Refused(f"Template error: Fn::Select cannot select nonexistent value at index {index}")
    return items[index]


def _if(argument: Any, scope: Scope) -> Any:
    return resolve(argument[1] if scope.condition(argument[0]) else argument[2], scope)


def _find_in_map(argument: Any, scope: Scope) -> Any:
    name, first, second = (resolve(item, scope) for item in argument[:3])
    try:
        return scope.mapping(name)[first][second]
    except KeyError:
        if len(argument) > 3:
            return resolve(argument[3]["DefaultValue"], scope)
        raise Refused(f"Template error: Unable to get mapping for {name}::{first}::{second}") from None


def _cidr(argument: Any, scope: Scope) -> list[str]:
    block, count, bits = (list(resolve(argument, scope)) + [8])[:3]
    network = ipaddress.ip_network(block)
    subnets = network.subnets(new_prefix=network.max_prefixlen - int(bits))
    blocks = [str(subnet) for _, subnet in zip(range(int(count)), subnets)]
    if len(blocks) < int(count):
        raise Refused(f"Template error: Fn::Cidr cannot make {count} blocks of {bits} bits in {block}")
    return blocks


def _stack_output(argument: Any, scope: Scope) -> Any:
    wanted = resolve(argument, scope)
    return scope.stack_output(wanted["StackName"], wanted["OutputName"], wanted.get("Region"), wanted.get("RoleArn"))


_FUNCTIONS = {
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::Split": lambda argument, scope: resolve(argument[1], scope).split(argument[0]),
    "Fn::Select": _select,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::ImportValue": lambda argument, scope: scope.exported(resolve(argument, scope)),
    "Fn::GetAZs": lambda argument, scope: [f"{resolve(argument, scope) or scope.region}{zone}" for zone in "abc"],
    "Fn::Base64": lambda argument, scope: base64.b64encode(resolve(argument, scope).encode()).decode(),
    "Fn::ToJsonString": lambda argument, scope: json.dumps(resolve(argument, scope), separators=(",", ":")),
    "Fn::Length": lambda argument, scope: len(resolve(argument, scope)),
    "Fn::Cidr": _cidr,
    "Fn::GetStackOutput": _stack_output,
}
