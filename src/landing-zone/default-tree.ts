import { AccountDefinition, OrganizationDefinition, UnitDefinition } from '../model/organization-definition';

/**
 * The foundational tree of AWS's guidance on organizing accounts ("Organizing Your AWS Environment Using Multiple Accounts", read 2026-11-22):
 * Security, Infrastructure, Workloads/{Prod,NonProd}, Sandbox, Suspended, with log-archive, security and network accounts.
 */
export function defaultTree(emailPattern: string): OrganizationDefinition {
  const place = { file: 'the foundational tree' };
  const bare = { controls: [], policies: [], tags: {}, place };
  const account = (key: string): AccountDefinition => ({ ...bare, key, name: key, controlSets: [], email: emailPattern.replace('{account}', key) });
  const unit = (path: string, controlSets: string[], accounts: string[] = [], units: UnitDefinition[] = []): UnitDefinition => {
    const key = path.split('/').at(-1)!;
    return { ...bare, key, name: key, path, controlSets, units, accounts: accounts.map(account) };
  };
  return {
    file: place.file,
    managementAccount: account('management'),
    root: unit('Root', ['foundational'], [], [
      unit('Root/Security', [], ['log-archive', 'security']),
      unit('Root/Infrastructure', [], ['network']),
      unit('Root/Workloads', ['workload'], [], [unit('Root/Workloads/Prod', []), unit('Root/Workloads/NonProd', [])]),
      unit('Root/Sandbox', ['sandbox']),
      unit('Root/Suspended', ['quarantine']),
    ]),
  };
}
