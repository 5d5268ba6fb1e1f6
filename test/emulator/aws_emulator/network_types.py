"""VPCs, subnets, transit gateways with what hangs on them, and VPN connections: moto has them too, so functions and the SDK see what templates made.

What is refused is what AWS refuses: a gateway that is not shared with the account, a second subnet of a zone (Amazon VPC Transit Gateways, "Amazon VPC
attachments"), and with the errors that users publish (read 2026-11-23): RouteAlreadyExists, Resource.AlreadyAssociated,
TransitGatewayRouteTablePropagation.Duplicate, and IncorrectState for routes and associations by a peering that nobody accepted.
"""

from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.models.transit_gateway_attachments import TransitGatewayAttachment, TransitGatewayVpcAttachment

from .records import HISTORY, Record
from .resource_types import Recorded, Request, register
from .specification import Refused

Made = tuple[str, dict[str, Any]]
"""Physical id, and the attributes that moto knows better than a record."""


class _InMoto(Recorded):
    """A record, and the same in moto."""

    def create(self, request: Request) -> Record:
        record = super().create(request)
        made = self.make(ec2_backends[request.account][request.region], request.properties, request)
        if made is not None:
            record.physical_id, attributes = made
            record.attributes.update(attributes)
        return record

    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        """Makes it in moto; none where moto cannot."""
        raise NotImplementedError

    def delete(self, record: Record, stack_id: str) -> None:
        self.remove(ec2_backends[record.account][record.region], record)

    def remove(self, backend: Any, record: Record) -> None:
        raise NotImplementedError


