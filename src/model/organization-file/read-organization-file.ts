import { readFileSync, statSync } from 'fs';
import { dirname, isAbsolute, join } from 'path';
import { inOrder } from './format-problems';
import { readPolicyFile } from './policy-file';
import { readBudget } from './read-budget';
import { readLife } from './read-life';
import { schemaProblems } from './schema-problems';
import { semanticProblems } from './semantic-problems';
import { YamlSource } from './yaml-source';
import { nearest } from '../../analysis/nearest';
import { AccountDefinition, OrganizationDefinition, PolicyReference, Problem, TargetDefinition, UnitDefinition } from '../organization-definition';
import { policyType } from '../policy-types';

export { formatProblems, inOrder } from './format-problems';

/** What the file may name. */
export interface ReadOptions {
  /** Ids of the controls there are. */
  readonly controlIds: readonly string[];
  readonly controlSets: readonly string[];
}

/** A definition, or everything that is wrong with the file. */
export interface ReadResult {
  readonly definition?: OrganizationDefinition;
  readonly problems: readonly Problem[];
}

/** Reads `organization.yaml` and every policy it names. No definition when anything is wrong. */
export function readOrganizationFile(file: string, options: ReadOptions): ReadResult {
  if (!isFile(file)) return { problems: [{ place: { file }, message: 'the file does not exist', hint: 'expected the path of an organization.yaml' }] };
  return parseOrganizationFile(readFileSync(file, 'utf8'), file, options, (path) => {
    const full = join(dirname(file), path);
    return isFile(full) ? { file: full, text: readFileSync(full, 'utf8') } : undefined;
  });
}

/** Gives the text of a policy file; undefined when there is none. */
export type PolicyFiles = (path: string) => { file: string; text: string } | undefined;

/** The same from texts. */
export function parseOrganizationFile(text: string, file: string, options: ReadOptions, policyFiles: PolicyFiles): ReadResult {
  const { source, problems } = YamlSource.parse(text, file);
  if (!source) return { problems: inOrder(problems) };
  const data = source.data;
  const wrong = schemaProblems('organization.schema.json', data, source);
  // What has the right shape is read even when other parts have not, so that all mistakes come at once.
  const reading = new Reading(source, file, options, policyFiles);
  const definition = isMap(data) && isMap(data.organization) ? reading.organization(data.organization) : undefined;
  const semantic = definition ? semanticProblems(definition) : [];
  const all = inOrder([...wrong, ...reading.problems, ...semantic]);
  return definition && all.length === 0 ? { definition, problems: [] } : { problems: all };
}

type Path = readonly (string | number)[];

class Reading {
  public readonly problems: Problem[] = [];
  private readonly contents = new Map<string, { content?: unknown }>();

  public constructor(private readonly source: YamlSource, private readonly file: string, private readonly options: ReadOptions, private readonly files: PolicyFiles) {}

  public organization(data: any): OrganizationDefinition {
    const path = ['organization'];
    const regions = isMap(data.regions) && typeof data.regions.home === 'string' ? { home: data.regions.home, allowed: strings(data.regions.allowed ?? [data.regions.home]) } : undefined;
    if (regions && !regions.allowed.includes(regions.home)) {
      this.problems.push({ place: this.source.valueAt([...path, 'regions', 'home']), message: `the home Region ${regions.home} is not among the allowed Regions`, hint: `add it to allowed: ${regions.allowed.join(', ')}` });
    }
    const management = isMap(data.managementAccount) ? data.managementAccount : {};
    return {
      file: this.file,
      managementAccount: this.account('management', management, [...path, 'managementAccount']),
      root: this.unit('Root', 'Root', data, path),
      ...(regions ? { regions } : {}),
      ...(typeof data.accountStacks === 'number' ? { accountStacks: data.accountStacks } : {}),
      ...(typeof data.controlTower === 'boolean' ? { controlTower: data.controlTower } : {}),
    };
  }

