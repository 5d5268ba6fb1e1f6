import { CfnResource, Stack } from 'aws-cdk-lib';
import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, ProactiveMechanism } from '../mechanism';
import { Severity } from '../severity';
import { propertiesOf } from '../template-properties';
import { TemplateRule } from '../template-rule';

/** LZ.VPC.6. */
export function requireFlowLogs(): Control {
  return new Control({
    id: 'LZ.VPC.6',
    title: 'VPCs have flow logs',
    description: 'After an incident, flow logs say who spoke to whom, and how much was taken away; nobody can write them afterwards. '
      + 'A VPC has a flow log in the stack that makes it, of rejected traffic at least. Spokes and the hub write theirs to the log archive. LZ.LOGS.2 keeps them from being deleted.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('3.7'),
      Framework.NIST_800_53.maps('AC-4(26)', 'AU-2', 'AU-3', 'AU-6(3)', 'AU-6(4)', 'AU-12', 'CA-7', 'SI-7(8)'),
      Framework.PCI_DSS.maps('10.2.1'),
      Framework.ISO_27001.maps('A.8.15', 'A.8.20'),
      Framework.SOC_2.maps('CC7.2'),
    ],
    sources: [
      'https://github.com/awsdocs/aws-security-hub-user-guide/blob/main/doc_source/ec2-controls.md (NIST 800-53 mapping of EC2.6, read 2026-11-23)',
      'CIS, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    proactive: [ProactiveMechanism.nagRule('A VPC has a flow log in its stack', new TemplateRule({
      'AWS::EC2::VPC': (_, vpc) => (flowLogsOf(vpc).some(({ TrafficType }) => TrafficType !== 'ACCEPT') ? [] : ['its stack must make a flow log of it, for all or for rejected traffic']),
    }))],
    detective: [
      DetectiveMechanism.configRule('VPC_FLOW_LOGS_ENABLED'),
      DetectiveMechanism.securityHub('EC2.6'),
    ],
  });
}

function flowLogsOf(vpc: CfnResource): any[] {
  const stack = Stack.of(vpc);
  const id = stack.resolve(vpc.logicalId);
  const names = [{ Ref: id }, { 'Fn::GetAtt': [id, 'VpcId'] }].map((name) => JSON.stringify(name));
  return stack.node.findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::EC2::FlowLog' && Stack.of(node) === stack)
    .map((log) => propertiesOf(log))
    .filter((properties) => properties?.ResourceType === 'VPC' && names.includes(JSON.stringify(properties.ResourceId)));
}
