"""Physical ids and attributes of recorded resources: shaped as AWS shapes them where that matters, and the same on every run."""

import hashlib
from typing import Any

from .specification import Specification

_EC2_PREFIXES = {
    "VPC": "vpc", "Subnet": "subnet", "RouteTable": "rtb", "SecurityGroup": "sg", "InternetGateway": "igw", "NatGateway": "nat", "TransitGateway": "tgw",
    "TransitGatewayAttachment": "tgw-attach", "TransitGatewayVpcAttachment": "tgw-attach", "TransitGatewayRouteTable": "tgw-rtb", "VPCEndpoint": "vpce",
    "NetworkAcl": "acl", "FlowLog": "fl", "PrefixList": "pl", "IPAM": "ipam", "IPAMPool": "ipam-pool", "EIP": "eipalloc", "Instance": "i",
}
_GLOBAL_SERVICES = {"iam", "organizations", "cloudfront", "route53"}


def names(specification: Specification, resource_type: str, properties: dict[str, Any], account: str, region: str, stack: str, logical_id: str,
          generation: int) -> tuple[str, dict[str, Any]]:
    """Physical id and attributes of a resource that is only recorded; `generation` tells a replacement from what it replaces."""
    digest = hashlib.sha1(f"{account}/{region}/{stack}/{logical_id}/{generation}".encode()).hexdigest()
    _, service, kind = resource_type.split("::")[:3]
    name = f"{stack}-{logical_id}-{digest[:12].upper()}"
    identifier = f"{_EC2_PREFIXES.get(kind, kind.lower()[:24])}-{digest[:17]}" if service == "EC2" else name
    arn = arn_of(resource_type, account, region, identifier)

    primary = specification.primary_identifier(resource_type)
    attributes: dict[str, Any] = {}
    for attribute in specification.attributes(resource_type):
        if attribute in properties:
            attributes[attribute] = properties[attribute]
        elif attribute.endswith("Arn"):
            attributes[attribute] = arn if attribute in ("Arn", f"{kind}Arn") else f"{arn}/{attribute}"
        elif attribute == "EndpointIds":
            zones = properties.get("SubnetMappings") or properties.get("AvailabilityZoneMappings") or []
            attributes[attribute] = [f"{region}{'abcdef'[i]}:vpce-{digest[i:i + 17]}" for i in range(len(zones))]
        elif attribute.endswith("s") and not attribute.endswith("Status"):
            attributes[attribute] = [f"{attribute.lower()}-{digest[:8]}-{index}" for index in range(3)]
        elif attribute in primary or attribute == "Id":
            attributes[attribute] = identifier
        else:
            attributes[attribute] = f"{attribute.split('.')[-1].lower()}-{digest[:17]}"

    parts = [str(properties.get(part, attributes.get(part, identifier))) for part in primary] or [identifier]
    physical_id = "|".join(parts)
    if "Arn" in attributes and len(primary) == 1 and not primary[0].endswith("Arn"):
        attributes["Arn"] = arn_of(resource_type, account, region, physical_id)
    return physical_id, attributes


def arn_of(resource_type: str, account: str, region: str, identifier: str) -> str:
    """The ARN of a resource by its name or id."""
    service, kind = resource_type.split("::")[1].lower(), resource_type.split("::")[2]
    if service == "s3":
        return f"arn:aws:s3:::{identifier}"
    if service == "lambda" and kind == "Function":
        return f"arn:aws:lambda:{region}:{account}:function:{identifier}"
    if service == "lambda" and kind in ("Alias", "Version"):
        return f"arn:aws:lambda:{region}:{account}:function:{identifier}:{'1' if kind == 'Version' else 'live'}"
    if service == "rds" and kind == "DBProxy":
        return f"arn:aws:rds:{region}:{account}:db-proxy:{identifier}"
    if service == "elasticloadbalancingv2":
        path = {"LoadBalancer": f"loadbalancer/app/{identifier}/50dc6c495c0c9188", "Listener": f"listener/app/{identifier}/50dc6c495c0c9188/0467ef3c8400ae65",
                "ListenerRule": f"listener-rule/app/{identifier}/50dc6c495c0c9188/0467ef3c8400ae65/9683b2d02a6cabee", "TargetGroup": f"targetgroup/{identifier}/6d0ecf831eec9f09"}
        return f"arn:aws:elasticloadbalancing:{region}:{account}:{path.get(kind, f'{kind.lower()}/{identifier}')}"
    if service == "sns" and kind == "Topic":
        return f"arn:aws:sns:{region}:{account}:{identifier}"
    if service == "logs" and kind == "LogGroup":
        return f"arn:aws:logs:{region}:{account}:log-group:{identifier}:*"
    if service == "ssm" and kind == "Parameter":
        return f"arn:aws:ssm:{region}:{account}:parameter/{identifier.lstrip('/')}"
    where = "" if service in _GLOBAL_SERVICES else region
    return f"arn:aws:{service}:{where}:{account}:{kind.lower()}/{identifier}"
