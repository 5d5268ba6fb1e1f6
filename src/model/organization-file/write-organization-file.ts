import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { Document, isMap, Pair, Scalar } from 'yaml';
import { AccountDefinition, OrganizationDefinition, TargetDefinition, UnitDefinition, unitsOf } from '../organization-definition';
import { policyType } from '../policy-types';

/** A remark that is written as a comment above an account. */
export interface Remarks {
  readonly [accountKey: string]: string;
}

/** The texts of `organization.yaml` and its policy files, by path relative to the folder. The same definition always gives the same bytes. */
export function organizationFiles(definition: OrganizationDefinition, remarks: Remarks = {}): Map<string, string> {
  const { root, managementAccount, regions, accountStacks, controlTower } = definition;
  const document = new Document({
    organization: {
      managementAccount: compact({ name: managementAccount.name, email: managementAccount.email, tags: managementAccount.tags }),
      ...(regions ? { regions: { home: regions.home, allowed: [...regions.allowed] } } : {}),
      ...(controlTower !== undefined ? { controlTower } : {}),
      ...(accountStacks !== undefined ? { accountStacks } : {}),
      ...targetBody(root),
      ...tree(root),
    },
  }, { aliasDuplicateObjects: false });
  comment(document, managementAccount.key, ['organization', 'managementAccount'], remarks);
  for (const { accounts, path } of unitsOf(root)) {
    const unitPath = path.split('/').slice(1).flatMap((key) => ['units', key]);
    for (const { key } of accounts) comment(document, key, ['organization', ...unitPath, 'accounts', key], remarks);
  }
  const files = new Map([['organization.yaml', document.toString({ lineWidth: 0 })]]);
  const targets: readonly TargetDefinition[] = [...unitsOf(root)].flatMap((unit) => [unit, ...unit.accounts]);
  for (const { file, content } of targets.flatMap(({ policies }) => policies)) files.set(file, `${JSON.stringify(content, undefined, 2)}\n`);
  return files;
}

/** Writes `organization.yaml` and its policies into a folder. */
export function writeOrganizationFile(definition: OrganizationDefinition, dir: string, remarks: Remarks = {}): string[] {
  const files = organizationFiles(definition, remarks);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return [...files.keys()];
}

function tree(unit: UnitDefinition): object {
  return compact({
    accounts: Object.fromEntries(unit.accounts.map((account) => [account.key, accountBody(account)])),
    units: Object.fromEntries(unit.units.map((child) => [child.key, { ...named(child), ...targetBody(child), ...tree(child) }])),
  });
}

function accountBody(account: AccountDefinition): object {
  return { email: account.email, ...named(account), ...targetBody(account) };
}

function named({ key, name }: TargetDefinition): object {
  return name === key ? {} : { name };
}

function targetBody({ controlSets, controls, policies, tags }: TargetDefinition): object {
  const byType: { [type: string]: unknown[] } = {};
  for (const { type, file, name, description } of policies) {
    const isPlain = description === undefined && name === file.split('/').at(-1)!.replace(/\.json$/, '');
    (byType[policyType(type)!.name] ??= []).push(isPlain ? file : { file, name, ...(description !== undefined ? { description } : {}) });
  }
  return compact({ controlSets, controls, policies: byType, tags });
}

/** Without what is empty. */
function compact(body: { [key: string]: unknown }): object {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0)));
}

function comment(document: Document, key: string, path: readonly string[], remarks: Remarks): void {
  const remark = remarks[key];
  if (remark === undefined) return;
  const parent = document.getIn(path.slice(0, -1));
  const pair = isMap(parent) ? parent.items.find((item) => String((item.key as Scalar | string as any).value ?? item.key) === path.at(-1)) : undefined;
  if (!pair) return;
  const scalar = pair.key instanceof Scalar ? pair.key : new Scalar(path.at(-1));
  scalar.commentBefore = ` ${remark}`;
  (pair as Pair<unknown, unknown>).key = scalar;
}
