import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { TemplateRule, within } from '../template-rule';

/** LZ.VPC.4. */
export function denyPublicSubnets(): Control {
  return new Control({
    id: 'LZ.VPC.4',
    title: 'Subnets give no public addresses by themselves',
    description: 'In a subnet that gives every network interface a public address, an instance is on the internet because nobody said no. '
      + 'A subnet says that it does not, also one that holds load balancers: those get their addresses without it. '
      + 'With LZ.VPC.2, which stops launches that ask for an address, no instance comes to one by mistake.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'AC-21', 'SC-7', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)', 'SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)'),
      Framework.PCI_DSS.maps('1.4.4'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    controlTower: ['CT.EC2.PR.11', 'AWS-GR_SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'],
    sources: [
      'https://github.com/cdklabs/cdk-validator-cfnguard/blob/main/rules/control-tower/cfn-guard/ec2/ct-ec2-pr-11.guard (and NIST 800-53 mapping in its metadata, read 2026-11-23)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('No subnet gives public addresses by itself', new TemplateRule({
      'AWS::EC2::Subnet': ({ MapPublicIpOnLaunch }) => within('MapPublicIpOnLaunch', MapPublicIpOnLaunch,
        (isMapped) => (String(isMapped) === 'true' ? ['MapPublicIpOnLaunch must not be true'] : [])),
    }))],
    detective: [
      DetectiveMechanism.configRule('SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'),
      DetectiveMechanism.securityHub('EC2.15'),
    ],
  });
}
