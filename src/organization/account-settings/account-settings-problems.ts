import { Token } from 'aws-cdk-lib';
import type { AccountSettingsProps } from './account-settings';
import { AlternateContact } from './account-settings-options';

/**
 * What is wrong with the settings, in words. Limits of passwords: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html (at least 6; 8 is the least that AWS's
 * own default asks), of contacts: https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html (read 2026-11-23).
 */
export function accountSettingsProblems(props: AccountSettingsProps): string[] {
  const { minimumLength = 14, remembered = 24, maximumDays = 90 } = props.passwordPolicy ?? {};
  const { withoutEbsEncryption, keepDefaultVpc, publicDocuments, withoutPasswordPolicy, ebsKeyArn } = props;
  const key = ebsKeyArn ?? '';
  const isKnown = ebsKeyArn !== undefined && !Token.isUnresolved(ebsKeyArn) && !key.startsWith('{{resolve:');
  return [
    ...Object.entries({ withoutEbsEncryption, keepDefaultVpc, publicDocuments, withoutPasswordPolicy }).filter(([, reason]) => reason?.trim() === '').map(([name]) => `${name} asks for the reason`),
    ...(withoutEbsEncryption !== undefined && ebsKeyArn !== undefined ? ['ebsKeyArn is the key of EBS encryption, which withoutEbsEncryption leaves out'] : []),
    ...(isKnown && !/^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/.+$/.test(key) ? [`ebsKeyArn is "${key}": the ARN of a key is expected, not of an alias`] : []),
    ...within('passwordPolicy.minimumLength', minimumLength, 8, 128),
    ...within('passwordPolicy.remembered', remembered, 1, 24),
    ...within('passwordPolicy.maximumDays', maximumDays, 1, 1095),
    ...(withoutPasswordPolicy !== undefined && props.passwordPolicy ? ['passwordPolicy is set, and withoutPasswordPolicy leaves it out'] : []),
    ...Object.entries(props.contacts ?? {}).flatMap(([matter, contact]) => contactProblems(`contacts.${matter}`, contact as AlternateContact | undefined)),
  ];
}

function within(name: string, value: number, least: number, most: number): string[] {
  return Number.isInteger(value) && value >= least && value <= most ? [] : [`${name} is ${value}: ${least} to ${most} is expected`];
}

function contactProblems(path: string, contact: AlternateContact | undefined): string[] {
  if (!contact) return [];
  const { name, title, email, phone } = contact;
  return [
    ...(/^[^|]{1,64}$/.test(name) ? [] : [`${path}.name is "${name}": 1 to 64 characters are expected`]),
    ...(/^[^|]{1,50}$/.test(title) ? [] : [`${path}.title is "${title}": 1 to 50 characters are expected`]),
    ...(/^[^\s@|]+@[^\s@|]+\.[^\s@|]+$/.test(email) && email.length <= 254 ? [] : [`${path}.email is "${email}": an address like security@acme.example is expected`]),
    ...(/^[0-9\s()+-]{1,25}$/.test(phone) ? [] : [`${path}.phone is "${phone}": digits, blanks and ( ) + - are expected, 25 at most`]),
  ];
}
