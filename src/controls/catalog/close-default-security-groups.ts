import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { TemplateRule } from '../template-rule';

/** LZ.VPC.5. */
export function closeDefaultSecurityGroups(): Control {
  return new Control({
    id: 'LZ.VPC.5',
    title: 'The default security group of a VPC lets nothing through',
    description: 'Whatever names no security group is put into the default one, which lets its members speak to each other and to the world: nobody has chosen that. '
      + 'No template opens it, and AWS Config reports those that are open. Spokes close theirs when they are made; the CDK\'s own Vpc does so by its feature flag restrictDefaultSecurityGroup.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('5.5'),
      Framework.NIST_800_53.maps('AC-4', 'AC-4(21)', 'SC-7', 'SC-7(4)', 'SC-7(5)', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)'),
      Framework.PCI_DSS.maps('1.2.1', '1.3.1'),
      Framework.ISO_27001.maps('A.8.20', 'A.8.22'),
      Framework.SOC_2.maps('CC6.6'),
    ],
    sources: [
      'https://github.com/awsdocs/aws-security-hub-user-guide/blob/main/doc_source/ec2-controls.md (NIST 800-53 mapping of EC2.2, read 2026-11-23)',
      'CIS, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('No rule opens the default security group of a VPC', new TemplateRule({
      'AWS::EC2::SecurityGroupIngress': ({ GroupId }) => openingOf(GroupId),
      'AWS::EC2::SecurityGroupEgress': ({ GroupId }) => openingOf(GroupId),
    }))],
    detective: [
      DetectiveMechanism.configRule('VPC_DEFAULT_SECURITY_GROUP_CLOSED'),
      DetectiveMechanism.securityHub('EC2.2'),
    ],
  });
}

function openingOf(groupId: any): string[] {
  const [vpc, attribute] = [groupId?.['Fn::GetAtt'] ?? []].flat().join('.').split('.');
  return attribute === 'DefaultSecurityGroup' ? [`GroupId must not be the default security group of ${vpc}`] : [];
}
