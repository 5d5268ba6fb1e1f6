"""One create, update or delete of a stack: in order of dependencies, with rollback, as CloudFormation does it."""

import traceback
from collections.abc import Callable
from typing import Any

from .custom_resources import CustomResource, FailedCreation
from .intrinsics import references, resolve
from .records import HISTORY, Record
from .resource_types import SPECIFICATION, Request, behaviour_of, record_of
from .specification import IGNORED_TYPES, Refused
from .template_scope import TemplateScope

ACCOUNT_TYPE = "AWS::Organizations::Account"

Report = Callable[[str, str, str, str, str | None], None]
"""Called with logical id, type, physical id, status and reason of what happens to a resource."""


class DeploymentFailed(Exception):
    """Something was refused on the way; the stack is rolled back."""


def dependencies(resources: dict[str, Any]) -> dict[str, set[str]]:
    """Which resources each one needs first: references and `DependsOn`."""
    found: dict[str, set[str]] = {}
    for name, resource in resources.items():
        explicit = resource.get("DependsOn", [])
        explicit = {explicit} if isinstance(explicit, str) else set(explicit)
        unknown = explicit - set(resources)
        if unknown:
            raise Refused(f"Template format error: Unresolved resource dependencies [{', '.join(sorted(unknown))}] in the Resources block")
        found[name] = (explicit | references(resource.get("Properties", {}))) & set(resources)
    return found


def ordered(needs: dict[str, set[str]]) -> list[str]:
    """The resources, each after those it needs; refuses circles."""
    order: list[str] = []
    done: set[str] = set()
    on_path: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in on_path:
            circle = on_path[on_path.index(name):]
            raise Refused(f"Circular dependency between resources: [{', '.join(sorted(circle))}]")
        on_path.append(name)
        for needed in sorted(needs[name]):
            visit(needed)
        on_path.pop()
        done.add(name)
        order.append(name)

    for name in needs:
        visit(name)
    return order


def refuse_simultaneous_accounts(resources: dict[str, Any], created: set[str]) -> None:
    """AWS creates one account at a time: those of one stack must follow each other (AWS::Organizations::Account, user guide, 2026-11-22)."""
    accounts = [name for name in created if resources[name]["Type"] == ACCOUNT_TYPE]
    if len(accounts) < 2:
        return
    needs = dependencies(resources)
    order = [name for name in ordered(needs) if name in accounts]
    for before, after in zip(order, order[1:]):
        if not _reaches(needs, after, before):
            raise Refused(f"Accounts {before} and {after} would be created at the same time: AWS Organizations creates one after the other. "
                          f"Add a DependsOn between them")


def _reaches(needs: dict[str, set[str]], start: str, goal: str) -> bool:
    seen, left = set(), [start]
    while left:
        name = left.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            left.extend(needs[name])
    return False


