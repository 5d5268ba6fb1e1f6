import { Control } from '../control';
import { Framework } from '../framework';
import { DetectiveMechanism, PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** LZ.ACCOUNT.1. */
export function protectContacts(): Control {
  return new Control({
    id: 'LZ.ACCOUNT.1',
    title: 'Contacts and address of an account stay',
    description: 'AWS writes to the contacts of an account about abuse, attacks and unpaid bills, and gives the account to whoever reads its e-mail address. '
      + 'Names, contacts and the address are set centrally; nobody but the platform changes them in the account. '
      + 'The management account sets them for all others, and service control policies do not bind it.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.CIS_AWS.maps('1.1', '1.2'),
      Framework.NIST_800_53.maps('CM-2', 'CM-2(2)', 'IR-6'),
      Framework.ISO_27001.maps('A.5.5', 'A.5.24'),
      Framework.SOC_2.maps('CC7.3'),
    ],
    sources: [
      'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html (read 2026-11-22)',
      'https://docs.aws.amazon.com/securityhub/latest/userguide/account-controls.html (CIS and NIST 800-53 mapping of Account.1, read 2026-11-22)',
      'CIS 1.1, IR-6, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'account:AcceptPrimaryEmailUpdate', 'account:DeleteAlternateContact', 'account:PutAccountName', 'account:PutAlternateContact', 'account:PutContactInformation',
        'account:StartPrimaryEmailUpdate', 'iam:UpdateAccountEmailAddress', 'iam:UpdateAccountName',
      ],
    })],
    detective: [DetectiveMechanism.securityHub('Account.1')],
    proof: {
      denies: [
        { action: 'account:PutAlternateContact' },
        { action: 'account:DeleteAlternateContact', principal: 'root' },
        { action: 'account:PutContactInformation' },
        { action: 'account:StartPrimaryEmailUpdate' },
        { action: 'account:PutAccountName', principal: 'user/someone' },
        { action: 'iam:UpdateAccountEmailAddress' },
      ],
      allows: [
        { action: 'account:GetAlternateContact' },
        { action: 'account:ListRegions' },
        { action: 'account:PutAlternateContact', principal: PLATFORM_ROLE },
      ],
    },
  });
}
