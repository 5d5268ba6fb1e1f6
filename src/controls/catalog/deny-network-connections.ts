import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.NETWORK.2. */
export function denyNetworkConnections(): Control {
  return new Control({
    id: 'LZ.NETWORK.2',
    title: 'Networks are connected by the platform alone',
    description: 'A peering, a VPN or a transit gateway that a team makes by itself joins networks behind the back of segmentation and inspection. '
      + 'Only the platform makes or accepts peerings, VPN and Direct Connect connections, transit gateways and core networks. '
      + 'Attaching a VPC to the shared transit gateway stays open: without an association it carries nothing. '
      + 'Before enabling it, list the peerings and VPNs that exist; they go on to work.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'AC-4(21)', 'AC-17', 'CA-3', 'CA-9', 'SC-7'),
      Framework.PCI_DSS.maps('1.3.1', '1.3.2', '1.4.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.21', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['AWS-GR_DISALLOW_VPN_CONNECTIONS', 'AWS-GR_DISALLOW_CROSS_REGION_NETWORKING'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/tree/main/Privileged-access-controls (VPN and public connectivity, read 2026-11-22)',
      'https://docs.aws.amazon.com/controltower/latest/controlreference/data-residency-preventive-controls.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'directconnect:AcceptDirectConnectGatewayAssociationProposal', 'directconnect:AssociateVirtualInterface', 'directconnect:ConfirmConnection',
        'directconnect:ConfirmPrivateVirtualInterface', 'directconnect:ConfirmPublicVirtualInterface', 'directconnect:ConfirmTransitVirtualInterface',
        'directconnect:CreateConnection', 'directconnect:CreateDirectConnectGateway', 'directconnect:CreateDirectConnectGatewayAssociation',
        'directconnect:CreateDirectConnectGatewayAssociationProposal', 'directconnect:CreateLag', 'directconnect:CreatePrivateVirtualInterface',
        'directconnect:CreatePublicVirtualInterface', 'directconnect:CreateTransitVirtualInterface',
        'ec2:AcceptTransitGatewayPeeringAttachment', 'ec2:AcceptVpcPeeringConnection', 'ec2:AttachVpnGateway', 'ec2:CreateClientVpnEndpoint',
        'ec2:CreateCustomerGateway', 'ec2:CreateTransitGateway', 'ec2:CreateTransitGatewayConnect', 'ec2:CreateTransitGatewayPeeringAttachment',
        'ec2:CreateVpcPeeringConnection', 'ec2:CreateVpnConcentrator', 'ec2:CreateVpnConnection', 'ec2:CreateVpnGateway',
        'networkmanager:CreateConnectAttachment', 'networkmanager:CreateCoreNetwork', 'networkmanager:CreateDirectConnectGatewayAttachment',
        'networkmanager:CreateSiteToSiteVpnAttachment', 'networkmanager:CreateTransitGatewayPeering',
      ],
    })],
    detective: [
      DetectiveMechanism.configRule('EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED'),
      DetectiveMechanism.securityHub('EC2.23'),
    ],
    proof: {
      denies: [
        { action: 'ec2:CreateVpcPeeringConnection' },
        { action: 'ec2:AcceptVpcPeeringConnection', principal: 'root' },
        { action: 'ec2:CreateVpnConnection' },
        { action: 'ec2:CreateClientVpnEndpoint', principal: 'user/someone' },
        { action: 'ec2:CreateTransitGateway' },
        { action: 'directconnect:CreatePublicVirtualInterface' },
        { action: 'networkmanager:CreateCoreNetwork' },
      ],
      allows: [
        { action: 'ec2:CreateTransitGatewayVpcAttachment' },
        { action: 'ec2:DeleteVpcPeeringConnection' },
        { action: 'ec2:CreateRoute' },
        { action: 'ec2:CreateVpcPeeringConnection', principal: PLATFORM_ROLE },
      ],
    },
  });
}
