import { policySize } from '../../../src/analysis/packing';
import { PlaceholderIds } from '../../../src/model/lock-file';
import { AccountNode, ControlFacts, OrganizationData, OrganizationModel, OrganizationPolicy, UnitNode } from '../../../src/model/organization-model';

/** Units by their name; the value of an account is its key. */
export interface UnitSketch {
  readonly accounts?: readonly string[];
  readonly units?: { readonly [name: string]: UnitSketch };
}

export interface PolicySketch {
  readonly name: string;
  /** Paths: `Root`, `Root/Prod`, `Root/Prod/web`. */
  readonly on: readonly string[];
  readonly statements?: readonly object[];
  readonly type?: string;
  readonly controls?: readonly string[];
  readonly content?: any;
  readonly bytes?: number;
  readonly unresolved?: readonly string[];
}

export const PLATFORM = [{ name: 'CDK bootstrap roles', principal: 'role/cdk-hnb659fds-*', needs: ['cloudformation:CreateStack', 'iam:CreateRole'] }];

export const EXEMPT = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/cdk-hnb659fds-*' } };

/** Twelve digits that do not begin like a placeholder. */
export function idOf(key: string): string {
  return `9${PlaceholderIds.account(key).slice(1)}`;
}

/** A model of an organization with real ids. */
export function organization(tree: UnitSketch, policies: readonly PolicySketch[] = [], more: Partial<OrganizationData> = {}): OrganizationModel {
  const ids = new Map<string, string>();
  const accountNode = (key: string, unitPath: string): AccountNode => {
    ids.set(`${unitPath}/${key}`, idOf(key));
    return {
      kind: 'account',
      key,
      name: key,
      id: idOf(key),
      email: `${key}@acme.example`,
      unitPath,
      isManagement: false,
      isPlaceholder: false,
      tags: {},
      origin: { logicalId: `Account${key}`, template: 'T.json', stack: 'T' },
    };
  };
  const unitNode = (key: string, path: string, { accounts = [], units = {} }: UnitSketch): UnitNode => {
    const id = path === 'Root' ? 'r-ab12' : `ou-ab12-${PlaceholderIds.unit(path).slice(-8)}`;
    ids.set(path, id);
    const own = accounts.map((account) => accountNode(account, path));
    return {
      kind: path === 'Root' ? 'root' : 'unit',
      key,
      name: key,
      id,
      path,
      controlSets: [],
      origin: { logicalId: `Unit${key}`, template: 'T.json', stack: 'T' },
      units: Object.entries(units).map(([name, sketch]) => unitNode(name, `${path}/${name}`, sketch)),
      accounts: path === 'Root' ? [management, ...own] : own,
    };
  };
  const management: AccountNode = {
    kind: 'account', key: 'management', name: 'management', id: '999999999999', email: 'm@acme.example', unitPath: 'Root', isManagement: true, isPlaceholder: false, tags: {}, origin: {},
  };
  const root = unitNode('Root', 'Root', tree);
  ids.set('Root/management', management.id);
  const planned = policies.map(({ name, on, statements, type = 'SERVICE_CONTROL_POLICY', controls = [], content, bytes, unresolved = [] }): OrganizationPolicy => {
    const document = content ?? (statements ? { Version: '2012-10-17', Statement: statements } : undefined);
    return {
      name,
      type,
      ...(document !== undefined ? { content: document } : {}),
      bytes: bytes ?? (document === undefined ? 0 : policySize(document)),
      controls,
      unresolved,
      targetIds: on.map((path) => ids.get(path) ?? path),
      origin: { logicalId: `Policy${name}`, template: 'T.json', stack: 'T' },
    };
  });
  return new OrganizationModel({
    source: 'the test',
    organizationId: 'o-abcdefghij',
    root,
    managementAccount: management,
    policies: planned,
    platform: PLATFORM,
    controls: [],
    quotas: {},
    controlTower: false,
    allowedRegions: [],
    unresolved: [],
    ...more,
  });
}

export const TRAIL: ControlFacts = {
  id: 'LZ.TRAIL.1',
  title: 'The trail cannot be stopped',
  severity: 'high',
  denies: [{ action: 'cloudtrail:StopLogging' }],
  allows: [{ action: 'cloudtrail:StopLogging', principal: 'role/cdk-hnb659fds-cfn' }, { action: 'cloudtrail:LookupEvents' }],
};

export const TRAIL_STATEMENT = { Sid: 'LZTRAIL1', Effect: 'Deny', Action: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'], Resource: '*', Condition: EXEMPT };
