import { Control } from '../control';
import { PlatformNamesOptions } from '../control-options';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { platformResources } from '../platform-names';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const ALIAS = 'arn:aws:kms:eu-west-1:111122223333:alias/landing-zone/logs';

/** LZ.PLATFORM.3. */
export function protectPlatformKeys(options: PlatformNamesOptions = {}): Control {
  const prefix = (options.namePrefixes ?? ['landing-zone'])[0];
  return new Control({
    id: 'LZ.PLATFORM.3',
    title: 'Keys of the platform are kept',
    description: 'Logs, backups and findings of the whole organization are encrypted with a few keys; who deletes one deletes all of it at once. '
      + 'Nobody but the platform schedules such a key for deletion, disables it, deletes its material, stops its rotation or changes its policy, and nobody moves its alias. '
      + 'Keys are told by an alias that begins like the platform\'s names, by default aws-controltower, aws-accelerator and landing-zone: give each of them one.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.CIS_AWS.maps('3.6'),
      Framework.NIST_800_53.maps('AU-9', 'SC-12', 'SC-12(2)'),
      Framework.PCI_DSS.maps('3.7.1', '3.7.5'),
      Framework.ISO_27001.maps('A.5.33', 'A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html (kms:ResourceAliases, read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/Deny-KMS-key-deletion.json (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html (NIST 800-53 mapping of KMS.3, read 2026-11-22)',
      'CIS, AU-9, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      {
        actions: ['kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:DisableKeyRotation', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
        resources: ['arn:*:kms:*:*:key/*'],
        conditions: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': platformResources('alias/', options) } },
      },
      {
        actions: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'],
        resources: platformResources('arn:*:kms:*:*:alias/', options),
      },
    )],
    detective: [
      DetectiveMechanism.configRule('KMS_CMK_NOT_SCHEDULED_FOR_DELETION'),
      DetectiveMechanism.securityHub('KMS.3'),
    ],
    proof: {
      denies: [
        { action: 'kms:ScheduleKeyDeletion', resource: KEY, context: { 'kms:ResourceAliases': [`alias/${prefix}/logs`] } },
        { action: 'kms:DisableKey', resource: KEY, principal: 'root', context: { 'kms:ResourceAliases': [`alias/${prefix}/logs`, 'alias/other'] } },
        { action: 'kms:PutKeyPolicy', resource: KEY, context: { 'kms:ResourceAliases': [`alias/${prefix}/logs`] } },
        { action: 'kms:DeleteAlias', resource: ALIAS.replace('landing-zone', prefix) },
        { action: 'kms:UpdateAlias', resource: ALIAS.replace('landing-zone', prefix), principal: 'user/someone' },
      ],
      allows: [
        { action: 'kms:ScheduleKeyDeletion', resource: KEY, context: { 'kms:ResourceAliases': ['alias/shop'] } },
        { action: 'kms:ScheduleKeyDeletion', resource: KEY, context: { 'kms:ResourceAliases': [] } },
        { action: 'kms:Decrypt', resource: KEY },
        { action: 'kms:DeleteAlias', resource: 'arn:aws:kms:eu-west-1:111122223333:alias/shop' },
        { action: 'kms:PutKeyPolicy', resource: KEY, principal: PLATFORM_ROLE, context: { 'kms:ResourceAliases': [`alias/${prefix}/logs`] } },
      ],
    },
  });
}
