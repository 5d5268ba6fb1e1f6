import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.SANDBOX.1. */
export function isolateSandboxes(): Control {
  return new Control({
    id: 'LZ.SANDBOX.1',
    title: 'Accounts for experiments stay out of the company\'s networks',
    description: 'What is tried out is unpatched, open and soon forgotten; with a way into the network it is a way in for others. No VPC of such an account is connected to another one, '
      + 'to a transit gateway, a WAN, a data centre or a client VPN, and no network resource that is shared with it is accepted. Its own VPCs and their internet gateways are left alone.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'CA-3', 'SC-7', 'SC-7(21)'),
      Framework.PCI_DSS.maps('1.2.1', '6.5.3'),
      Framework.ISO_27001.maps('A.8.22', 'A.8.31'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['AWS-GR_DISALLOW_CROSS_REGION_NETWORKING', 'AWS-GR_DISALLOW_VPN_CONNECTIONS'],
    sources: [
      'https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/sandbox-ou.html (no connection to internal networks, read 2026-11-22)',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (actions, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'directconnect:AcceptDirectConnectGatewayAssociationProposal', 'directconnect:ConfirmPrivateVirtualInterface', 'directconnect:ConfirmTransitVirtualInterface',
        'directconnect:CreateConnection', 'directconnect:CreateDirectConnectGatewayAssociation', 'directconnect:CreatePrivateVirtualInterface',
        'directconnect:CreateTransitVirtualInterface',
        'ec2:AcceptTransitGatewayPeeringAttachment', 'ec2:AcceptTransitGatewayVpcAttachment', 'ec2:AcceptVpcPeeringConnection', 'ec2:AttachVpnGateway',
        'ec2:CreateClientVpnEndpoint', 'ec2:CreateTransitGatewayConnect', 'ec2:CreateTransitGatewayPeeringAttachment', 'ec2:CreateTransitGatewayVpcAttachment',
        'ec2:CreateVpcPeeringConnection', 'ec2:CreateVpnConnection',
        'networkmanager:CreateConnectAttachment', 'networkmanager:CreateDirectConnectGatewayAttachment', 'networkmanager:CreateSiteToSiteVpnAttachment',
        'networkmanager:CreateVpcAttachment',
        'ram:AcceptResourceShareInvitation', 'route53:AssociateVPCWithHostedZone', 'route53resolver:AssociateResolverRule',
        'vpc-lattice:CreateServiceNetworkVpcAssociation',
      ],
    })],
    proof: {
      denies: [
        { action: 'ec2:CreateVpcPeeringConnection' },
        { action: 'ec2:AcceptVpcPeeringConnection', principal: 'root' },
        { action: 'ec2:CreateTransitGatewayVpcAttachment' },
        { action: 'ec2:CreateVpnConnection' },
        { action: 'networkmanager:CreateVpcAttachment' },
        { action: 'directconnect:CreatePrivateVirtualInterface' },
        { action: 'vpc-lattice:CreateServiceNetworkVpcAssociation' },
      ],
      allows: [
        { action: 'ec2:CreateVpc' },
        { action: 'ec2:CreateInternetGateway' },
        { action: 'ec2:RunInstances' },
        { action: 'ec2:DeleteVpcPeeringConnection' },
        { action: 'ec2:CreateTransitGatewayVpcAttachment', principal: PLATFORM_ROLE },
      ],
    },
  });
}
