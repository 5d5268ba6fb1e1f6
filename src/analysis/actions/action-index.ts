import { arnShape, ResourceUse } from './resource-shape';
import { globMatches, globOf } from '../glob';

/** What an action does, in the words of the service authorization reference. */
export type AccessLevel = 'Read' | 'List' | 'Write' | 'Tagging' | 'Permissions management';

/** One action of AWS. */
export interface ActionFacts {
  /** `s3:PutObject`, as AWS spells it. */
  readonly name: string;
  readonly service: string;
  readonly level: AccessLevel;
  /** Resource types; empty when the action works on `*` only. */
  readonly resources: readonly ResourceUse[];
  /** Condition keys of the action itself, without AWS's global ones. */
  readonly keys: readonly string[];
}

/** Name, access level, set of keys, and for each resource type its number, whether it is required, and its set of keys. */
export type ActionRow = readonly [string, 'R' | 'L' | 'W' | 'T' | 'P', number, ...ReadonlyArray<readonly [number, 0 | 1, number]>];

export interface ServiceRow {
  readonly name: string;
  /** Name and number of the ARN format of each resource type. */
  readonly resources: ReadonlyArray<readonly [string, number]>;
  /** In order of their names. */
  readonly actions: readonly ActionRow[];
}

/** The index as it is stored. */
export interface ActionIndexJson {
  readonly version: 1;
  readonly source: string;
  readonly date: string;
  readonly keySets: ReadonlyArray<readonly string[]>;
  /** Keys of every request, whatever the action: AWS's global ones, and those that a session of any service carries. */
  readonly globalKeys: readonly string[];
  /** Keys that a service defines without saying which actions have them. */
  readonly looseKeys: readonly string[];
  readonly arns: readonly string[];
  readonly services: readonly ServiceRow[];
}

const LEVELS = { R: 'Read', L: 'List', W: 'Write', T: 'Tagging', P: 'Permissions management' } as const;

/** Every action of AWS that the service authorization reference lists, with its condition keys and resource types. */
export class ActionIndex {
  /** `s3:PutObject`: all actions, in order of service and name. */
  public readonly actions: readonly string[];
  /** Where the data comes from, and of what day it is. */
  public readonly source: string;
  public readonly date: string;
  /** Keys that a request of any action may have: `aws:PrincipalArn`, `ec2:SourceInstanceArn`, `aws:PrincipalTag/${TagKey}`. */
  public readonly globalKeys: readonly string[];
  /** Keys that a service defines, but that the reference says of no action: any action may have them. */
  public readonly looseKeys: readonly string[];
  /** The sets of keys that actions and resource types have. */
  public readonly keySets: ReadonlyArray<readonly string[]>;
  private readonly rows: ReadonlyArray<readonly [ServiceRow, ActionRow]>;
  private readonly firstOf = new Map<string, number>();
  private readonly byName = new Map<string, number>();
  private readonly lower: readonly string[];
  private readonly known = new Map<number, ActionFacts>();
  private readonly found = new Map<string, readonly number[]>();

  public constructor(private readonly json: ActionIndexJson) {
    this.source = json.source;
    this.date = json.date;
    this.globalKeys = json.globalKeys;
    this.looseKeys = json.looseKeys;
    this.keySets = json.keySets;
    const actions: string[] = [];
    const rows: Array<readonly [ServiceRow, ActionRow]> = [];
    for (const service of json.services) {
      this.firstOf.set(service.name, actions.length);
      for (const row of service.actions) {
        actions.push(`${service.name}:${row[0]}`);
        rows.push([service, row]);
      }
    }
    this.actions = actions;
    this.rows = rows;
    this.lower = actions.map((action) => action.toLowerCase());
    this.lower.forEach((action, index) => this.byName.set(action, index));
  }

  /** `s3`, `ec2`, … */
  public get services(): readonly string[] {
    return this.json.services.map(({ name }) => name);
  }

  public hasService(service: string): boolean {
    return this.firstOf.has(service.toLowerCase());
  }

  /** The facts of an action in any spelling; undefined when the reference has none of the name. */
  public find(action: string): ActionFacts | undefined {
    const index = this.byName.get(action.toLowerCase());
    return index === undefined ? undefined : this.at(index);
  }

  /** The facts of the n-th of `actions`. */
  public at(index: number): ActionFacts {
    let facts = this.known.get(index);
    if (!facts) {
      const [service, [name, level, keySet, ...resources]] = this.rows[index];
      facts = {
        name: `${service.name}:${name}`,
        service: service.name,
        level: LEVELS[level],
        keys: this.json.keySets[keySet],
        resources: resources.map(([type, required, keys]) => ({
          type: service.resources[type][0], required: required === 1, shape: arnShape(this.json.arns[service.resources[type][1]]), keys: this.json.keySets[keys],
        })),
      };
      this.known.set(index, facts);
    }
    return facts;
  }

  /** Positions in `actions` of those that a pattern matches, in order. */
  public matching(pattern: string): readonly number[] {
    const lower = pattern.toLowerCase();
    let matches = this.found.get(lower);
    if (!matches) {
      matches = this.search(lower);
      this.found.set(lower, matches);
    }
    return matches;
  }

  private search(pattern: string): readonly number[] {
    if (!/[*?]/.test(pattern)) {
      const index = this.byName.get(pattern);
      return index === undefined ? [] : [index];
    }
    const service = pattern.slice(0, Math.max(0, pattern.indexOf(':')));
    const start = /[*?]/.test(service) || service === '' ? 0 : this.firstOf.get(service);
    if (start === undefined) {
      return [];
    }
    const end = start === 0 && service !== this.rows[0][0].name ? this.actions.length : start + this.rows[start][0].actions.length;
    const glob = globOf(pattern);
    const prefix = pattern.slice(0, pattern.search(/[*?]/));
    const isPrefix = prefix.length === pattern.length - 1 && pattern.endsWith('*');
    const matches: number[] = [];
    for (let index = start; index < end; index++) {
      if (this.lower[index].startsWith(prefix) && (isPrefix || globMatches(glob, this.lower[index]))) {
        matches.push(index);
      }
    }
    return matches;
  }
}
