import { CrossAccountUse } from './cross-account-use';
import { EncryptionKeys } from './encryption-keys';

/** What is wrong with it, in words. */
export function crossAccountProblems({ accounts, organizationId, organizationPaths, services }: CrossAccountUse, keys: EncryptionKeys): string[] {
  return [
    ...(keys.areOwn ? [] : ['keys of AWS are not shared with other accounts: choose EncryptionKeys.onePerAccount or onePerService']),
    ...(accounts?.length || organizationId !== undefined ? [] : ['neither accounts nor organizationId is given']),
    ...(accounts ?? []).filter((id) => !/^\d{12}$/.test(id)).map((id) => `account "${id}" is not twelve digits`),
    ...(organizationId === undefined || /^o-[a-z0-9]{10,32}$/.test(organizationId) ? [] : [`organizationId is "${organizationId}": an id like o-abcdefghij is expected`]),
    ...(organizationPaths && organizationId === undefined ? ['organizationPaths needs organizationId'] : []),
    ...(organizationPaths ?? []).filter((path) => organizationId !== undefined && !path.startsWith(`${organizationId}/`)).map((path) => `path "${path}" does not begin with ${organizationId}/`),
    ...(organizationPaths?.length === 0 ? ['organizationPaths is empty'] : []),
    ...(services?.length === 0 ? ['services is empty'] : []),
  ];
}
