/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { AlternateContactType } from '@aws-sdk/client-account';
/* eslint-enable import/no-extraneous-dependencies */
import { alternateContact } from './alternate-contact';
import { AccountClients } from './clients';
import { ebsEncryption } from './ebs-encryption';
import { iamPasswordPolicy } from './iam-password-policy';
import { noDefaultVpc } from './no-default-vpc';
import { privateDocuments } from './private-documents';
import { serviceQuota } from './service-quota';
import { sessionPreferences } from './session-preferences';
import { Setting } from '../../custom-resource/custom-resource';

/** Patterns of the properties; contacts by the API reference of AWS Account Management (read 2026-11-23). */
const PATTERNS: { readonly [property: string]: RegExp } = {
  KeyArn: /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
  MinimumLength: /^\d{1,3}$/,
  Remembered: /^\d{1,2}$/,
  MaximumAge: /^\d{1,4}$/,
  ContactType: /^(BILLING|OPERATIONS|SECURITY)$/,
  Name: /^[^|]{1,64}$/,
  Title: /^[^|]{1,50}$/,
  Email: /^[^\s@|]+@[^\s@|]+\.[^\s@|]+$/,
  Phone: /^[0-9\s()+-]{1,25}$/,
  Content: /^\{.*\}$/s,
  ServiceCode: /^[a-zA-Z][a-zA-Z0-9-]{1,62}$/,
  QuotaCode: /^[a-zA-Z][a-zA-Z0-9-]{1,127}$/,
  Value: /^\d{1,11}(\.\d+)?$/,
};

/** The setting that a custom resource stands for. Fails for an unknown type, or with all missing and malformed properties. */
export function settingOf(type: string, properties: { readonly [name: string]: unknown }, clients: AccountClients): Setting {
  const checked = (required: readonly string[], optional: readonly string[] = []): { readonly [name: string]: string } => {
    const given = [...required, ...optional.filter((name) => properties[name] !== undefined)];
    const wrong = given.filter((name) => !PATTERNS[name]!.test(String(properties[name] ?? '')));
    if (wrong.length === 0) return Object.fromEntries(given.map((name) => [name, String(properties[name])]));
    throw new Error(wrong.map((name) => `${type} needs the property ${name} matching ${PATTERNS[name]!.source}, found ${JSON.stringify(properties[name])}`).join('; '));
  };
  switch (type) {
    case 'Custom::EbsEncryptionByDefault': return ebsEncryption(checked([], ['KeyArn']).KeyArn, clients);
    case 'Custom::NoDefaultVpc': return noDefaultVpc(clients);
    case 'Custom::PrivateDocuments': return privateDocuments(clients);
    case 'Custom::PasswordPolicy': {
      const { MinimumLength, Remembered, MaximumAge } = checked(['MinimumLength', 'Remembered'], ['MaximumAge']);
      return iamPasswordPolicy({ minimumLength: Number(MinimumLength), remembered: Number(Remembered), ...(MaximumAge !== undefined && { maximumAge: Number(MaximumAge) }) }, clients);
    }
    case 'Custom::AlternateContact': {
      const { ContactType, Name, Title, Email, Phone } = checked(['ContactType', 'Name', 'Title', 'Email', 'Phone']);
      return alternateContact(ContactType as AlternateContactType, { name: Name!, title: Title!, email: Email!, phone: Phone! }, clients);
    }
    case 'Custom::SessionPreferences': return sessionPreferences(checked(['Content']).Content!, clients);
    case 'Custom::ServiceQuota': {
      const { ServiceCode, QuotaCode, Value } = checked(['ServiceCode', 'QuotaCode', 'Value']);
      return serviceQuota({ serviceCode: ServiceCode!, quotaCode: QuotaCode!, value: Number(Value) }, clients);
    }
    default: throw new Error(`${type} is not a setting of an account`);
  }
}
