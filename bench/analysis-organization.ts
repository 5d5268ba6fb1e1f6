// An organization of many accounts and SCPs for measuring the analysis: deterministic, and as varied as a real one.
import { ActionIndex } from '../src/analysis/actions/action-index';
import { PolicyStatementJson } from '../src/analysis/policy-document';
import { PlaceholderIds } from '../src/model/lock-file';
import { AccountNode, OrganizationModel, OrganizationPolicy, UnitNode } from '../src/model/organization-model';

const UNITS = 20;
const PLATFORM = ['role/cdk-hnb659fds-*', 'role/stacksets-exec-*', 'role/AWSControlTowerExecution', 'role/break-glass'];
const EXEMPT = PLATFORM.map((principal) => `arn:aws:iam::*:${principal}`);
const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'];

/** @param changed how many policies say something else than usual, the one at the root first */
export function organizationOf(accounts: number, policies: number, changed: number, index: ActionIndex): OrganizationModel {
  const random = generator(7);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const units: { unit: UnitNode; accounts: AccountNode[] }[] = Array.from({ length: UNITS }, (_, at) => {
    const own: AccountNode[] = [];
    return { unit: unitNode(`unit-${at}`, own), accounts: own };
  });
  for (let at = 0; at < accounts; at++) units[at % UNITS]!.accounts.push(accountNode(`account-${at}`, units[at % UNITS]!.unit.path));
  const management = { ...accountNode('management', 'Root'), isManagement: true };
  const root: UnitNode = { ...unitNode('Root', [management]), kind: 'root', path: 'Root', units: units.map(({ unit }) => unit) };
  const services = index.services.filter((service) => index.matching(`${service}:*`).length > 20);
  const all = Array.from({ length: policies }, (_, at): OrganizationPolicy => {
    const statements = Array.from({ length: 5 }, (__, position) => statement(at * 10 + position, at < changed && position === 0, pick, services, index));
    const content = { Version: '2012-10-17', Statement: statements };
    const targetIds = at < 4 ? [root.id] : at < 4 + UNITS * 4 ? [units[at % UNITS]!.unit.id] : Array.from({ length: 5 }, () => pick(pick(units).accounts).id);
    return { name: `policy-${at}`, type: 'SERVICE_CONTROL_POLICY', content, bytes: JSON.stringify(content).length, targetIds, controls: [], unresolved: [], origin: {} };
  });
  return new OrganizationModel({
    source: 'bench', organizationId: 'o-example', root, managementAccount: management, policies: all, controls: [], quotas: {}, controlTower: false,
    platform: PLATFORM.map((principal) => ({ name: principal, principal, needs: [] })), allowedRegions: [], unresolved: [],
  });
}

function statement(at: number, isChanged: boolean, pick: <T>(items: readonly T[]) => T, services: readonly string[], index: ActionIndex): PolicyStatementJson {
  const actions = Array.from({ length: 6 }, () => pick(index.matching(`${pick(services)}:*`))).map((position) => index.actions[position]!);
  const service = pick(services);
  const exempt = { ArnNotLike: { 'aws:PrincipalArn': EXEMPT } };
  const base = { Sid: `S${at}`, Effect: 'Deny' as const, Resource: '*' };
  switch (at % 5) {
    case 0: return { ...base, Action: isChanged ? actions.slice(1) : actions, Condition: exempt };
    case 1: return { ...base, Action: [`${service}:Delete*`, `${service}:Put*`], Condition: exempt };
    case 2: return { ...base, NotAction: ['iam:*', 'sts:*', 'organizations:*', 'support:*'], Condition: { ...exempt, StringNotEquals: { 'aws:RequestedRegion': [...REGIONS, `local-${Math.floor(at / 50)}`] } } };
    case 3: return { ...base, Action: ['ec2:RunInstances', ...actions.slice(0, 2)], Resource: 'arn:aws:ec2:*:*:instance/*', Condition: { StringNotLike: { 'ec2:InstanceType': ['t3.*', 't4g.*'] }, ...exempt } };
    default: return { ...base, Action: actions, Condition: { StringEquals: { [`aws:ResourceTag/team-${at % 7}`]: 'platform' }, StringNotEquals: { 'aws:PrincipalTag/team': 'platform' } } };
  }
}

function accountNode(key: string, unitPath: string): AccountNode {
  const id = PlaceholderIds.account(key);
  return { kind: 'account', key, name: key, id, email: `${key}@acme.example`, unitPath, isManagement: false, isPlaceholder: true, tags: {}, origin: {} };
}

function unitNode(key: string, accounts: readonly AccountNode[]): UnitNode {
  const path = `Root/${key}`;
  return { kind: 'unit', key, name: key, id: key === 'Root' ? 'r-ab12' : PlaceholderIds.unit(path), path, units: [], accounts, controlSets: [], origin: {} };
}

/** Numbers between 0 and 1, the same ones every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
