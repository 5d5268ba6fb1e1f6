import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism, ProactiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';
import { mustBe, TemplateRule } from '../template-rule';

/** LZ.EFS.1. */
export function requireEfsEncryption(): Control {
  return new Control({
    id: 'LZ.EFS.1',
    title: 'File systems of EFS are encrypted',
    description: 'A file system cannot be encrypted after its creation; whoever wants it then copies all of its files. No file system is created unencrypted, '
      + 'and a request that does not say so is denied too. File systems that exist are left alone.',
    severity: Severity.HIGH,
    frameworks: [
      Framework.CIS_AWS.maps('2.3.1'),
      Framework.NIST_800_53.maps('CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'),
      Framework.PCI_DSS.maps('3.5.1'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    controlTower: ['CT.ELASTICFILESYSYSTEM.PR.1'],
    sources: [
      'https://docs.aws.amazon.com/efs/latest/ug/using-iam-to-enforce-encryption-at-rest.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html (CIS and NIST 800-53 mapping of EFS.1, read 2026-11-22)',
      'PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: ['elasticfilesystem:CreateFileSystem'],
      conditions: { BoolIfExists: { 'elasticfilesystem:Encrypted': 'false' } },
    })],
    proactive: [ProactiveMechanism.nagRule('A file system says that it is encrypted', new TemplateRule({
      'AWS::EFS::FileSystem': (fileSystem) => mustBe(true, 'Encrypted', fileSystem.Encrypted),
    }))],
    detective: [
      DetectiveMechanism.configRule('EFS_ENCRYPTED_CHECK'),
      DetectiveMechanism.securityHub('EFS.1'),
    ],
    proof: {
      denies: [
        { action: 'elasticfilesystem:CreateFileSystem', context: { 'elasticfilesystem:Encrypted': ['false'] } },
        { action: 'elasticfilesystem:CreateFileSystem', principal: 'root', context: { 'elasticfilesystem:Encrypted': [] } },
      ],
      allows: [
        { action: 'elasticfilesystem:CreateFileSystem', context: { 'elasticfilesystem:Encrypted': ['true'] } },
        { action: 'elasticfilesystem:CreateAccessPoint' },
        { action: 'elasticfilesystem:CreateFileSystem', principal: PLATFORM_ROLE, context: { 'elasticfilesystem:Encrypted': ['false'] } },
      ],
    },
  });
}
