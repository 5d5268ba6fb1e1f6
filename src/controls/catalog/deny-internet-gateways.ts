import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.NETWORK.1. */
export function denyInternetGateways(): Control {
  return new Control({
    id: 'LZ.NETWORK.1',
    title: 'No way to the internet of an account\'s own',
    description: 'Behind a network hub with inspection, a VPC with its own internet gateway, NAT gateway or accelerator is a door that nobody watches. '
      + 'Only the platform makes or attaches internet, egress-only and carrier gateways, NAT gateways and accelerators; traffic goes through the hub. '
      + 'The CDK\'s deployment roles are platform principals: what a product team deploys with them is not stopped, so review its templates. '
      + 'Do not enable it on the network account\'s unit if people work there by hand.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.NIST_800_53.maps('AC-4', 'CM-7', 'SC-7', 'SC-7(3)', 'SC-7(5)', 'SC-7(8)'),
      Framework.PCI_DSS.maps('1.3.2', '1.4.1', '1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22', 'A.8.23'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['AWS-GR_DISALLOW_VPC_INTERNET_ACCESS', 'AWS-GR_NO_UNRESTRICTED_ROUTE_TO_IGW', 'CT.EC2.PV.8'],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Privileged-access-controls/'
        + 'Prevent-creating-or-expanding-public-connectivity-for-VPCs.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/controltower/latest/controlreference/data-residency-preventive-controls.html (read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'ec2:AttachInternetGateway', 'ec2:CreateCarrierGateway', 'ec2:CreateEgressOnlyInternetGateway', 'ec2:CreateInternetGateway', 'ec2:CreateNatGateway',
        'globalaccelerator:CreateAccelerator', 'globalaccelerator:CreateCrossAccountAttachment', 'globalaccelerator:CreateCustomRoutingAccelerator',
        'globalaccelerator:CreateCustomRoutingEndpointGroup', 'globalaccelerator:CreateCustomRoutingListener', 'globalaccelerator:CreateEndpointGroup',
        'globalaccelerator:CreateListener',
      ],
    })],
    detective: [DetectiveMechanism.configRule('INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY')],
    proof: {
      denies: [
        { action: 'ec2:CreateInternetGateway' },
        { action: 'ec2:AttachInternetGateway', principal: 'root' },
        { action: 'ec2:CreateEgressOnlyInternetGateway' },
        { action: 'ec2:CreateNatGateway' },
        { action: 'globalaccelerator:CreateAccelerator', principal: 'user/someone' },
        { action: 'globalaccelerator:CreateEndpointGroup' },
      ],
      allows: [
        { action: 'ec2:CreateVpc' },
        { action: 'ec2:DeleteInternetGateway' },
        { action: 'ec2:CreateVpcEndpoint' },
        { action: 'ec2:CreateInternetGateway', principal: PLATFORM_ROLE },
      ],
    },
  });
}
