/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import { GetAccountPasswordPolicyCommand, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
/* eslint-enable import/no-extraneous-dependencies */
import { AccountClients, call, callUnlessGone } from './clients';
import { Setting } from '../../custom-resource/custom-resource';

/** What is asked of passwords. */
export interface PasswordRules {
  readonly minimumLength: number;
  readonly remembered: number;
  /** Days. Default: they do not expire. */
  readonly maximumAge?: number;
}

/** The password policy of the account's IAM users, all kinds of characters and a change by themselves included. It stays: without one, eight characters would do. */
export function iamPasswordPolicy({ minimumLength, remembered, maximumAge }: PasswordRules, clients: AccountClients): Setting {
  const { iam } = clients;
  const wanted = {
    MinimumPasswordLength: minimumLength, PasswordReusePrevention: remembered, RequireLowercaseCharacters: true, RequireUppercaseCharacters: true, RequireNumbers: true, RequireSymbols: true,
    AllowUsersToChangePassword: true, ...(maximumAge !== undefined && { MaxPasswordAge: maximumAge }),
  };
  return {
    id: `password-policy:${minimumLength}-${remembered}-${maximumAge ?? 'never'}`,
    isOn: async () => {
      const found = await callUnlessGone(async () => iam.send(new GetAccountPasswordPolicyCommand({})), clients, 'NoSuchEntityException', 'NoSuchEntity');
      const policy: { readonly [name: string]: unknown } = { ...found?.PasswordPolicy };
      return Object.entries(wanted).every(([name, value]) => policy[name] === value) && (maximumAge !== undefined || policy.ExpirePasswords !== true);
    },
    turnOn: async () => {
      await call(async () => iam.send(new UpdateAccountPasswordPolicyCommand(wanted)), clients);
      return true;
    },
    turnOff: async () => {},
  };
}
