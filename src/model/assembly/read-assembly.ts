import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

/** One synthesized template and the stack it is for. */
export interface StackTemplate {
  readonly stackName: string;
  /** Construct path of the stack, when the assembly says it. */
  readonly constructPath?: string;
  /** Twelve digits; undefined in an environment-agnostic stack. */
  readonly account?: string;
  readonly region?: string;
  /** Path of the template file. */
  readonly file: string;
  /** The parsed template. */
  readonly template: any;
}

/** A synthesized cloud assembly: all templates, those of nested stages too. */
export interface Assembly {
  /** What was read, for messages. */
  readonly source: string;
  readonly templates: readonly StackTemplate[];
}

/** An assembly that cannot be read: says what, where, and what to do. */
export class AssemblyError extends Error {}

/** What the validation of CDK says of a template. */
export interface TemplateOnDisk {
  readonly stackConstructPath: string;
  readonly templatePath: string;
  readonly accountId: string | undefined;
  readonly region: string | undefined;
}

/** Reads `cdk.out`. Throws `AssemblyError`. */
export function readAssembly(dir: string): Assembly {
  return { source: dir, templates: templatesIn(dir) };
}

/** Reads templates that CDK is about to validate. The stack's name is the one of its manifest, which is not written yet: `nameOf` gives it. */
export function readTemplates(source: string, stacks: readonly TemplateOnDisk[], nameOf: (stackConstructPath: string) => string): Assembly {
  return {
    source,
    templates: stacks.map(({ stackConstructPath, templatePath, accountId, region }) => ({
      stackName: nameOf(stackConstructPath), constructPath: stackConstructPath, account: accountId, region, file: templatePath, template: readJson(templatePath),
    })),
  };
}

function templatesIn(dir: string): StackTemplate[] {
  const file = join(dir, 'manifest.json');
  if (!existsSync(file)) {
    throw new AssemblyError(`${dir} is not a cloud assembly: it has no manifest.json. Expected the output of "npx cdk synth", usually cdk.out.`);
  }
  const artifacts: any[] = Object.entries(readJson(file).artifacts ?? {}).map(([id, artifact]) => ({ id, ...(artifact as object) }));
  return artifacts.flatMap((artifact) => {
    switch (artifact.type) {
      case 'aws:cloudformation:stack': return [templateOf(dir, artifact)];
      case 'cdk:cloud-assembly': return templatesIn(join(dir, String(artifact.properties?.directoryName)));
      default: return [];
    }
  });
}

function templateOf(dir: string, artifact: any): StackTemplate {
  const file = join(dir, String(artifact.properties?.templateFile));
  if (!existsSync(file)) throw new AssemblyError(`${file} is missing, but the manifest of ${dir} names it. Synthesize again.`);
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(artifact.environment ?? '')) ?? [];
  return {
    stackName: String(artifact.properties?.stackName ?? artifact.id),
    ...(artifact.displayName !== undefined ? { constructPath: String(artifact.displayName).replace(/ \(.*\)$/, '') } : {}),
    ...(account !== undefined && !account.startsWith('unknown') ? { account } : {}),
    ...(region !== undefined && !region.startsWith('unknown') ? { region } : {}),
    file,
    template: readJson(file),
  };
}

function readJson(file: string): any {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AssemblyError(`${file} is not JSON: ${(error as Error).message}. Synthesize again.`);
  }
}
