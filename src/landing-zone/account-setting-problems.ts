import { Guardrails } from './guardrails';
import { ACCOUNT_SETTING_ROLE_PATH } from '../controls/account-setting-role';
import { BaselineWave } from '../delivery/baseline-wave';
import { AccountSettingsOptions } from '../organization/account-settings/account-settings-options';
import { PUBLIC_SHARING } from '../organization/account-settings/private-documents';
import { Organization } from '../organization/organization';

/** Controls that would let the deployment of account settings fail, because they deny what is set. */
export function accountSettingProblems(options: AccountSettingsOptions, waves: readonly BaselineWave[], organization: Organization, guardrails: Guardrails): string[] {
  const reached = organization.accounts.filter(({ targetPath }) => waves.some(({ units }) => units.some((unit) => targetPath.startsWith(`${unit.targetPath}/`))));
  const asked = guardrails.representatives(reached);
  const found = requestsOf(options).flatMap((request) => asked.flatMap((account) => guardrails.deniers(account, { ...request, principal: `role/${ACCOUNT_SETTING_ROLE_PATH}any` })
    .map((denier) => ({ account: account.key, denier, action: request.action }))));
  const ways = new Set(found.map(({ denier, action }) => `${denier} denies ${action}`));
  return [...ways].map((way) => {
    const accounts = found.filter(({ denier, action }) => way === `${denier} denies ${action}`).map(({ account }) => account);
    return `Account settings: ${way} to the role that sets accounts such as ${accounts.slice(0, 3).join(', ')}. `
      + 'Exempt it, with platformPrincipals: PlatformPrincipals.standard({ setsAccounts: true })';
  });
}

/** What is done to set them, as far as controls may deny it. */
function requestsOf({ contacts, keepDefaultVpc, publicDocuments, withoutEbsEncryption, withoutPasswordPolicy }: AccountSettingsOptions): { readonly action: string; readonly resource?: string }[] {
  return [
    ...(contacts ? [{ action: 'account:PutAlternateContact' }] : []),
    ...(keepDefaultVpc === undefined ? [{ action: 'ec2:DeleteVpc' }, { action: 'ec2:DetachInternetGateway' }] : []),
    ...(publicDocuments === undefined ? [{ action: 'ssm:UpdateServiceSetting', resource: `arn:aws:ssm:eu-west-1:111122223333:servicesetting${PUBLIC_SHARING}` }] : []),
    ...(withoutEbsEncryption === undefined ? [{ action: 'ec2:EnableEbsEncryptionByDefault' }] : []),
    ...(withoutPasswordPolicy === undefined ? [{ action: 'iam:UpdateAccountPasswordPolicy' }] : []),
  ];
}
