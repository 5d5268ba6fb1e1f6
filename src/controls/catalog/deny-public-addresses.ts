import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { TemplateRule, within, withinEach } from '../template-rule';

const INTERFACE = 'arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0123456789abcdef0';

/** LZ.VPC.2. */
export function denyPublicAddresses(): Control {
  return new Control({
    id: 'LZ.VPC.2',
    title: 'Instances ask for no public address',
    description: 'An instance with a public address is scanned within minutes, and only its security group stands before it. No instance is launched with one, '
      + 'and no Elastic IP address is given to an instance; load balancers and the hub take traffic in. '
      + 'Not covered: a subnet that gives addresses by itself, which a launch cannot be told by. Find those with EC2.15, or block public access of VPCs for the account.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'AC-21', 'SC-7', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['AWS-GR_EC2_INSTANCE_NO_PUBLIC_IP', 'AWS-GR_SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED', 'CT.EC2.PR.8', 'CT.EC2.PR.9'],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html (ec2:AssociatePublicIpAddress of network interfaces, read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html (NIST 800-53 and PCI DSS mapping of EC2.9 and EC2.15, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['ec2:RunInstances'],
        resources: ['arn:*:ec2:*:*:network-interface/*'],
        conditions: { Bool: { 'ec2:AssociatePublicIpAddress': 'true' } },
      },
      { actions: ['ec2:AssociateAddress'] },
    )],
    proactive: [ProactiveMechanism.nagRule('No instance and no launch template asks for a public address', new TemplateRule({
      'AWS::EC2::Instance': (instance) => withoutAddress('NetworkInterfaces', instance.NetworkInterfaces),
      'AWS::EC2::LaunchTemplate': (template) => within('LaunchTemplateData', template.LaunchTemplateData,
        (data) => withoutAddress('LaunchTemplateData.NetworkInterfaces', data.NetworkInterfaces)),
    }))],
    detective: [
      DetectiveMechanism.configRule('EC2_INSTANCE_NO_PUBLIC_IP'),
      DetectiveMechanism.configRule('SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'),
      DetectiveMechanism.securityHub('EC2.9'),
      DetectiveMechanism.securityHub('EC2.15'),
    ],
    proof: {
      denies: [
        { action: 'ec2:RunInstances', resource: INTERFACE, context: { 'ec2:AssociatePublicIpAddress': ['true'] } },
        { action: 'ec2:RunInstances', resource: INTERFACE, principal: 'root', context: { 'ec2:AssociatePublicIpAddress': ['true'] } },
        { action: 'ec2:AssociateAddress' },
      ],
      allows: [
        { action: 'ec2:RunInstances', resource: INTERFACE, context: { 'ec2:AssociatePublicIpAddress': ['false'] } },
        { action: 'ec2:RunInstances', resource: INTERFACE, context: { 'ec2:AssociatePublicIpAddress': [] } },
        { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0' },
        { action: 'ec2:AllocateAddress' },
        { action: 'ec2:RunInstances', principal: PLATFORM_ROLE, resource: INTERFACE, context: { 'ec2:AssociatePublicIpAddress': ['true'] } },
      ],
    },
  });
}

/** What asks for an address, or may; an interface that does not say takes what its subnet gives. */
function withoutAddress(path: string, interfaces: unknown): string[] {
  return withinEach(path, interfaces, (device, at) => within(`${at}.AssociatePublicIpAddress`, device.AssociatePublicIpAddress,
    (address) => (String(address) === 'true' ? [`${at}.AssociatePublicIpAddress must not be true`] : [])));
}
