/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { AlternateContactType, GetAlternateContactCommand, PutAlternateContactCommand } from '@aws-sdk/client-account';
/* eslint-enable import/no-extraneous-dependencies */
import { AccountClients, call, callUnlessGone } from './clients';
import { Setting } from '../../custom-resource/custom-resource';

/** Whom AWS tells. */
export interface Contact {
  readonly name: string;
  readonly title: string;
  readonly email: string;
  readonly phone: string;
}

/** An alternate contact of the account. It stays: an outdated one is worse than none, and nobody knows any more who it was. */
export function alternateContact(type: AlternateContactType, { name, title, email, phone }: Contact, clients: AccountClients): Setting {
  const { account } = clients;
  const wanted = { Name: name, Title: title, EmailAddress: email, PhoneNumber: phone };
  return {
    id: `alternate-contact:${type}:${email}:${phone}:${name}:${title}`.replace(/\|/g, '/'),
    isOn: async () => {
      const found = await callUnlessGone(async () => account.send(new GetAlternateContactCommand({ AlternateContactType: type })), clients, 'ResourceNotFoundException');
      const contact: { readonly [field: string]: unknown } = { ...found?.AlternateContact };
      return Object.entries(wanted).every(([field, value]) => contact[field] === value);
    },
    turnOn: async () => {
      await call(async () => account.send(new PutAlternateContactCommand({ AlternateContactType: type, ...wanted })), clients);
      return true;
    },
    turnOff: async () => {},
  };
}