  private unit(key: string, unitPath: string, data: any, path: Path): UnitDefinition {
    const body = isMap(data) ? data : {};
    return {
      ...this.target(key, body, path),
      path: unitPath,
      units: this.inFileOrder(body.units, [...path, 'units']).map(([child, value]) => this.unit(child, `${unitPath}/${child}`, value, [...path, 'units', child])),
      accounts: this.inFileOrder(body.accounts, [...path, 'accounts']).map(([child, value]) => this.member(child, isMap(value) ? value : {}, [...path, 'accounts', child])),
    };
  }

  /** JavaScript lists keys that are numbers first; the file's order counts. */
  private inFileOrder(value: unknown, path: Path): [string, unknown][] {
    const all = entries(value);
    if (!all.some(([key]) => /^[0-9]+$/.test(key))) return all;
    const placed = all.map((entry) => ({ entry, place: this.source.keyAt([...path, entry[0]]) }));
    return placed.sort((a, b) => a.place.line! - b.place.line! || a.place.column! - b.place.column!).map(({ entry }) => entry);
  }

  private account(key: string, data: any, path: Path): AccountDefinition {
    return { ...this.target(key, data, path), email: typeof data.email === 'string' ? data.email : '' };
  }

  private member(key: string, data: any, path: Path): AccountDefinition {
    return { ...this.account(key, data, path), ...readLife(data, this.source, path, this.problems) };
  }

  private target(key: string, data: any, path: Path): TargetDefinition {
    return {
      key,
      name: typeof data.name === 'string' ? data.name : key,
      controlSets: this.known(data.controlSets, [...path, 'controlSets'], this.options.controlSets, 'control set'),
      controls: this.known(data.controls, [...path, 'controls'], this.options.controlIds, 'control'),
      policies: entries(data.policies).flatMap(([type, list]) => (Array.isArray(list) ? list : []).flatMap((item, index) => this.policy(type, item, [...path, 'policies', type, index]))),
      tags: Object.fromEntries(entries(data.tags).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
      ...readBudget(data.budget, this.source, [...path, 'budget'], this.problems),
      place: this.source.keyAt(path),
    };
  }

  private known(list: unknown, path: Path, known: readonly string[], kind: string): string[] {
    return strings(list).filter((name, index) => {
      if (known.includes(name)) return true;
      const near = nearest(name, known);
      this.problems.push({ place: this.source.valueAt([...path, index]), message: `unknown ${kind} "${name}"`, hint: near ? `did you mean "${near}"?` : `expected ${known.join(', ')}` });
      return false;
    });
  }

  private policy(typeName: string, item: any, path: Path): PolicyReference[] {
    const facts = policyType(typeName);
    const file = typeof item === 'string' ? item : isMap(item) && typeof item.file === 'string' ? item.file : undefined;
    if (!facts || file === undefined) return [];
    const place = this.source.valueAt(path);
    if (isAbsolute(file)) {
      this.problems.push({ place, message: `policy file ${file} is an absolute path`, hint: `expected a path relative to ${this.file}` });
      return [];
    }
    const content = this.content(file, facts.name, place);
    if (content === undefined) return [];
    return [{
      name: (typeof item === 'object' && typeof item.name === 'string' ? item.name : undefined) ?? file.split('/').at(-1)!.replace(/\.json$/, ''), type: facts.type, file, content, place,
      ...(typeof item.description === 'string' ? { description: item.description } : {}),
    }];
  }

  /** A file named at several targets is read, and its mistakes are told, once. */
  private content(file: string, typeName: string, place: PolicyReference['place']): unknown {
    const key = `${typeName} ${file}`;
    let known = this.contents.get(key);
    if (!known) {
      const found = this.files(file);
      if (found) {
        const { content, problems } = readPolicyFile(found.text, found.file, typeName);
        this.problems.push(...problems);
        known = { content };
      } else {
        this.problems.push({ place, message: `there is no policy file ${file}`, hint: `expected a JSON document; paths are relative to ${this.file}` });
        known = {};
      }
      this.contents.set(key, known);
    }
    return known.content;
  }
}

/** Whether there is a file to read; a folder is none. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isMap(value: unknown): value is { [key: string]: any } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function entries(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : [];
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
