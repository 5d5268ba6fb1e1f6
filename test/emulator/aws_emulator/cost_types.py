"""Budgets, cost categories and what asks about costs, in moto too, so that AWS's own calls show them."""

import json

from moto.athena.models import athena_backends
from moto.budgets.models import budgets_backends
from moto.ce.models import ce_backends
from moto.glue.models import glue_backends

from .records import Record
from .resource_types import Recorded, Request, register
from .specification import Refused


class _InMoto(Recorded):
    """Made again for each change, like the calls of these services that put a whole."""

    def make(self, request: Request, record: Record) -> None:
        raise NotImplementedError

    def remove(self, record: Record) -> None:
        raise NotImplementedError

    def create(self, request: Request) -> Record:
        record = super().create(request)
        self.make(request, record)
        return record

    def update(self, request: Request, old: Record) -> Record:
        self.remove(old)
        record = super().update(request, old)
        self.make(request, record)
        return record

    def delete(self, record: Record, stack_id: str) -> None:
        self.remove(record)


class Budget(_InMoto):
    """In the account that owns it, told by its name."""

    def make(self, request: Request, record: Record) -> None:
        budget = request.properties["Budget"]
        name = budget.get("BudgetName") or f"{request.stack}-{request.logical_id}"
        backend = budgets_backends[request.account]["aws"]
        if name in backend.budgets[request.account]:
            raise Refused(f"Error creating budget: {name} - the budget already exists. (DuplicateRecordException)")
        told = request.properties.get("NotificationsWithSubscribers", [])
        # moto refuses budgets that AWS adjusts.
        limit = {} if "BudgetLimit" in budget or "PlannedBudgetLimits" in budget else {"BudgetLimit": {"Amount": "0", "Unit": "USD"}}
        backend.create_budget(request.account, {**budget, **limit, "BudgetName": name}, [{"Notification": one["Notification"], "Subscribers": one["Subscribers"]} for one in told])
        record.native = name

    def remove(self, record: Record) -> None:
        budgets_backends[record.account]["aws"].budgets[record.account].pop(record.native, None)


class CostCategory(_InMoto):
    """Rules as text, which the API takes as a list."""

    def make(self, request: Request, record: Record) -> None:
        properties = request.properties
        rules, shared = json.loads(properties["Rules"]), json.loads(properties.get("SplitChargeRules", "[]"))
        arn, _ = ce_backends[request.account]["aws"].create_cost_category_definition(
            properties["Name"], None, properties["RuleVersion"], rules, properties.get("DefaultValue", ""), shared, [])
        record.physical_id, record.attributes["Arn"] = arn, arn

    def remove(self, record: Record) -> None:
        ce_backends[record.account]["aws"].cost_categories.pop(record.physical_id, None)


class Workgroup(_InMoto):
    """A workgroup of Athena."""

    def make(self, request: Request, record: Record) -> None:
        properties = request.properties
        made = athena_backends[request.account][request.region].create_work_group(properties["Name"], properties.get("WorkGroupConfiguration", {}), properties.get("Description", ""), [])
        if made is None:
            raise Refused(f"WorkGroup {properties['Name']} is already created (InvalidRequestException)")

    def remove(self, record: Record) -> None:
        athena_backends[record.account][record.region].work_groups.pop(record.properties["Name"], None)


class NamedQuery(_InMoto):
    """Refused without its workgroup and its database, as AWS does with the first."""

    def make(self, request: Request, record: Record) -> None:
        properties = request.properties
        backend = athena_backends[request.account][request.region]
        if properties.get("WorkGroup", "primary") not in backend.work_groups:
            raise Refused(f"WorkGroup {properties.get('WorkGroup')} is not found. (InvalidRequestException)")
        record.physical_id = backend.create_named_query(
            properties.get("Name", ""), properties.get("Description", ""), properties["Database"], properties["QueryString"], properties.get("WorkGroup", "primary"))
        record.attributes["NamedQueryId"] = record.physical_id

    def remove(self, record: Record) -> None:
        athena_backends[record.account][record.region].named_queries.pop(record.physical_id, None)


class Database(_InMoto):
    """A database of Glue's catalogue."""

    def make(self, request: Request, record: Record) -> None:
        given = request.properties["DatabaseInput"]
        glue_backends[request.account][request.region].create_database(given["Name"], given)

    def remove(self, record: Record) -> None:
        glue_backends[record.account][record.region].databases.pop(record.properties["DatabaseInput"]["Name"], None)


class Table(_InMoto):
    """A table of Glue's catalogue; the database must be there."""

    def make(self, request: Request, record: Record) -> None:
        given = request.properties["TableInput"]
        backend = glue_backends[request.account][request.region]
        if request.properties["DatabaseName"] not in backend.databases:
            raise Refused(f"Database {request.properties['DatabaseName']} not found. (EntityNotFoundException)")
        backend.create_table(request.properties["DatabaseName"], given["Name"], given)

    def remove(self, record: Record) -> None:
        database = glue_backends[record.account][record.region].databases.get(record.properties["DatabaseName"])
        if database is not None:
            database.tables.pop(record.properties["TableInput"]["Name"], None)


register("AWS::Athena::NamedQuery", NamedQuery())
register("AWS::Athena::WorkGroup", Workgroup())
register("AWS::Budgets::Budget", Budget())
register("AWS::CE::CostCategory", CostCategory())
register("AWS::Glue::Database", Database())
register("AWS::Glue::Table", Table())
