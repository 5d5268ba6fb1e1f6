import { IPropertyInjector } from 'aws-cdk-lib';
import { Volume, VolumeProps } from 'aws-cdk-lib/aws-ec2';
import { Control } from '../control';
import { Framework } from '../framework';
import { DefaultMechanism, DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule, within, withinEach } from '../template-rule';

const VOLUME = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0';

/** LZ.EBS.1. */
export function requireEbsEncryption(): Control {
  return new Control({
    id: 'LZ.EBS.1',
    title: 'EBS volumes are encrypted',
    description: 'A volume or a snapshot that leaves the account is of no use without its key. No unencrypted volume is created, by itself or with an instance, '
      + 'and encryption by default is not switched off again. Switch encryption by default on in every account and Region first: '
      + 'CloudFormation has no resource for it.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('5.1.1'),
      Framework.NIST_800_53.maps('CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'),
      Framework.PCI_DSS.maps('3.5.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['AWS-GR_ENCRYPTED_VOLUMES', 'CT.EC2.PV.2', 'CT.EC2.PR.7'],
    sources: [
      'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/interface-vpc-endpoints.html (ec2:Encrypted, read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/Deny-disabling-default-EBS-encryption.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html (CIS and NIST 800-53 mapping of EC2.3 and EC2.7, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        // Of volumes only: a snapshot of the image has the same key, and an encrypted volume may come from an unencrypted snapshot.
        actions: ['ec2:CreateVolume', 'ec2:RunInstances'],
        resources: ['arn:*:ec2:*:*:volume/*'],
        conditions: { Bool: { 'ec2:Encrypted': 'false' } },
      },
      { actions: ['ec2:DisableEbsEncryptionByDefault'] },
    )],
    defaults: [DefaultMechanism.propertyInjector('A new ec2.Volume is encrypted', new EncryptVolume())],
    proactive: [ProactiveMechanism.nagRule('Volumes and block devices say that they are encrypted', new TemplateRule({
      'AWS::EC2::Volume': (volume) => mustBe(true, 'Encrypted', volume.Encrypted),
      'AWS::EC2::Instance': (instance) => encrypted('BlockDeviceMappings', instance.BlockDeviceMappings),
      'AWS::EC2::LaunchTemplate': (template) => within('LaunchTemplateData', template.LaunchTemplateData,
        (data) => encrypted('LaunchTemplateData.BlockDeviceMappings', data.BlockDeviceMappings)),
      'AWS::AutoScaling::LaunchConfiguration': (configuration) => encrypted('BlockDeviceMappings', configuration.BlockDeviceMappings),
    }))],
    detective: [
      DetectiveMechanism.configRule('EC2_EBS_ENCRYPTION_BY_DEFAULT'),
      DetectiveMechanism.configRule('ENCRYPTED_VOLUMES'),
      DetectiveMechanism.securityHub('EC2.3'),
      DetectiveMechanism.securityHub('EC2.7'),
    ],
    proof: {
      denies: [
        { action: 'ec2:CreateVolume', resource: VOLUME, context: { 'ec2:Encrypted': ['false'] } },
        { action: 'ec2:RunInstances', resource: VOLUME, context: { 'ec2:Encrypted': ['false'] } },
        { action: 'ec2:DisableEbsEncryptionByDefault' },
        { action: 'ec2:DisableEbsEncryptionByDefault', principal: 'root' },
      ],
      allows: [
        { action: 'ec2:CreateVolume', resource: VOLUME, context: { 'ec2:Encrypted': ['true'] } },
        { action: 'ec2:RunInstances', resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0' },
        { action: 'ec2:EnableEbsEncryptionByDefault' },
        { action: 'ec2:CreateVolume', principal: PLATFORM_ROLE, resource: VOLUME, context: { 'ec2:Encrypted': ['false'] } },
      ],
    },
  });
}

/** Encrypts a volume where the author has not chosen. */
class EncryptVolume implements IPropertyInjector {
  public readonly constructUniqueId = Volume.PROPERTY_INJECTION_ID;

  public inject(originalProps: any): any {
    const props: VolumeProps = originalProps;
    return { ...props, encrypted: props.encrypted ?? true };
  }
}

/** A device without an Ebs part is an instance store, or taken away. */
function encrypted(path: string, mappings: unknown): string[] {
  return withinEach(path, mappings, (mapping, at) => within(`${at}.Ebs`, mapping.Ebs, (device) => mustBe(true, `${at}.Ebs.Encrypted`, device.Encrypted)));
}
