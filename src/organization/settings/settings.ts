/* eslint-disable import/no-extraneous-dependencies -- the SDK comes with the Lambda runtime */
import {
  DeregisterDelegatedAdministratorCommand, DisableAWSServiceAccessCommand, DisablePolicyTypeCommand, EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand, ListAWSServiceAccessForOrganizationCommand, ListDelegatedAdministratorsCommand, ListPoliciesCommand, ListRootsCommand,
  OrganizationsClient, PolicyType, RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { EnableSharingWithAwsOrganizationCommand, RAMClient } from '@aws-sdk/client-ram';
/* eslint-enable import/no-extraneous-dependencies */
import { backupCopies, BackupCopiesClients } from './backup-copies';
import { centralRootAccess, RootAccessClients, RootFeature } from './central-root-access';
import { quotaTemplate, QuotaTemplateClients, quotaTemplateEntry } from './quota-template';
import { Setting } from '../../custom-resource/custom-resource';
import { pages } from '../../custom-resource/pages';
import { withRetries } from '../../custom-resource/retry';

/** What a setting needs from outside. */
export interface SettingsClients extends BackupCopiesClients, RootAccessClients, QuotaTemplateClients {
  readonly organizations: OrganizationsClient;
  readonly ram: RAMClient;
}

const RAM_PRINCIPAL = 'ram.amazonaws.com';

/** AWS's errors that say that what a setting belongs to is gone, and the setting with it. */
const GONE = ['AWSOrganizationsNotInUseException'];

/** Patterns of the Organizations API reference, read 2026-11-22. */
const PATTERNS: { readonly [property: string]: RegExp } = {
  RootId: /^r-[0-9a-z]{4,32}$/,
  PolicyType: /^[A-Z0-9_]+_POLICY(_EC2)?$/,
  ServicePrincipal: /^[\w+=,.@-]{1,128}$/,
  AccountId: /^\d{12}$/,
  Feature: /^(RootCredentialsManagement|RootSessions)$/,
  ServiceCode: /^[a-zA-Z][a-zA-Z0-9-]{1,62}$/,
  QuotaCode: /^[a-zA-Z][a-zA-Z0-9-]{1,127}$/,
  Region: /^[a-z]{2}(-[a-z]+)+-\d$/,
  Value: /^\d{1,11}(\.\d+)?$/,
};

/** The setting that a custom resource stands for. Fails for an unknown type, or with all missing and malformed properties. */
export function settingOf(type: string, properties: { readonly [name: string]: unknown }, clients: SettingsClients): Setting {
  const checked = (...names: string[]): string[] => {
    const wrong = names.filter((name) => !PATTERNS[name]!.test(String(properties[name] ?? '')));
    if (wrong.length === 0) return names.map((name) => properties[name] as string);
    throw new Error(wrong.map((name) => (
      `${type} needs the property ${name} matching ${PATTERNS[name]!.source}, found ${JSON.stringify(properties[name])}`
    )).join('; '));
  };
  switch (type) {
    case 'Custom::OrganizationPolicyType': {
      const [rootId, policyTypeName] = checked('RootId', 'PolicyType');
      return policyType(rootId!, policyTypeName as PolicyType, clients);
    }
    case 'Custom::OrganizationTrustedAccess': return trustedAccess(checked('ServicePrincipal')[0]!, clients);
    case 'Custom::OrganizationDelegatedAdministrator': {
      const [principal, accountId] = checked('ServicePrincipal', 'AccountId');
      return delegatedAdministrator(principal!, accountId!, clients);
    }
    case 'Custom::OrganizationRootAccess': return centralRootAccess(checked('Feature')[0] as RootFeature, clients);
    case 'Custom::OrganizationQuotaTemplate': return quotaTemplate(clients);
    case 'Custom::OrganizationQuotaRequest': {
      const [serviceCode, quotaCode, region, value] = checked('ServiceCode', 'QuotaCode', 'Region', 'Value');
      return quotaTemplateEntry({ serviceCode: serviceCode!, quotaCode: quotaCode!, region: region!, value: Number(value) }, clients);
    }
    case 'Custom::OrganizationBackupCopies': return backupCopies(clients);
    case 'Custom::OrganizationRamSharing': return ramSharing(clients);
    default: throw new Error(`${type} is not a setting of the organization`);
  }
}

/** How long a policy type may be on its way before that is an error, and how often to look. */
const POLLS = 60;
const POLL_WAIT = 2_000;

function policyType(rootId: string, type: PolicyType, clients: SettingsClients): Setting {
  const { organizations } = clients;
  const status = async () => {
    const roots = await pages(clients, async (NextToken) => organizations.send(new ListRootsCommand({ NextToken })), ({ Roots }) => Roots);
    const root = roots.find(({ Id }) => Id === rootId);
    if (!root) throw new Error(`The organization has no root ${rootId}; its roots: ${roots.map(({ Id }) => Id).join(', ')}`);
    return root.PolicyTypes?.find(({ Type }) => Type === type)?.Status;
  };
  // Policies of the type cannot be attached before.
  const untilEnabled = async () => {
    for (let poll = 1; await status() !== 'ENABLED'; poll++) {
      if (poll === POLLS || clients.deadline()) throw new Error(`${type} is not enabled yet on ${rootId}, although AWS has accepted to enable it. Deploy again`);
      await clients.sleep(POLL_WAIT);
    }
  };
  return {
    id: `policy-type:${type}`,
    isOn: async () => ['ENABLED', 'PENDING_ENABLE'].includes(await status() ?? ''),
    turnOn: async () => attempt(
      clients, async () => organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: type })), 'PolicyTypeAlreadyEnabledException',
    ),
    ready: untilEnabled,
    turnOff: async () => unlessGone(async () => {
      // Disabling a type detaches every policy of it, ours or not. What others still use stays on.
      const left = await pages(
        clients, async (NextToken) => organizations.send(new ListPoliciesCommand({ Filter: type, NextToken })), ({ Policies }) => Policies,
      );
      if (left.some(({ AwsManaged }) => !AwsManaged)) return;
      await attempt(
        clients, async () => organizations.send(new DisablePolicyTypeCommand({ RootId: rootId, PolicyType: type })),
        'PolicyTypeNotEnabledException', 'RootNotFoundException',
      );
    }),
  };
}

