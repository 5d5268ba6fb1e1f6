import json
import unittest
import uuid
from typing import Any

from moto.cloudformation.models import Stack, cloudformation_backends
from moto.ec2.models import ec2_backends
from aws_emulator.records import HISTORY

REGION = "eu-west-1"
HUB = "AWS::EC2::TransitGateway"
CLOSED = {"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"}


def resource(resource_type: str, properties: dict[str, Any], **options: Any) -> dict[str, Any]:
    return {"Type": f"AWS::EC2::{resource_type}" if "::" not in resource_type else resource_type, "Properties": properties, **options}


def ref(name: str) -> dict[str, str]:
    return {"Ref": name}


class NetworkTypes(unittest.TestCase):
    def setUp(self) -> None:
        HISTORY.clear()
        self.account, self.other = (str(uuid.uuid4().int)[:12] for _ in range(2))

    def create(self, resources: dict[str, Any], account: str | None = None) -> Stack:
        backend = type(cloudformation_backends[self.account][REGION])(REGION, account or self.account)
        return backend.create_stack(f"S{uuid.uuid4().hex[:6]}", json.dumps({"Resources": resources}), {})  # type: ignore[no-any-return]

    def refused(self, reason: str, resources: dict[str, Any], account: str | None = None) -> None:
        stack = self.create(resources, account)
        self.assertIn("ROLLBACK", stack.status)
        reasons = [event.resource_status_reason or "" for event in stack.events]
        self.assertTrue(any(reason in text for text in reasons), reasons)

    def hub(self) -> dict[str, Any]:
        return {
            "Hub": resource(HUB, CLOSED), "Table": resource("TransitGatewayRouteTable", {"TransitGatewayId": ref("Hub")}),
            "Vpc": resource("VPC", {"CidrBlock": "10.0.0.0/16"}),
            "Subnet": resource("Subnet", {"VpcId": ref("Vpc"), "CidrBlock": "10.0.0.0/24", "AvailabilityZoneId": "euw1-az1"}),
            "Attachment": resource("TransitGatewayAttachment", {"TransitGatewayId": ref("Hub"), "VpcId": ref("Vpc"), "SubnetIds": [ref("Subnet")]}),
        }

    def route(self, destination: str, **properties: Any) -> dict[str, Any]:
        return resource("TransitGatewayRoute", {"TransitGatewayRouteTableId": ref("Table"), "DestinationCidrBlock": destination, **properties})

    def test_what_a_template_makes_is_there(self) -> None:
        relation = {"TransitGatewayAttachmentId": ref("Attachment"), "TransitGatewayRouteTableId": ref("Table")}
        stack = self.create({
            **self.hub(), "Association": resource("TransitGatewayRouteTableAssociation", relation), "Propagation": resource("TransitGatewayRouteTablePropagation", relation),
            "Black": self.route("10.0.0.0/8", Blackhole=True), "Out": self.route("0.0.0.0/0", TransitGatewayAttachmentId=ref("Attachment")),
        })
        self.assertEqual(stack.status, "CREATE_COMPLETE")
        backend = ec2_backends[self.account][REGION]
        (table,) = backend.transit_gateways_route_tables.values()
        self.assertEqual({destination: route["state"] for destination, route in table.routes.items()}, {"10.0.0.0/8": "blackhole", "0.0.0.0/0": "active"})
        self.assertEqual((len(table.route_table_associations), len(table.route_table_propagation)), (1, 1))

    def test_two_routes_to_one_destination_are_refused(self) -> None:
        self.refused("already exists", {**self.hub(), "One": self.route("10.0.0.0/8", Blackhole=True), "Two": self.route("10.0.0.0/8", TransitGatewayAttachmentId=ref("Attachment"))})

    def test_a_route_without_target_is_refused(self) -> None:
        self.refused("needs an attachment or a black hole", {**self.hub(), "One": self.route("10.0.0.0/8")})

    def test_a_second_association_is_refused(self) -> None:
        relation = {"TransitGatewayAttachmentId": ref("Attachment"), "TransitGatewayRouteTableId": ref("Table")}
        self.refused("already associated", {**self.hub(), **{name: resource("TransitGatewayRouteTableAssociation", relation) for name in ("One", "Two")}})

    def test_subnets_of_another_vpc_and_of_one_zone_are_refused(self) -> None:
        second = resource("Subnet", {"VpcId": ref("Vpc"), "CidrBlock": "10.0.1.0/24", "AvailabilityZoneId": "euw1-az1"})
        attachment = resource("TransitGatewayAttachment", {"TransitGatewayId": ref("Hub"), "VpcId": ref("Vpc"), "SubnetIds": [ref("Subnet"), ref("Second")]})
        self.refused("Duplicate Availability Zones", {**self.hub(), "Second": second, "Attachment": attachment})
        self.refused("does not exist in", {**self.hub(), "Attachment": resource("TransitGatewayAttachment", {"TransitGatewayId": ref("Hub"), "VpcId": ref("Vpc"), "SubnetIds": ["subnet-1"]})})

    def test_a_peering_carries_nothing_until_it_is_accepted(self) -> None:
        peer = ec2_backends[self.account]["us-east-1"].create_transit_gateway("peer")
        peering = {"Peering": resource("TransitGatewayPeeringAttachment", {
            "TransitGatewayId": ref("Hub"), "PeerTransitGatewayId": peer.id, "PeerAccountId": self.account, "PeerRegion": "us-east-1"})}
        self.refused("is in invalid state (pendingAcceptance)", {**self.hub(), **peering, "Over": self.route("10.32.0.0/11", TransitGatewayAttachmentId=ref("Peering"))})

    def test_a_gateway_of_another_account_is_there_when_it_is_shared(self) -> None:
        self.create({"Hub": resource(HUB, CLOSED)})
        (gateway,) = ec2_backends[self.account][REGION].transit_gateways.values()
        spoke = {name: part for name, part in self.hub().items() if name in ("Vpc", "Subnet")}
        spoke["Attachment"] = resource("TransitGatewayAttachment", {"TransitGatewayId": gateway.id, "VpcId": ref("Vpc"), "SubnetIds": [ref("Subnet")]})
        self.refused("does not exist", spoke, self.other)
        self.create({"Share": resource("AWS::RAM::ResourceShare", {"Name": "hub", "ResourceArns": [gateway.arn]})})
        self.assertEqual(self.create(spoke, self.other).status, "CREATE_COMPLETE")
        self.assertEqual([one.resource_owner_id for one in ec2_backends[self.account][REGION].transit_gateway_attachments.values()], [self.other])


if __name__ == "__main__":
    unittest.main()
