"""The `Rules` section: assertions about parameters, refused with their own description before anything is deployed."""

from typing import Any

from .intrinsics import Scope, is_true
from .specification import Refused


def check_rules(template: dict[str, Any], scope: Scope) -> None:
    """Refuses the template with the descriptions of all assertions that do not hold."""
    failed = []
    for name, rule in template.get("Rules", {}).items():
        if "RuleCondition" in rule and not is_true(rule["RuleCondition"], scope):
            continue
        for assertion in rule.get("Assertions", []):
            if not is_true(assertion["Assert"], scope):
                failed.append(assertion.get("AssertDescription", f"Rule {name} does not hold"))
    if failed:
        raise Refused(f"Template error: {'; '.join(failed)}")


def check_parameters(template: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Values of all parameters; refuses missing, unknown and disallowed ones."""
    declared = template.get("Parameters", {})
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise Refused(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    missing = sorted(name for name, slot in declared.items() if name not in given and "Default" not in slot)
    if missing:
        raise Refused(f"Parameters: [{', '.join(missing)}] must have values")
    values = {name: given.get(name, slot.get("Default")) for name, slot in declared.items()}
    for name, slot in declared.items():
        if "AllowedValues" in slot and str(values[name]) not in [str(value) for value in slot["AllowedValues"]]:
            raise Refused(f"Parameter '{name}' must be one of AllowedValues")
    return values
