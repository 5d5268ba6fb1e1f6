import {
  DeregisterDelegatedAdministratorCommand, DisableAWSServiceAccessCommand, DisablePolicyTypeCommand, EnableAWSServiceAccessCommand, EnablePolicyTypeCommand,
  ListAWSServiceAccessForOrganizationCommand, ListDelegatedAdministratorsCommand, ListPoliciesCommand, ListRootsCommand, OrganizationsClient, PolicyType,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { EnableSharingWithAwsOrganizationCommand, RAMClient } from '@aws-sdk/client-ram';
import { Setting } from './custom-resource';
import { pages } from './pages';
import { withRetries } from './retry';

/** What a setting needs from outside. */
export interface SettingsClients {
  readonly organizations: OrganizationsClient;
  readonly ram: RAMClient;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Whether too little time is left for another attempt. */
  readonly deadline: () => boolean;
}

const RAM_PRINCIPAL = 'ram.amazonaws.com';

/** The setting that a custom resource stands for. Fails for an unknown type or a missing property. */
export function settingOf(type: string, properties: { readonly [name: string]: unknown }, clients: SettingsClients): Setting {
  const property = (name: string): string => {
    const value = properties[name];
    if (typeof value !== 'string' || value === '') throw new Error(`${type} needs the property ${name}, a text`);
    return value;
  };
  switch (type) {
    case 'Custom::OrganizationPolicyType': return policyType(property('RootId'), property('PolicyType') as PolicyType, clients);
    case 'Custom::OrganizationTrustedAccess': return trustedAccess(property('ServicePrincipal'), clients);
    case 'Custom::OrganizationDelegatedAdministrator': return delegatedAdministrator(property('ServicePrincipal'), property('AccountId'), clients);
    case 'Custom::OrganizationRamSharing': return ramSharing(clients);
    default: throw new Error(`${type} is not a setting of the organization`);
  }
}

function policyType(rootId: string, type: PolicyType, clients: SettingsClients): Setting {
  const { organizations } = clients;
  return {
    id: `policy-type:${type}`,
    isOn: async () => {
      const roots = await pages(clients, (NextToken) => organizations.send(new ListRootsCommand({ NextToken })), ({ Roots }) => Roots);
      const root = roots.find(({ Id }) => Id === rootId);
      if (!root) throw new Error(`The organization has no root ${rootId}; its roots: ${roots.map(({ Id }) => Id).join(', ')}`);
      return root.PolicyTypes?.some(({ Type, Status }) => Type === type && Status !== 'PENDING_DISABLE') ?? false;
    },
    turnOn: () => attempt(clients, () => organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: type })), 'PolicyTypeAlreadyEnabledException'),
    turnOff: async () => {
      // Disabling a type detaches every policy of it, ours or not. What others still use stays on.
      const left = await pages(clients, (NextToken) => organizations.send(new ListPoliciesCommand({ Filter: type, NextToken })), ({ Policies }) => Policies);
      if (left.some(({ AwsManaged }) => !AwsManaged)) return;
      await attempt(clients, () => organizations.send(new DisablePolicyTypeCommand({ RootId: rootId, PolicyType: type })), 'PolicyTypeNotEnabledException');
    },
  };
}

function trustedAccess(principal: string, clients: SettingsClients): Setting {
  const { organizations } = clients;
  return {
    id: `trusted-access:${principal}`,
    isOn: () => trusts(principal, clients),
    turnOn: () => attempt(clients, () => organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal: principal }))),
    turnOff: () => attempt(clients, () => organizations.send(new DisableAWSServiceAccessCommand({ ServicePrincipal: principal }))),
  };
}

function delegatedAdministrator(principal: string, accountId: string, clients: SettingsClients): Setting {
  const { organizations } = clients;
  const input = { AccountId: accountId, ServicePrincipal: principal };
  return {
    id: `delegated-administrator:${principal}:${accountId}`,
    isOn: async () => {
      const list = await pages(
        clients, (NextToken) => organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal: principal, NextToken })), (page) => page.DelegatedAdministrators,
      );
      return list.some(({ Id }) => Id === accountId);
    },
    turnOn: () => attempt(clients, () => organizations.send(new RegisterDelegatedAdministratorCommand(input)), 'AccountAlreadyRegisteredException'),
    turnOff: () => attempt(clients, () => organizations.send(new DeregisterDelegatedAdministratorCommand(input)), 'AccountNotRegisteredException', 'AccountNotFoundException'),
  };
}

/** RAM can turn sharing on, and AWS has no call to turn it off without cutting shares in use; so it stays on. */
function ramSharing(clients: SettingsClients): Setting {
  return {
    id: 'ram-sharing',
    isOn: () => trusts(RAM_PRINCIPAL, clients),
    turnOn: () => attempt(clients, () => clients.ram.send(new EnableSharingWithAwsOrganizationCommand({}))),
    turnOff: async () => {},
  };
}

async function trusts(principal: string, clients: SettingsClients): Promise<boolean> {
  const services = await pages(
    clients, (NextToken) => clients.organizations.send(new ListAWSServiceAccessForOrganizationCommand({ NextToken })), (page) => page.EnabledServicePrincipals,
  );
  return services.some(({ ServicePrincipal }) => ServicePrincipal === principal);
}

/** One change, retried while AWS is busy; errors that say it is done already are success. */
async function attempt(clients: SettingsClients, send: () => Promise<unknown>, ...doneAlready: string[]): Promise<void> {
  try {
    await withRetries(send, clients);
  } catch (error) {
    if (!doneAlready.includes((error as Error).name)) throw error;
  }
}