class Vpc(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        if "CidrBlock" not in properties:
            return None
        vpc = backend.create_vpc(properties["CidrBlock"], tags=properties.get("Tags"))
        group = backend.get_security_group_from_name("default", vpc_id=vpc.id)
        acl = next(acl for acl in backend.network_acls.values() if acl.vpc_id == vpc.id and acl.default)
        return vpc.id, {"VpcId": vpc.id, "DefaultSecurityGroup": group.id, "DefaultNetworkAcl": acl.id}

    def remove(self, backend: Any, record: Record) -> None:
        if record.physical_id in backend.vpcs:
            backend.delete_vpc(record.physical_id)


class Subnet(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        if properties["VpcId"] not in backend.vpcs or "CidrBlock" not in properties:
            return None
        zone_id = properties.get("AvailabilityZoneId")
        zone = properties.get("AvailabilityZone") or (None if zone_id else f"{request.region}a")
        subnet = backend.create_subnet(properties["VpcId"], properties["CidrBlock"], availability_zone=zone, availability_zone_id=zone_id)
        return subnet.id, {"SubnetId": subnet.id}

    def remove(self, backend: Any, record: Record) -> None:
        if any(record.physical_id in subnets for subnets in backend.subnets.values()):
            backend.delete_subnet(record.physical_id)


class TransitGateway(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        options = {name: str(value) if name == "AmazonSideAsn" else value for name, value in properties.items() if name not in ("Description", "Tags")}
        gateway = backend.create_transit_gateway(properties.get("Description"), options, properties.get("Tags"))
        if properties.get("DefaultRouteTableAssociation") == properties.get("DefaultRouteTablePropagation") == "disable":
            # moto makes a default table all the same.
            del backend.transit_gateways_route_tables[gateway.default_route_table.id]
            gateway.default_route_table = None
        return gateway.id, {"Id": gateway.id, "TransitGatewayArn": gateway.arn}

    def remove(self, backend: Any, record: Record) -> None:
        backend.delete_transit_gateway(record.physical_id)


class VpcAttachment(_InMoto):
    """Of an account's own gateway, or of one that is shared with it: the gateway's account sees the attachment too."""

    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        vpc, subnets = properties["VpcId"], properties["SubnetIds"]
        owner, gateway = _gateway(properties["TransitGatewayId"], request)
        known = {subnet.id: subnet for zone in backend.subnets.values() for subnet in zone.values() if subnet.vpc_id == vpc}
        foreign = [subnet for subnet in subnets if subnet not in known]
        if foreign:
            raise Refused(f"The subnet ID '{foreign[0]}' does not exist in {vpc}")
        if len({known[subnet].availability_zone_id for subnet in subnets}) < len(subnets):
            raise Refused("Duplicate Availability Zones for the specified subnets")
        attachment = TransitGatewayVpcAttachment(backend, gateway, vpc, list(subnets), options=properties.get("Options"))
        for place in (backend, owner):
            place.transit_gateway_attachments[attachment.id] = attachment
        return attachment.id, {"Id": attachment.id}

    def update(self, request: Request, old: Record) -> Record:
        record = super().update(request, old)
        attachment = ec2_backends[request.account][request.region].transit_gateway_attachments[old.physical_id]
        attachment.subnet_ids = list(request.properties["SubnetIds"])
        attachment.options.update(request.properties.get("Options", {}))
        return record

    def remove(self, backend: Any, record: Record) -> None:
        backend.delete_transit_gateway_vpc_attachment(record.physical_id)
        for _, owner in _all_backends():
            owner.transit_gateway_attachments.pop(record.physical_id, None)


class RouteTable(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        _own(backend.transit_gateways, properties["TransitGatewayId"], "transit gateway")
        table = backend.create_transit_gateway_route_table(properties["TransitGatewayId"], {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])})
        return table.id, {"TransitGatewayRouteTableId": table.id}

    def remove(self, backend: Any, record: Record) -> None:
        backend.delete_transit_gateway_route_table(record.physical_id)


class Association(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        table, attachment = _table_and_attachment(backend, properties)
        if attachment.id in backend.transit_gateway_associations:
            raise Refused(f"Transit Gateway Attachment {attachment.id} is already associated to a route table.")
        backend.associate_transit_gateway_route_table(attachment.id, table.id)
        if attachment.resource_type != "peering":
            attachment.transit_gateway_route_table = table
        return f"{attachment.id}|{table.id}", {}

    def remove(self, backend: Any, record: Record) -> None:
        attachment, table = record.physical_id.split("|")
        backend.disassociate_transit_gateway_route_table(attachment, table)


class Propagation(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        table, attachment = _table_and_attachment(backend, properties)
        if attachment.resource_type == "peering":
            raise Refused(f"{attachment.id} is a peering: it propagates no routes")
        if any(known.transitGatewayAttachmentId == attachment.id for known in table.route_table_propagation):
            raise Refused(f"Propagation {attachment.id} already exists in Transit Gateway Route Table {table.id}.")
        backend.enable_transit_gateway_route_table_propagation(attachment.id, table.id)
        return f"{attachment.id}|{table.id}", {}

    def remove(self, backend: Any, record: Record) -> None:
        attachment, table = record.physical_id.split("|")
        backend.disable_route_table_propagation(attachment, table)


class Route(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        destination, is_blackhole = properties["DestinationCidrBlock"], properties.get("Blackhole", False) in (True, "true")
        table = _own(backend.transit_gateways_route_tables, properties["TransitGatewayRouteTableId"], "route table")
        if destination in table.routes:
            raise Refused(f"Route {destination} already exists in Transit Gateway Route Table {table.id}.")
        if is_blackhole == ("TransitGatewayAttachmentId" in properties):
            raise Refused(f"Route {destination} needs an attachment or a black hole, and not both")
        attachment = None if is_blackhole else _table_and_attachment(backend, properties)[1].id
        route = backend.create_transit_gateway_route(table.id, destination, attachment, is_blackhole)
        if "transitGatewayAttachments" in route:
            # AWS answers with a list, moto with its only element.
            route["transitGatewayAttachments"] = [route["transitGatewayAttachments"]]
        return f"{table.id}|{destination}", {}

    def remove(self, backend: Any, record: Record) -> None:
        table, destination = record.physical_id.split("|")
        backend.delete_transit_gateway_route(table, destination)


class PeeringAttachment(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        peer = ec2_backends[properties["PeerAccountId"]][properties["PeerRegion"]]
        _own(backend.transit_gateways, properties["TransitGatewayId"], "transit gateway")
        _own(peer.transit_gateways, properties["PeerTransitGatewayId"], "transit gateway")
        attachment = backend.create_transit_gateway_peering_attachment(
            properties["TransitGatewayId"], properties["PeerTransitGatewayId"], properties["PeerRegion"], properties["PeerAccountId"],
            {tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])})
        return attachment.id, {"TransitGatewayAttachmentId": attachment.id, "State": attachment.state}

    def remove(self, backend: Any, record: Record) -> None:
        backend.delete_transit_gateway_peering_attachment(record.physical_id)


class CustomerGateway(_InMoto):
    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        number = properties.get("BgpAsn", properties.get("BgpAsnExtended", 65000))
        gateway = backend.create_customer_gateway(properties["Type"], properties.get("IpAddress"), str(number))
        return gateway.id, {"CustomerGatewayId": gateway.id}

    def remove(self, backend: Any, record: Record) -> None:
        backend.delete_customer_gateway(record.physical_id)


class VpnConnection(_InMoto):
    """AWS makes the attachment with it."""

    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        if "TransitGatewayId" not in properties:
            return None
        connection = backend.create_vpn_connection(properties["Type"], properties["CustomerGatewayId"], transit_gateway_id=properties["TransitGatewayId"])
        backend.create_transit_gateway_vpn_attachment(connection.id, properties["TransitGatewayId"])
        return connection.id, {"VpnConnectionId": connection.id}

    def remove(self, backend: Any, record: Record) -> None:
        if record.physical_id in backend.vpn_connections:
            backend.delete_vpn_connection(record.physical_id)


class Firewall(_InMoto):
    """Network Firewall makes an attachment where it stands at a gateway; its endpoints in VPCs are recorded only."""

    def make(self, backend: Any, properties: dict[str, Any], request: Request) -> Made | None:
        if "TransitGatewayId" not in properties:
            return None
        gateway = _own(backend.transit_gateways, properties["TransitGatewayId"], "transit gateway")
        attachment = TransitGatewayAttachment(backend, properties["FirewallName"], "network-function", gateway)
        backend.transit_gateway_attachments[attachment.id] = attachment
        name = f"arn:aws:network-firewall:{request.region}:{request.account}:firewall/{properties['FirewallName']}"
        return name, {"FirewallArn": name, "TransitGatewayAttachmentId": attachment.id}

    def remove(self, backend: Any, record: Record) -> None:
        backend.transit_gateway_attachments.pop(record.attributes.get("TransitGatewayAttachmentId"), None)


def _all_backends() -> list[tuple[str, Any]]:
    return [(account, backend) for account, regions in list(ec2_backends.items()) for backend in list(regions.values())]


def _gateway(gateway_id: str, request: Request) -> tuple[Any, Any]:
    """The gateway and the backend that has it: of this account, or shared with others by AWS RAM."""
    for account, backend in _all_backends():
        gateway = backend.transit_gateways.get(gateway_id)
        if gateway is None or backend.region_name != request.region:
            continue
        shares = [record for record in list(HISTORY.resources.values()) if record.type == "AWS::RAM::ResourceShare"]
        if account == request.account or any(gateway.arn in record.properties.get("ResourceArns", []) for record in shares):
            return backend, gateway
    raise Refused(f"Transit Gateway {gateway_id} was deleted or does not exist.")


def _own(known: dict[str, Any], identifier: str, what: str) -> Any:
    if identifier not in known:
        raise Refused(f"The {what} {identifier} does not exist")
    return known[identifier]


def _table_and_attachment(backend: Any, properties: dict[str, Any]) -> tuple[Any, Any]:
    table = _own(backend.transit_gateways_route_tables, properties["TransitGatewayRouteTableId"], "route table")
    attachment = _own(backend.transit_gateway_attachments, properties["TransitGatewayAttachmentId"], "attachment")
    if attachment.state != "available":
        raise Refused(f"{attachment.id} is in invalid state ({attachment.state})")
    return table, attachment


register("AWS::EC2::VPC", Vpc())
register("AWS::EC2::Subnet", Subnet())
register("AWS::EC2::TransitGateway", TransitGateway())
register("AWS::EC2::TransitGatewayAttachment", VpcAttachment())
register("AWS::EC2::TransitGatewayRouteTable", RouteTable())
register("AWS::EC2::TransitGatewayRouteTableAssociation", Association())
register("AWS::EC2::TransitGatewayRouteTablePropagation", Propagation())
register("AWS::EC2::TransitGatewayRoute", Route())
register("AWS::EC2::TransitGatewayPeeringAttachment", PeeringAttachment())
register("AWS::EC2::CustomerGateway", CustomerGateway())
register("AWS::EC2::VPNConnection", VpnConnection())
register("AWS::NetworkFirewall::Firewall", Firewall())