class Deployment:
    """Brings the resources of a stack to what a template says. `current` is changed in place."""

    def __init__(self, account: str, region: str, stack: str, stack_id: str, current: dict[str, Record], report: Report) -> None:
        self.account, self.region, self.stack, self.stack_id = account, region, stack, stack_id
        self.current = current
        self.report = report
        self._undo: list[Callable[[], str | None]] = []
        self._replaced: list[Record] = []

    def apply(self, template: dict[str, Any], scope: TemplateScope) -> None:
        """Creates and updates in order, then deletes what is no longer wanted; raises DeploymentFailed after undoing everything."""
        resources = {name: resource for name, resource in template["Resources"].items()
                     if resource["Type"] not in IGNORED_TYPES and ("Condition" not in resource or scope.condition(resource["Condition"]))}
        try:
            refuse_simultaneous_accounts(resources, set(resources) - set(self.current))
        except Refused as error:
            name = next(name for name, resource in resources.items() if resource["Type"] == ACCOUNT_TYPE and name not in self.current)
            self.report(name, ACCOUNT_TYPE, "", "CREATE_FAILED", str(error))
            raise DeploymentFailed(str(error)) from None
        for name in ordered(dependencies(resources)):
            self._deploy(name, resources[name], scope)
        self._clean_up([record for name, record in self.current.items() if name not in resources])

    def delete_all(self, needs: dict[str, set[str]]) -> None:
        """Deletes in the reverse order of creation, keeping what is retained and what something needs that stayed; raises DeploymentFailed at the end if something stayed."""
        failures, needed = [], set[str]()
        for name, record in reversed(list(self.current.items())):
            if name not in needed and (failure := self._delete(record)) is not None:
                failures.append(failure)
            if name in self.current:
                needed |= needs.get(name, set())
        if failures:
            raise DeploymentFailed("; ".join(failures))

    def undo(self) -> list[str]:
        """Undoes what was done, the last first; returns what could not be undone."""
        failures = []
        for step in reversed(self._undo):
            try:
                failure = step()
            except Exception as error:
                failure = _reason(error)
            if failure is not None:
                failures.append(failure)
        return failures

    def _deploy(self, name: str, resource: dict[str, Any], scope: TemplateScope) -> None:
        old = self.current.get(name)
        action = "CREATE" if old is None else "UPDATE"
        try:
            request = self._request(name, resource, scope)
            SPECIFICATION.check_properties(request.type, request.properties)
            if old is None:
                self._create(request, resource)
            elif request.properties != old.properties or request.type != old.type:
                self._update(request, resource, old)
            else:
                _apply_retention(old, resource)
        except Exception as error:
            if isinstance(error, FailedCreation):
                self._delete_unfinished(name, resource["Type"], request, error.physical_id)
            if old is not None and isinstance(behaviour_of(old.type), CustomResource):
                self._undo.append(lambda: self._undo_failed_update(old))
            self.report(name, resource["Type"], old.physical_id if old else "", f"{action}_FAILED", _reason(error))
            raise DeploymentFailed(f"{name}: {_reason(error)}") from error

    def _request(self, name: str, resource: dict[str, Any], scope: TemplateScope) -> Request:
        properties = resolve(resource.get("Properties", {}), scope)
        return Request(self.account, self.region, self.stack, self.stack_id, name, resource["Type"], properties)

    def _create(self, request: Request, resource: dict[str, Any]) -> None:
        self.report(request.logical_id, request.type, "", "CREATE_IN_PROGRESS", None)
        record = behaviour_of(request.type).create(request)
        _apply_retention(record, resource)
        self.current[request.logical_id] = record
        HISTORY.note("CREATE", record)
        self.report(request.logical_id, request.type, record.physical_id, "CREATE_COMPLETE", None)
        self._undo.append(lambda: self._undo_creation(record))

    def _undo_creation(self, record: Record) -> str | None:
        """A failed deployment keeps what says Retain, and deletes what says RetainExceptOnCreate."""
        self.current.pop(record.logical_id, None)
        if record.retained and not record.retained_on_rollback:
            HISTORY.note("RETAIN", record)
            return None
        record.retained = False
        return self._delete(record)

    def _update(self, request: Request, resource: dict[str, Any], old: Record) -> None:
        behaviour = behaviour_of(request.type)
        replacing = behaviour.replaces(request, old)
        self.report(request.logical_id, request.type, old.physical_id, "UPDATE_IN_PROGRESS",
                    f"Requested update requires the creation of a new physical resource: {', '.join(replacing)}" if replacing else None)
        if replacing:
            request.generation = old.generation + 1
            record = behaviour.create(request)
            if record.physical_id == old.physical_id:
                raise Refused(f"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {old.physical_id} and "
                              f"update the stack again. ({', '.join(replacing)} changed)")
        else:
            request.generation = old.generation
            record = behaviour.update(request, old)
        _apply_retention(record, resource)
        self.current[request.logical_id] = record
        replaced = record.physical_id != old.physical_id
        HISTORY.note("REPLACE" if replaced else "UPDATE", record, ", ".join(replacing))
        self.report(request.logical_id, request.type, record.physical_id, "UPDATE_COMPLETE", None)
        if replaced:
            self._replaced.append(old)
        self._undo.append(lambda: self._undo_update(request, record, old, created_anew=bool(replacing)))

    def _undo_update(self, request: Request, new: Record, old: Record, created_anew: bool) -> str | None:
        if old in self._replaced:
            self._replaced.remove(old)
        restored = old
        if not created_anew:
            back = Request(self.account, self.region, self.stack, self.stack_id, old.logical_id, old.type, old.properties, old.generation)
            restored = behaviour_of(old.type).update(back, new)
            restored.retained = old.retained
        self.current[old.logical_id] = restored
        HISTORY.note("UPDATE", restored, "rollback")
        if new.physical_id != restored.physical_id:
            new.retained = False
            return self._delete(new, current=False)
        return None

    def _undo_failed_update(self, old: Record) -> None:
        """What a custom resource did before it failed nobody knows: CloudFormation asks it to update to what was there before."""
        back = Request(self.account, self.region, self.stack, self.stack_id, old.logical_id, old.type, old.properties, old.generation)
        self.current[old.logical_id] = behaviour_of(old.type).update(back, old)
        self.current[old.logical_id].retained = old.retained

    def _clean_up(self, unwanted: list[Record]) -> None:
        """After success: what was replaced and what left the template. Failures here do not fail the stack, as with CloudFormation."""
        for record in reversed(unwanted):
            self._delete(record)
        for record in self._replaced:
            self._delete(record, current=False)

    def _delete(self, record: Record, current: bool = True) -> str | None:
        """Deletes or retains; returns why it could not."""
        if current:
            self.current.pop(record.logical_id, None)
        if record.retained:
            HISTORY.note("RETAIN", record)
            self.report(record.logical_id, record.type, record.physical_id, "DELETE_SKIPPED", None)
            return None
        try:
            behaviour_of(record.type).delete(record, self.stack_id)
        except Exception as error:
            if current:
                self.current[record.logical_id] = record
            self.report(record.logical_id, record.type, record.physical_id, "DELETE_FAILED", _reason(error))
            return f"{record.logical_id}: {_reason(error)}"
        HISTORY.note("DELETE", record)
        self.report(record.logical_id, record.type, record.physical_id, "DELETE_COMPLETE", None)
        return None

    def _delete_unfinished(self, name: str, resource_type: str, request: Request, physical_id: str) -> None:
        """A handler that failed to create named a physical id: CloudFormation asks it to delete that."""
        record = record_of(request, physical_id, {})
        try:
            behaviour_of(resource_type).delete(record, self.stack_id)
        except Exception as error:
            self.report(name, resource_type, physical_id, "DELETE_FAILED", _reason(error))


def _apply_retention(record: Record, resource: dict[str, Any]) -> None:
    policy = resource.get("DeletionPolicy", "Delete")
    record.retained = policy in ("Retain", "RetainExceptOnCreate")
    record.retained_on_rollback = policy == "RetainExceptOnCreate"


def _reason(error: Exception) -> str:
    """What CloudFormation would say; a mistake of the emulator is called one."""
    if isinstance(error, Refused):
        return str(error)
    code, message = getattr(error, "code", None), getattr(error, "message", None)
    if message is None:
        traceback.print_exception(error)
        return f"The emulator itself failed: {error!r}"
    return f"{code}: {message}" if isinstance(code, str) and code not in message else str(message)
