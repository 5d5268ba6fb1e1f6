import { readdirSync, readFileSync, statSync } from 'fs';
import { basename, join } from 'path';
import { AccountNode, OrganizationModel, OrganizationPolicy } from './organization-model';
import { policyType } from './policy-types';
import { identitiesOf } from '../analysis/accounts-alike';
import { byteLength, policySize } from '../analysis/packing';
import { parsePolicyDocument, PolicyKind, PolicyProblem } from '../analysis/parse-policy';
import { PolicyDocument } from '../analysis/policy-document';

/** Policies that were read from files, as if all were attached to one target; or everything that is wrong with them. */
export interface PolicyFilesResult {
  readonly model?: OrganizationModel;
  /** UTF-8 bytes of the files, white space counted. */
  readonly bytes: number;
  readonly files: number;
  readonly problems: readonly PolicyProblem[];
}

interface PolicyFile {
  /** Path below its folder without `.json`, or the name of a file that was named itself. */
  readonly name: string;
  readonly path: string;
}

/**
 * Reads policies of one type from folders, with all `.json` files in them, and from files. Every file is read, also when others have mistakes.
 *
 * @param typeName `service-control`, `resource-control`
 */
export function readPolicyFiles(paths: readonly string[], typeName: string): PolicyFilesResult {
  const problems: PolicyProblem[] = [];
  const files = paths.flatMap((path) => filesOf(path, problems));
  const names = new Set<string>();
  let bytes = 0;
  const policies = files.flatMap(({ name, path }): OrganizationPolicy[] => {
    if (names.has(name)) problems.push({ file: path, path: '', message: `there is another policy ${name}`, expected: 'each name once: the packed policies are called like the files' });
    names.add(name);
    const text = readFileSync(path, 'utf8');
    bytes += byteLength(text);
    const { document, problems: own } = parsePolicyDocument(text, path, typeName as PolicyKind);
    problems.push(...own);
    if (!document) return [];
    return [{
      name, type: policyType(typeName)!.type, content: document, bytes: policySize(document), targetIds: [ROOT_ID], controls: [], unresolved: [], origin: { place: { file: path } },
    }];
  });
  return { ...(problems.length === 0 ? { model: modelOf(paths.join(', '), policies) } : {}), bytes, files: files.length, problems };
}

function filesOf(path: string, problems: PolicyProblem[]): PolicyFile[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) {
    problems.push({ file: path, path: '', message: 'it does not exist', expected: 'a JSON policy, or a folder with some' });
    return [];
  }
  if (!stat.isDirectory()) return [{ name: basename(path).replace(/\.json$/, ''), path }];
  const found = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json') && statSync(join(path, name)).isFile()).sort();
  if (found.length === 0) problems.push({ file: path, path: '', message: 'no .json file is in it', expected: 'JSON policies' });
  return found.map((name) => ({ name: name.replace(/\\/g, '/').replace(/\.json$/, ''), path: join(path, name) }));
}

const ROOT_ID = 'r-0000';
const TARGET = 'the target';

/** One target, with each account that a policy names: what a policy says of such an account may be another thing than what it says of others. */
function modelOf(source: string, policies: readonly OrganizationPolicy[]): OrganizationModel {
  const account = (key: string, id: string, isManagement: boolean): AccountNode => ({
    kind: 'account', key, name: key, id, email: '', unitPath: TARGET, isManagement, isPlaceholder: true, tags: {}, origin: {},
  });
  const named = new Set(policies.flatMap(({ content }) => { const ids = identitiesOf(content as PolicyDocument); return ids === 'patterns' ? [] : ids; }));
  const management = account('management', '', true);
  const others = named.size === 0 ? [] : [account('any other account', '000000000000', false)];
  const accounts = [management, ...others, ...[...named].sort().map((id) => account(id, id, false))];
  return new OrganizationModel({
    source,
    organizationId: 'o-0000000000',
    root: { kind: 'root', key: TARGET, name: TARGET, id: ROOT_ID, path: TARGET, units: [], accounts, controlSets: [], origin: {} },
    managementAccount: management,
    policies,
    platform: [],
    controls: [],
    quotas: {},
    controlTower: false,
    allowedRegions: [],
    unresolved: [],
  });
}
