import { Control } from '../control';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.NETWORK.3. */
export function protectNetworkAttachments(): Control {
  return new Control({
    id: 'LZ.NETWORK.3',
    title: 'Attachments to the shared network stay',
    description: 'A spoke reaches inspection, shared services and the outside by its attachment to the hub; without it the account is cut off, or finds another way. '
      + 'Nobody but the platform deletes or changes attachments to transit gateways and core networks, or takes a Route 53 profile off a VPC. '
      + 'The route tables of a VPC stay the team\'s.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'CM-3', 'CM-5', 'SC-7'),
      Framework.ISO_27001.maps('A.8.9', 'A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6', 'CC8.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (actions, read 2026-11-22)',
      'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'ec2:DeleteTransitGatewayPeeringAttachment', 'ec2:DeleteTransitGatewayVpcAttachment', 'ec2:ModifyTransitGatewayVpcAttachment',
        'networkmanager:DeleteAttachment', 'route53profiles:DisassociateProfile',
      ],
    })],
    proof: {
      denies: [
        { action: 'ec2:DeleteTransitGatewayVpcAttachment' },
        { action: 'ec2:ModifyTransitGatewayVpcAttachment', principal: 'root' },
        { action: 'networkmanager:DeleteAttachment', principal: 'user/someone' },
        { action: 'route53profiles:DisassociateProfile' },
      ],
      allows: [
        { action: 'ec2:ReplaceRoute' },
        { action: 'ec2:CreateTransitGatewayVpcAttachment' },
        { action: 'route53profiles:AssociateProfile' },
        { action: 'ec2:DeleteTransitGatewayVpcAttachment', principal: PLATFORM_ROLE },
      ],
    },
  });
}