function trustedAccess(principal: string, clients: SettingsClients): Setting {
  const { organizations } = clients;
  return {
    id: `trusted-access:${principal}`,
    isOn: async () => trusts(principal, clients),
    turnOn: async () => attempt(clients, async () => organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: principal }))),
    turnOff: async () => unlessGone(async () => {
      // An account that administers the service was made so by somebody else, or its resource failed to be deleted: the service is in use.
      if ((await administrators(principal, clients)).length > 0) return;
      await attempt(clients, async () => organizations.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: principal })));
    }),
  };
}

function delegatedAdministrator(principal: string, accountId: string, clients: SettingsClients): Setting {
  const { organizations } = clients;
  const input = { AccountId: accountId, ServicePrincipal: principal };
  return {
    id: `delegated-administrator:${principal}:${accountId}`,
    isOn: async () => (await administrators(principal, clients)).includes(accountId),
    turnOn: async () => attempt(clients, async () => organizations.send(new RegisterDelegatedAdministratorCommand(input)), 'AccountAlreadyRegisteredException'),
    turnOff: async () => unlessGone(async () => {
      await attempt(
        clients, async () => organizations.send(new DeregisterDelegatedAdministratorCommand(input)), 'AccountNotRegisteredException', 'AccountNotFoundException',
      );
    }),
  };
}

/** RAM can turn sharing on, and AWS has no call to turn it off without cutting shares in use; so it stays on. */
function ramSharing(clients: SettingsClients): Setting {
  return {
    id: 'ram-sharing',
    isOn: async () => trusts(RAM_PRINCIPAL, clients),
    turnOn: async () => attempt(clients, async () => {
      const { returnValue } = await clients.ram.send(new EnableSharingWithAwsOrganizationCommand({}));
      if (returnValue !== true) throw new Error('AWS RAM did not turn sharing with the organization on');
    }),
    turnOff: async () => {},
  };
}

async function trusts(principal: string, clients: SettingsClients): Promise<boolean> {
  const services = await pages(
    clients, async (NextToken) => clients.organizations.send(new ListAWSServiceAccessForOrganizationCommand({ NextToken })),
    (page) => page.EnabledServicePrincipals,
  );
  return services.some(({ ServicePrincipal }) => ServicePrincipal === principal);
}

/** Accounts that administer a service. */
async function administrators(principal: string, clients: SettingsClients): Promise<string[]> {
  const list = await pages(
    clients, async (NextToken) => clients.organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: principal, NextToken })),
    (page) => page.DelegatedAdministrators,
  );
  return list.map(({ Id }) => Id!);
}

/**
 * One change, retried while AWS is busy; errors that say it is done already are success. Says whether the change is ours: what is done already at a
 * later attempt was done by an earlier one whose answer got lost.
 */
async function attempt(clients: SettingsClients, send: () => Promise<unknown>, ...doneAlready: string[]): Promise<boolean> {
  return withRetries(async (count) => {
    try {
      await send();
      return true;
    } catch (error) {
      if (!doneAlready.includes((error as Error).name)) throw error;
      return count > 1;
    }
  }, clients);
}

async function unlessGone(turnOff: () => Promise<void>): Promise<void> {
  try {
    await turnOff();
  } catch (error) {
    if (!GONE.includes((error as Error).name)) throw error;
  }
}
