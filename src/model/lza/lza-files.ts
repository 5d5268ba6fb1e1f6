import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { fillYaml, LzaValues } from './replacements';
import { Problem } from '../organization-definition';
import { isFile } from '../organization-file/read-organization-file';
import { YamlSource } from '../organization-file/yaml-source';

/** Something that a person must know about an import: what is left to do, what was assumed, what was not carried over. */
export interface Notice {
  readonly kind: 'to do' | 'assumed' | 'not carried over';
  /** By name: a file and section, an account, a policy. */
  readonly subject: string;
  readonly message: string;
}

/** Sections of organization-config.yaml that hold policies, and our names of their types. */
export const POLICY_SECTIONS: { readonly [section: string]: string } = {
  serviceControlPolicies: 'service-control',
  resourceControlPolicies: 'resource-control',
  declarativePolicies: 'declarative-ec2',
  taggingPolicies: 'tag',
  backupPolicies: 'backup',
  chatbotPolicies: 'chatbot',
};

/** A YAML file with its variables filled in. */
export interface LzaFile {
  readonly data: any;
  readonly source: YamlSource;
}

/** What replacements-config.yaml gives. */
export interface Replacement {
  readonly key: string;
  readonly value?: string | readonly string[];
  /** Where it is in Parameter Store, when the value is not in the file. */
  readonly path?: string;
  /** What its line asks to update: `UPDATE TO YOUR HOME REGION`. */
  readonly asks?: string;
}

/** The files of a configuration folder. */
export class LzaFiles {
  public readonly problems: Problem[] = [];
  public readonly notices: Notice[] = [];
  public readonly replacements: readonly Replacement[];
  private readonly values: LzaValues['global'];
  private readonly read = new Set<string>();

  public constructor(public readonly dir: string) {
    this.replacements = this.readReplacements();
    this.values = new Map(this.replacements.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value] as const])));
  }

  /** Replacements with their values. */
  public get global(): LzaValues['global'] {
    return this.values;
  }

  public has(name: string): boolean {
    return isFile(join(this.dir, name));
  }

  /** Text of a file, which then counts as carried over. */
  public text(name: string): string {
    this.read.add(name);
    return readFileSync(join(this.dir, name), 'utf8');
  }

  /** A file of the configuration; undefined when it does not exist or is not YAML. */
  public yaml(name: string): LzaFile | undefined {
    if (!this.has(name)) return undefined;
    const missing = new Set<string>();
    const { source, problems } = YamlSource.parse(fillYaml(this.text(name), this.values, missing), join(this.dir, name));
    for (const variable of missing) this.notices.push({ kind: 'to do', subject: `${name}: {{ ${variable} }}`, message: this.whereIs(variable) });
    this.problems.push(...problems.map((problem) => (missing.size === 0 ? problem : { ...problem, hint: `{{ ${[...missing].join(' }}, {{ ')} }} has no value in replacements-config.yaml` })));
    return source && { source, data: source.data ?? {} };
  }

  /** Why a variable has no value. */
  public whereIs(variable: string): string {
    const path = this.replacements.find(({ key }) => key === variable)?.path;
    return path !== undefined ? `its value is in Parameter Store, at ${path}` : 'replacements-config.yaml gives it no value';
  }

  /** Files that nobody read, by path; not those about the files, and none that are hidden. */
  public unread(): string[] {
    return readdirSync(this.dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(this.dir, '/').length).replace(/\\/g, '/'))
      .filter((path) => !this.read.has(path) && !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules') && !/(^|\/)(LICENSE|NOTICE|README)[^/]*$/i.test(path))
      .sort();
  }

  private readReplacements(): Replacement[] {
    const name = 'replacements-config.yaml';
    if (!this.has(name)) return [];
    const text = this.text(name);
    const { source, problems } = YamlSource.parse(text, join(this.dir, name));
    this.problems.push(...problems);
    const lines = text.split('\n');
    return list(source?.data?.globalReplacements).map((entry, index): Replacement => {
      const { key, value, path } = entry ?? {};
      const line = source!.valueAt(['globalReplacements', index, 'value', ...(Array.isArray(value) ? [0] : [])]).line!;
      const asks = /#\s*<-+\s*(.*)$/.exec(lines[line - 1] ?? '')?.[1]?.trim();
      return {
        key: String(key),
        ...(value !== undefined && value !== null ? { value: Array.isArray(value) ? value.map(String) : String(value) } : {}),
        ...(typeof path === 'string' ? { path } : {}),
        ...(asks !== undefined ? { asks } : {}),
      };
    });
  }
}

/** Whether a value is what the accelerator's template came with, to be replaced by a user. */
export function isUnfilled(value: string): boolean {
  return /<-{2,}|^<[^<>]+>/.test(value);
}

/** A list, or nothing. */
export function list(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
