import { existsSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { AssemblyError } from './assembly-error';
import { AGAIN, readIfThere, StackTemplate } from './stack-template';
import { Problem } from '../organization-definition';

export { AssemblyError } from './assembly-error';
export { StackTemplate } from './stack-template';

/** What CDK synthesized: the templates of all stacks, of stages and nested stacks too. */
export class Assembly {
  private all: readonly StackTemplate[] | undefined;

  public constructor(
    /** What was read, for messages: a folder. */
    public readonly source: string,
    /** Stacks that are deployed on their own. */
    public readonly stacks: readonly StackTemplate[],
  ) {}

  /** All stacks, each before the stacks nested in it. Reading this parses every template. Throws `AssemblyError` with all that is wrong. */
  public get templates(): readonly StackTemplate[] {
    this.all ??= withNested(this.stacks, this.source);
    return this.all;
  }
}

/** A stack as a validation plugin of CDK gets it. */
export interface SynthesizedStack {
  readonly stackConstructPath: string;
  readonly templatePath: string;
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

/**
 * Reads a cloud assembly, such as `cdk.out`. Templates are parsed when they are asked for, each once.
 *
 * @throws AssemblyError when the folder is no assembly, or files of it are missing or broken: all of them at once
 */
export function readAssembly(dir: string): Assembly {
  const problems: Problem[] = [];
  const stacks: StackTemplate[] = [];
  readManifest(dir, '', stacks, problems);
  if (problems.length > 0) throw new AssemblyError(dir, problems);
  return new Assembly(dir, stacks);
}

/** Reads the templates a validation plugin of CDK is given; the manifests beside them, where they are, give stack names and construct paths. */
export function readTemplates(stackTemplates: readonly SynthesizedStack[]): Assembly {
  const manifests = new Map<string, ReadonlyMap<string, StackTemplate>>();
  const stacks = stackTemplates.map(({ stackConstructPath, templatePath, accountId, region }) => {
    const dir = dirname(templatePath);
    const known = manifests.get(dir) ?? stacksByFile(dir);
    manifests.set(dir, known);
    const stack = known.get(basename(templatePath));
    return new StackTemplate({
      id: stackConstructPath,
      stackName: stack?.stackName ?? basename(templatePath).replace(/\.template\.json$/, ''),
      account: accountId,
      region,
      file: templatePath,
      constructPath: stackConstructPath,
      constructPaths: stack && (() => stack.constructPaths),
    });
  });
  const dirs = stackTemplates.map(({ templatePath }) => dirname(templatePath)).sort((a, b) => a.length - b.length);
  return new Assembly(dirs[0] ?? '.', stacks);
}

/** Stacks of one manifest by the name of their template's file; none when there is no manifest. */
function stacksByFile(dir: string): ReadonlyMap<string, StackTemplate> {
  const stacks: StackTemplate[] = [];
  if (existsSync(join(dir, 'manifest.json'))) readManifest(dir, '', stacks, []);
  return new Map(stacks.filter(({ file }) => dirname(file) === dir).map((stack) => [basename(stack.file), stack]));
}

function readManifest(dir: string, prefix: string, stacks: StackTemplate[], problems: Problem[], before: () => readonly string[] = () => []): void {
  const file = join(dir, 'manifest.json');
  let manifest: any;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code;
    problems.push(missing !== undefined
      ? { place: { file: dir }, message: existsSync(dir) ? 'is not a cloud assembly: it has no manifest.json' : 'there is no such folder', hint: 'Synthesize first: npx cdk synth, then name its output folder, such as cdk.out.' }
      : { place: { file }, message: `the manifest is not JSON: ${(error as Error).message}`, hint: AGAIN });
    return;
  }
  if (typeof manifest?.artifacts !== 'object' || manifest.artifacts === null) {
    problems.push({ place: { file }, message: 'the manifest lists no artifacts, so this is not a cloud assembly', hint: 'Synthesize first: npx cdk synth, then name its output folder, such as cdk.out.' });
    return;
  }
  // What an artifact waits for: stacks, and of stages all of their stacks. Assets go with their stack.
  const waitsFor = (artifact: any) => () => [...before(), ...(Array.isArray(artifact.dependencies) ? artifact.dependencies : [])
    .flatMap((one: string) => stacks.map((stack) => stack.id).filter((id) => id === prefix + one || id.startsWith(`${prefix}${one}/`)))];
  for (const [id, artifact] of Object.entries<any>(manifest.artifacts)) {
    if (artifact?.type === 'cdk:cloud-assembly' && typeof artifact.properties?.directoryName === 'string') {
      readManifest(join(dir, artifact.properties.directoryName), `${prefix}${id}/`, stacks, problems, waitsFor(artifact));
    } else if (artifact?.type === 'aws:cloudformation:stack') {
      const stack = stackOf(dir, prefix, id, artifact, waitsFor(artifact));
      if (existsSync(stack.file)) stacks.push(stack);
      else problems.push({ place: { file: stack.file }, message: `the template of stack ${stack.stackName} is missing`, hint: AGAIN });
    }
  }
}

function stackOf(dir: string, prefix: string, id: string, artifact: any, dependencies: () => readonly string[]): StackTemplate {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(artifact.environment ?? '') ?? [];
  let paths: ReadonlyMap<string, readonly string[]> | undefined;
  return new StackTemplate({
    id: prefix + id,
    stackName: artifact.properties?.stackName ?? id,
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
    file: join(dir, artifact.properties?.templateFile ?? `${id}.template.json`),
    // `Stage/Stack`, or `Stage/Stack (name)` where the stack has a name of its own.
    constructPath: artifact.displayName?.replace(/ \(.*\)$/, ''),
    constructPaths: () => paths ??= constructPathsOf(dir, artifact),
    dependencies,
  });
}

/** Construct paths by logical id, the shortest first, from the metadata of a stack's artifact. */
function constructPathsOf(dir: string, artifact: any): ReadonlyMap<string, readonly string[]> {
  const further = typeof artifact.additionalMetadataFile === 'string' ? readIfThere(join(dir, artifact.additionalMetadataFile)) : undefined;
  const paths = new Map<string, string[]>();
  for (const [path, entries] of Object.entries<any>({ ...artifact.metadata, ...further })) {
    for (const { type, data } of Array.isArray(entries) ? entries : []) {
      if (type === 'aws:cdk:logicalId' && typeof data === 'string') paths.set(data, [...paths.get(data) ?? [], path.replace(/^\//, '')]);
    }
  }
  for (const list of paths.values()) list.sort((a, b) => a.length - b.length);
  return paths;
}

function withNested(stacks: readonly StackTemplate[], source: string): readonly StackTemplate[] {
  const problems: Problem[] = [];
  const visit = (stack: StackTemplate): StackTemplate[] => {
    try {
      return [stack, ...[...stack.nested.values()].flatMap(visit)];
    } catch (error) {
      if (!(error instanceof AssemblyError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  };
  const all = stacks.flatMap(visit);
  if (problems.length > 0) throw new AssemblyError(source, problems);
  return all;
}
