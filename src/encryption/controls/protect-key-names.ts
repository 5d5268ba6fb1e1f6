import { Control } from '../../controls/control';
import { Framework } from '../../controls/framework';
import { PreventiveMechanism } from '../../controls/mechanism';
import { PLATFORM_ROLE } from '../../controls/proof-principals';
import { Severity } from '../../controls/severity';

/**
 * LZ.ENCRYPTION.3.
 * @param parameters begin of the parameters' names, `/landing-zone/keys/`
 * @param aliases begin of the aliases, `alias/landing-zone/`
 */
export function protectKeyNames(parameters: string, aliases: string): Control {
  const parameter = `arn:aws:ssm:eu-west-1:111122223333:parameter${parameters}data`;
  const alias = `arn:aws:kms:eu-west-1:111122223333:${aliases}data`;
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
  return new Control({
    id: 'LZ.ENCRYPTION.3',
    title: 'The keys of an account are found where they were put',
    description: 'Every stack reads from a parameter which key encrypts its data. Whoever changes that parameter, or points the alias elsewhere, has the data of all later resources encrypted with his own key, '
      + 'and holds it. Nobody but the platform does either, changes the policy of these keys, or disables or deletes them.',
    severity: Severity.CRITICAL,
    frameworks: [
      Framework.NIST_800_53.maps('SC-12', 'SC-28(3)'),
      Framework.PCI_DSS.maps('3.6.1', '3.7.5'),
      Framework.ISO_27001.maps('A.8.24'),
      Framework.SOC_2.maps('CC6.1'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html (actions on parameters, read 2026-11-23)',
      'https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html (kms:ResourceAliases, read 2026-11-22)',
      'NIST 800-53, PCI DSS, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(
      { actions: ['ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:PutParameter'], resources: [`arn:*:ssm:*:*:parameter${parameters}*`] },
      // Both ends of an alias are asked about; the alias is enough.
      { actions: ['kms:CreateAlias', 'kms:DeleteAlias', 'kms:UpdateAlias'], resources: [`arn:*:kms:*:*:${aliases}*`] },
      {
        actions: ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
        resources: ['arn:*:kms:*:*:key/*'],
        conditions: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': [`${aliases}*`] } },
      },
    )],
    proof: {
      denies: [
        { action: 'ssm:PutParameter', resource: parameter },
        { action: 'ssm:DeleteParameter', resource: parameter, principal: 'root' },
        { action: 'kms:UpdateAlias', resource: alias },
        { action: 'kms:PutKeyPolicy', resource: key, context: { 'kms:ResourceAliases': [`${aliases}data`] } },
        { action: 'kms:ScheduleKeyDeletion', resource: key, principal: 'root', context: { 'kms:ResourceAliases': ['alias/other', `${aliases}data`] } },
      ],
      allows: [
        { action: 'ssm:GetParameter', resource: parameter },
        { action: 'ssm:PutParameter', resource: 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/currency' },
        { action: 'kms:UpdateAlias', resource: 'arn:aws:kms:eu-west-1:111122223333:alias/shop' },
        { action: 'kms:PutKeyPolicy', resource: key, context: { 'kms:ResourceAliases': ['alias/shop'] } },
        { action: 'kms:ScheduleKeyDeletion', resource: key, context: { 'kms:ResourceAliases': [] } },
        { action: 'ssm:PutParameter', resource: parameter, principal: PLATFORM_ROLE },
      ],
    },
  });
}
