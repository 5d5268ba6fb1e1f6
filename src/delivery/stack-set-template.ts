import { createHash } from 'crypto';
import { writeFileSync } from 'fs';
import { join } from 'path';
import {
  CfnCondition, CfnParameter, CfnStackSet, DockerImageAssetLocation, FileAssetLocation, FileAssetPackaging, FileAssetSource, Fn, ISynthesisSession, Lazy, Stack, StackSynthesizer,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { BaselineStack, IBaselineContent } from './baseline-content';
import { BaselineInput } from './baseline-input';
import { readIn } from './read-in';
import { capabilitiesOf, needsFile, templateProblems } from './template-problems';

/** What a template is made of. */
export interface StackSetTemplateProps {
  readonly content: IBaselineContent;
  readonly inputs: { readonly [name: string]: BaselineInput };
  readonly regions: readonly string[];
}

/**
 * The template of a baseline: one text for all its stack sets. It is no stack of the assembly, so nothing deploys it by itself; its constructs are in the tree, so
 * aspects and rules see them.
 */
export class StackSetTemplate extends Construct {
  /** Name of the file in the assembly. */
  public readonly file: string;
  /** Path of the file, once it is synthesized. */
  public writtenTo: string | undefined;
  /** The template, once it is synthesized, which is before the stacks that carry it: to make it takes time, and they are many. */
  private final: { readonly template: { readonly [section: string]: any }; readonly text: string } | undefined;
  private readonly stack: BaselineStack;
  private readonly synthesizer: TemplateSynthesizer;
  private readonly parameters: { readonly name: string; readonly value: string; readonly input: string }[] = [];
  private readonly administrators: Stack[] = [];
  private readonly urls = new Map<Stack, string>();

  public constructor(scope: Construct, id: string, private readonly props: StackSetTemplateProps) {
    super(scope, id);
    this.synthesizer = new TemplateSynthesizer((session) => this.write(session));
    this.stack = BaselineStack._add(this, 'Stack', {
      inputs: Object.keys(props.inputs), read: (_, name) => this.parameterOf(name), props: { synthesizer: this.synthesizer, analyticsReporting: false },
    });
    this.file = this.stack.templateFile;
    props.content.define(this.stack);
  }

  /** Properties of a stack set that have to do with its template, in the stack that makes it. */
  public in(stack: Stack, readerRole?: string): Pick<CfnStackSet, 'parameters' | 'capabilities'> {
    this.administrators.push(stack);
    return {
      capabilities: Lazy.uncachedList({ produce: () => capabilitiesOf(this.final?.template ?? {}) }, { omitEmpty: true }),
      parameters: this.parameters.length === 0 ? undefined : this.parameters.map(({ name, value, input }) => ({ parameterKey: name, parameterValue: readIn(stack, value, `Input ${input}`, readerRole) })),
    };
  }

  /** Text of the template where it is short enough for the resource. Known once it is synthesized. */
  public get body(): string | undefined {
    return this.final && !needsFile(this.final.text) ? this.final.text : undefined;
  }

  /** Address of the template where it is not. Known once it is synthesized. */
  public urlIn(stack: Stack): string | undefined {
    return this.urls.get(stack);
  }

  /** Why it cannot be delivered, as sentences. */
  public problems(): string[] {
    const template = this.stack._template();
    return [
      ...this.synthesizer.assets.map((asset) => `its content needs the asset ${asset}, and stack sets deliver a template alone: no account could read it. Put the code into the template, or name a bucket of each Region that the organization reads`),
      ...templateProblems(template, { regions: this.props.regions, bytes: Buffer.byteLength(JSON.stringify(template)) }),
    ];
  }

  /** Writes the template beside those of the stacks; where it is not in the resources, it becomes an asset of each stack that needs it. */
  private write(session: ISynthesisSession): void {
    const template = this.stack._template();
    const text = JSON.stringify(template);
    this.final = { template, text };
    this.urls.clear();
    this.writtenTo = join(session.assembly.outdir, this.file);
    writeFileSync(this.writtenTo, needsFile(text) ? text : JSON.stringify(template, undefined, 2));
    if (!needsFile(text)) return;
    const sourceHash = createHash('sha256').update(text).digest('hex');
    for (const stack of this.administrators) {
      this.urls.set(stack, stack.synthesizer.addFileAsset({ packaging: FileAssetPackaging.FILE, sourceHash, fileName: this.file, displayName: `Template of ${this.node.scope!.node.id}` }).httpUrl);
    }
  }

  private parameterOf(input: string): string {
    const { inputs, regions } = this.props;
    const values = inputs[input]!._byRegion(regions).map(({ region, value }) => ({ region, name: `Input${input}${region === undefined ? '' : pascal(region)}`, value, input }));
    this.parameters.push(...values);
    const references = values.map(({ name, region }) => ({ region, value: this.parameter(name) }));
    // The last Region needs no condition: there is no other.
    return references.reduceRight<string | undefined>((rest, { region, value }) => (rest === undefined ? value : Fn.conditionIf(this.isIn(region!), value, rest).toString()), undefined)!;
  }

  private parameter(name: string): string {
    const parameter = new CfnParameter(this.stack, name, { type: 'String' });
    parameter.overrideLogicalId(name);
    return parameter.valueAsString;
  }

  private isIn(region: string): string {
    const id = `In${pascal(region)}`;
    if (!this.stack.node.tryFindChild(id)) new CfnCondition(this.stack, id, { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), region) });
    return id;
  }
}

/** Writes a template and no artifact of it; remembers the assets that were asked for. */
class TemplateSynthesizer extends StackSynthesizer {
  public readonly assets: string[] = [];

  public constructor(private readonly write: (session: ISynthesisSession) => void) {
    super();
  }

  public addFileAsset({ fileName, displayName, sourceHash }: FileAssetSource): FileAssetLocation {
    this.assets.push(displayName ?? fileName ?? sourceHash);
    return { bucketName: 'refused', objectKey: 'refused', httpUrl: 'https://refused', s3ObjectUrl: 's3://refused' };
  }

  public addDockerImageAsset({ directoryName, displayName, sourceHash }: { directoryName?: string; displayName?: string; sourceHash: string }): DockerImageAssetLocation {
    this.assets.push(displayName ?? directoryName ?? sourceHash);
    return { repositoryName: 'refused', imageUri: 'refused' };
  }

  public synthesize(session: ISynthesisSession): void {
    this.write(session);
  }
}

function pascal(region: string): string {
  return region.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}
