import { Guardrails } from './guardrails';
import { ACCOUNT_SETTING_ROLE_PATH } from '../controls/account-setting-role';
import { BaselineWave } from '../delivery/baseline-wave';
import { AccountSettingsOptions } from '../organization/account-settings/account-settings-options';
import { PUBLIC_SHARING, SESSION_DOCUMENT } from '../organization/account-settings/systems-manager-names';
import { Organization } from '../organization/organization';
import { SystemsManagerOptions } from '../organization/systems-manager/systems-manager-options';

/** Something that is done to set an account, as far as controls may deny it. */
export interface AccountSettingRequest {
  readonly action: string;
  readonly resource?: string;
  readonly context?: { readonly [key: string]: string };
}

/** Where accounts are set, and what controls there are. */
export interface AccountSettingPlace {
  readonly waves: readonly BaselineWave[];
  readonly organization: Organization;
  readonly guardrails: Guardrails;
}

/** Controls that would let the deployment of account settings fail, because they deny what is set. */
export function accountSettingProblems(options: AccountSettingsOptions, place: AccountSettingPlace): string[] {
  return deniedSettings('Account settings', requestsOf(options), place);
}

/** Controls that would let the deployment of Systems Manager fail. Stack sets, which do the rest of it, are exempt from all of them. */
export function systemsManagerProblems({ withoutSessionPreferences }: SystemsManagerOptions, place: AccountSettingPlace): string[] {
  if (withoutSessionPreferences !== undefined) return [];
  const resource = `arn:aws:ssm:eu-west-1:111122223333:document/${SESSION_DOCUMENT}`;
  return deniedSettings('Systems Manager', ['ssm:CreateDocument', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'].map((action) => ({ action, resource })), place);
}

/** Controls that would let the deployment of quotas fail. */
export function quotaRequestProblems(regions: readonly string[], place: AccountSettingPlace): string[] {
  const requests = regions.map((region) => ({ action: 'servicequotas:RequestServiceQuotaIncrease', context: { 'aws:RequestedRegion': region } }));
  return deniedSettings('Quotas', requests, place);
}

/** Controls that deny what the function of a baseline does to set accounts, with the way out. */
function deniedSettings(what: string, requests: readonly AccountSettingRequest[], { waves, organization, guardrails }: AccountSettingPlace): string[] {
  const reached = organization.accounts.filter(({ targetPath }) => waves.some(({ units }) => units.some((unit) => targetPath.startsWith(`${unit.targetPath}/`))));
  const asked = guardrails.representatives(reached);
  const found = requests.flatMap((request) => asked.flatMap((account) => guardrails.deniers(account, { ...request, principal: `role/${ACCOUNT_SETTING_ROLE_PATH}any` })
    .map((denier) => ({ account: account.key, denier, action: request.action }))));
  const ways = new Set(found.map(({ denier, action }) => `${denier} denies ${action}`));
  return [...ways].map((way) => {
    const accounts = found.filter(({ denier, action }) => way === `${denier} denies ${action}`).map(({ account }) => account);
    return `${what}: ${way} to the role that sets accounts such as ${accounts.slice(0, 3).join(', ')}. `
      + 'Exempt it, with platformPrincipals: PlatformPrincipals.standard({ setsAccounts: true })';
  });
}

/** What is done to set them, as far as controls may deny it. */
function requestsOf({ contacts, keepDefaultVpc, publicDocuments, withoutEbsEncryption, withoutPasswordPolicy }: AccountSettingsOptions): AccountSettingRequest[] {
  return [
    ...(contacts ? [{ action: 'account:PutAlternateContact' }] : []),
    ...(keepDefaultVpc === undefined ? [{ action: 'ec2:DeleteVpc' }, { action: 'ec2:DetachInternetGateway' }] : []),
    ...(publicDocuments === undefined ? [{ action: 'ssm:UpdateServiceSetting', resource: `arn:aws:ssm:eu-west-1:111122223333:servicesetting${PUBLIC_SHARING}` }] : []),
    ...(withoutEbsEncryption === undefined ? [{ action: 'ec2:EnableEbsEncryptionByDefault' }] : []),
    ...(withoutPasswordPolicy === undefined ? [{ action: 'iam:UpdateAccountPasswordPolicy' }] : []),
  ];
}
