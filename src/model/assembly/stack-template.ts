import { readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { AssemblyError } from './assembly-error';

/** What is known of a stack before its template is read. */
export interface StackFacts {
  /** Unique in the assembly. */
  readonly id: string;
  readonly stackName: string;
  /** Twelve digits. @default - the stack can be deployed to any account */
  readonly account?: string;
  /** @default - the stack can be deployed to any Region */
  readonly region?: string;
  /** Path of the template's file. */
  readonly file: string;
  readonly constructPath?: string;
  /** Construct paths by logical id, those of nested stacks too. @default - none but those in the template */
  readonly constructPaths?: () => ReadonlyMap<string, readonly string[]>;
  /** The parsed template. @default - read from the file */
  readonly template?: { readonly [section: string]: any };
  /** Ids of the stacks that are deployed before this one, as the assembly says. @default - none */
  readonly dependencies?: () => readonly string[];
  /** The stack that creates this one, and the logical id of the resource in it. @default - deployed on its own */
  readonly parent?: { readonly stack: StackTemplate; readonly logicalId: string };
}

/** A stack and its template, which is read and parsed once, when first asked for. */
export class StackTemplate {
  public readonly id: string;
  public readonly stackName: string;
  public readonly account?: string;
  public readonly region?: string;
  public readonly file: string;
  public readonly constructPath?: string;
  public readonly parent?: { readonly stack: StackTemplate; readonly logicalId: string };
  private parsed: { readonly [section: string]: any } | undefined;
  private children: ReadonlyMap<string, StackTemplate> | undefined;

  public constructor(private readonly facts: StackFacts) {
    this.id = facts.id;
    this.stackName = facts.stackName;
    this.account = facts.account;
    this.region = facts.region;
    this.file = facts.file;
    this.constructPath = facts.constructPath;
    this.parent = facts.parent;
    this.parsed = facts.template;
  }

  /** The parsed template. Throws `AssemblyError` when it is missing or not a template. */
  public get template(): { readonly [section: string]: any } {
    this.parsed ??= readTemplate(this.file);
    return this.parsed;
  }

  /** Resources by logical id, as written. */
  public get resources(): { readonly [logicalId: string]: any } {
    return this.template.Resources ?? {};
  }

  /** Nested stacks whose templates are in the assembly, by the logical id of their resource. */
  public get nested(): ReadonlyMap<string, StackTemplate> {
    this.children ??= this.readNested();
    return this.children;
  }

  /** Ids of the stacks that are deployed before this one, as the assembly says. */
  public get dependencies(): readonly string[] {
    return this.facts.dependencies?.() ?? [];
  }

  /** Path of the construct that made a resource; undefined when nothing says it. */
  public constructPathOf(logicalId: string): string | undefined {
    const path = this.resources[logicalId]?.Metadata?.['aws:cdk:path'];
    if (typeof path === 'string') return path;
    const all = this.constructPaths.get(logicalId) ?? [];
    return this.parent ? all.find((candidate) => candidate.startsWith(`${this.constructPath}/`)) : all[0];
  }

  /** Construct paths by logical id as the manifest says them, nearest to the stack first. */
  public get constructPaths(): ReadonlyMap<string, readonly string[]> {
    return this.facts.constructPaths?.() ?? new Map();
  }

  private readNested(): ReadonlyMap<string, StackTemplate> {
    const found = new Map<string, StackTemplate>();
    for (const [logicalId, resource] of Object.entries(this.resources)) {
      if (resource?.Type !== 'AWS::CloudFormation::Stack') continue;
      const path = this.nestedTemplateOf(resource);
      if (path === undefined) continue;
      found.set(logicalId, new StackTemplate({
        id: `${this.id}/${logicalId}`,
        stackName: `${this.stackName}/${logicalId}`,
        account: this.account,
        region: this.region,
        file: join(dirname(this.file), path),
        constructPath: this.constructPathOf(logicalId)?.replace(/\.NestedStack\/[^/]+\.NestedStackResource$/, ''),
        constructPaths: this.facts.constructPaths,
        parent: { stack: this, logicalId },
      }));
    }
    return found;
  }

  /** From the asset's metadata, else from the hash in the template's address and the asset manifest beside this template. */
  private nestedTemplateOf(resource: any): string | undefined {
    const path = resource.Metadata?.['aws:asset:path'];
    if (typeof path === 'string') return path;
    const hash = /([0-9a-f]{64})\.json/.exec(JSON.stringify(resource.Properties?.TemplateURL ?? ''))?.[1];
    if (hash === undefined) return undefined;
    const name = basename(this.file).replace(/\.(nested\.)?template\.json$/, '');
    for (const stack of [name, this.rootId]) {
      const manifest = readIfThere(join(dirname(this.file), `${stack}.assets.json`));
      const source = manifest?.files?.[hash]?.source?.path;
      if (typeof source === 'string') return source;
    }
    return undefined;
  }

  private get rootId(): string {
    return this.parent ? this.parent.stack.rootId : basename(this.file).replace(/\.template\.json$/, '');
  }
}

function readTemplate(file: string): { readonly [section: string]: any } {
  const fail = (message: string, hint: string) => new AssemblyError(file, [{ place: { file }, message, hint }]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw fail('the template of a stack is missing', AGAIN);
  }
  let parsed: any;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw fail(`the template is not JSON: ${(error as Error).message}`, AGAIN);
  }
  if (!isObject(parsed) || (parsed.Resources !== undefined && !isObject(parsed.Resources))) {
    throw fail('the file is not a CloudFormation template', 'Expected an object with Resources. Synthesize again.');
  }
  return parsed;
}

/** What to do about a damaged assembly. */
export const AGAIN = 'Synthesize again: npx cdk synth.';

/** The parsed JSON of a file; undefined when there is none or it is broken. */
export function readIfThere(file: string): any {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is { readonly [key: string]: any } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
