import { CfnResource, IPropertyInjector, Stack } from 'aws-cdk-lib';
import { HttpTokens, Instance, InstanceProps, LaunchTemplate, LaunchTemplateProps } from 'aws-cdk-lib/aws-ec2';
import { Control } from '../control';
import { Framework } from '../framework';
import { DefaultMechanism, DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

const INSTANCE = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0';

/** LZ.EC2.1. */
export function requireImdsv2(): Control {
  return new Control({
    id: 'LZ.EC2.1',
    title: 'Instances require IMDSv2',
    description: 'Version 1 of the instance metadata service hands an instance\'s credentials to whoever can make it send one request; version 2 asks for a token first. '
      + 'Launches must require it, the setting cannot be changed back, and credentials that were delivered by version 1 are refused. '
      + 'Before enabling it on running workloads, see that the CloudWatch metric MetadataNoToken is zero.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('5.7'),
      Framework.NIST_800_53.maps('AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6'),
      Framework.PCI_DSS.maps('2.2.6'),
      Framework.ISO_27001.maps('A.8.9'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['CT.EC2.PR.1', 'CT.AUTOSCALING.PR.2'],
    sources: [
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-instance-metadata (read 2026-11-22)',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative_syntax.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html (CIS, NIST 800-53 and PCI DSS mapping of EC2.8, read 2026-11-22)',
      'ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [
      // AWS has no condition on what ModifyInstanceMetadataOptions changes, so only the platform may.
      // Three statements: the keys belong to different actions, and keys of one statement must hold together.
      PreventiveMechanism.serviceControl(
        {
          actions: ['ec2:RunInstances'],
          resources: ['arn:*:ec2:*:*:instance/*'],
          conditions: { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } },
        },
        { actions: ['ec2:ModifyInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataOptions'] },
        { actions: ['*'], conditions: { NumericLessThan: { 'ec2:RoleDelivery': '2.0' } } },
      ),
      PreventiveMechanism.managementPolicy('DECLARATIVE_POLICY_EC2', {
        ec2_attributes: { instance_metadata_defaults: { http_tokens: { '@@assign': 'required' } } },
      }),
    ],
    defaults: [
      DefaultMechanism.propertyInjector('A new ec2.Instance requires IMDSv2', new RequireTokens(Instance.PROPERTY_INJECTION_ID)),
      DefaultMechanism.propertyInjector('A new ec2.LaunchTemplate requires IMDSv2', new RequireTokens(LaunchTemplate.PROPERTY_INJECTION_ID)),
    ],
    proactive: [ProactiveMechanism.nagRule('Instances, launch templates and launch configurations require IMDSv2', new TemplateRule({
      'AWS::EC2::Instance': (instance, resource) => (instance.MetadataOptions === undefined && namesTemplateOfStack(instance.LaunchTemplate, resource)
        ? [] : requiresTokens('MetadataOptions', instance.MetadataOptions)),
      'AWS::EC2::LaunchTemplate': (template) => requiresTokens('LaunchTemplateData.MetadataOptions', template.LaunchTemplateData?.MetadataOptions),
      'AWS::AutoScaling::LaunchConfiguration': (configuration) => requiresTokens('MetadataOptions', configuration.MetadataOptions),
    }))],
    detective: [
      DetectiveMechanism.configRule('EC2_IMDSV2_CHECK'),
      DetectiveMechanism.configRule('AUTOSCALING_LAUNCHCONFIG_REQUIRES_IMDSV2'),
      DetectiveMechanism.securityHub('EC2.8'),
      DetectiveMechanism.securityHub('EC2.170'),
      DetectiveMechanism.securityHub('AutoScaling.3'),
    ],
    proof: {
      denies: [
        { action: 'ec2:RunInstances', resource: INSTANCE, context: { 'ec2:MetadataHttpTokens': ['optional'] } },
        { action: 'ec2:RunInstances', resource: INSTANCE, context: { 'ec2:MetadataHttpTokens': [] } },
        { action: 'ec2:ModifyInstanceMetadataOptions' },
        { action: 'ec2:ModifyInstanceMetadataDefaults' },
        { action: 's3:GetObject', context: { 'ec2:RoleDelivery': ['1.0'] } },
      ],
      allows: [
        { action: 'ec2:RunInstances', resource: INSTANCE, context: { 'ec2:MetadataHttpTokens': ['required'], 'ec2:RoleDelivery': [] } },
        { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0', context: { 'ec2:RoleDelivery': [] } },
        { action: 's3:GetObject', context: { 'ec2:RoleDelivery': ['2.0'] } },
        { action: 'ec2:RunInstances', principal: PLATFORM_ROLE, resource: INSTANCE, context: { 'ec2:MetadataHttpTokens': ['optional'] } },
      ],
    },
  });
}

/** Requires tokens where the author has not chosen. */
class RequireTokens implements IPropertyInjector {
  public constructor(public readonly constructUniqueId: string) {}

  public inject(originalProps: any): any {
    const props: InstanceProps & LaunchTemplateProps = originalProps ?? {};
    return props.httpTokens === undefined && props.requireImdsv2 === undefined ? { ...props, httpTokens: HttpTokens.REQUIRED } : props;
  }
}

function requiresTokens(path: string, options: any): string[] {
  return mustBe('required', `${path}.HttpTokens`, options?.HttpTokens);
}

/** Whether an instance takes its options from a launch template of its own stack, which is then checked itself. */
function namesTemplateOfStack(reference: any, instance: CfnResource): boolean {
  const stack = Stack.of(instance);
  const named = new Set([...JSON.stringify(reference ?? {}).matchAll(/"(?:Ref":"|Fn::GetAtt":\[")([A-Za-z0-9]+)"/g)].map((match) => match[1]));
  return stack.node.findAll().some((node) => CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::EC2::LaunchTemplate'
    && node.stack === stack && named.has(stack.resolve(node.logicalId)));
}
