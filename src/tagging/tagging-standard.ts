import { existsSync, readFileSync } from 'fs';
import { Aspects } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TagDefaults } from './tag-defaults';
import { taggedTemplates } from './tagged-templates';
import { isAllowed, TagKey } from '../analysis/tags/tag-key';
import { Control } from '../controls/control';
import { Controls } from '../controls/controls';
import { InputError } from '../model/input-error';
import { formatProblems } from '../model/organization-file/format-problems';
import { schemaProblems } from '../model/organization-file/schema-problems';
import { YamlSource } from '../model/organization-file/yaml-source';
import { readTagKeys } from '../model/tags/read-tag-standard';
import { taggableTypes } from '../model/tags/taggable-types';

/** A tag that resources carry. */
export interface TagKeyProps {
  /** In its spelling: `cost-center`. */
  readonly key: string;
  /** What it says, for messages: `team that answers for it`. @default - none */
  readonly description?: string;
  /** Values that it may have, each with one `*` at most. @default - any value */
  readonly values?: string[];
  /** Regular expression that the whole value matches; checked in templates only, because tag policies know none. @default - any value */
  readonly pattern?: string;
  /** Whether every resource that can be tagged must have it. @default true */
  readonly required?: boolean;
  /** CloudFormation types that must have it, in place of all: `AWS::S3::Bucket`, `AWS::RDS::*`. @default - as `required` says */
  readonly requiredFor?: string[];
  /** Whether resources get it from their account, else from the nearest unit above; else each says its own, or has the default. @default true */
  readonly inherited?: boolean;
  /**
   * Resource types on which AWS refuses a value or a spelling that the tag policy does not allow: `s3:bucket`, `ec2:ALL_SUPPORTED`. It never refuses a resource without the tag.
   * Types on which AWS enforces nothing are refused. @default - none: what is wrong is reported
   */
  readonly enforcedFor?: string[];
  /** Whether costs are told apart by it in the bill: a cost allocation tag, of which AWS has 500. @default - those keys that every resource must have */
  readonly allocatesCosts?: boolean;
  /** Value where neither the resource nor its account or a unit above has another. @default - none */
  readonly default?: string;
}

/** Properties of a tagging standard. */
export interface TaggingStandardProps {
  /** The keys. */
  readonly tags: TagKeyProps[];
}

/**
 * Which tags the organization's resources carry: declared once, and from it follow defaults, the check of templates, the tag policy, and what is denied without them.
 *
 * @example
 * const tagging = new TaggingStandard({
 *   tags: [
 *     { key: 'owner', description: 'team that answers for it' },
 *     { key: 'environment', values: ['prod', 'nonprod', 'sandbox'] },
 *     { key: 'cost-center', pattern: 'CC-[0-9]{4}', default: 'CC-0001' },
 *   ],
 * });
 * declare const zone: LandingZone;
 * tagging.apply(stack, { owner: 'payments', environment: 'prod' });
 * zone.enable('Workloads', tagging.requireOnCreation());
 */
export class TaggingStandard {
  /** Reads a file: keys below `tags`; `schema/tags.schema.json` describes it. Fails with all of its mistakes at once. */
  public static load(file: string): TaggingStandard {
    if (!existsSync(file)) throw new InputError(`${file} does not exist. A tagging standard has its keys below "tags"`);
    const { source, problems } = YamlSource.parse(readFileSync(file, 'utf8'), file);
    if (!source) throw new InputError(formatProblems(problems, file));
    const shape = schemaProblems('tags.schema.json', source.data, source);
    if (shape.length > 0) throw new InputError(formatProblems(shape, file));
    const { tags } = source.data as { readonly tags: { readonly [key: string]: object | null } };
    const inputs = Object.entries(tags).map(([key, rest]): TagKeyProps => ({ key, ...rest as Omit<TagKeyProps, 'key'> | null }));
    const { problems: wrong } = readTagKeys(inputs, (key) => source.valueAt(key === '' ? ['tags'] : ['tags', key]), taggableTypes());
    if (wrong.length > 0) throw new InputError(formatProblems(wrong, file));
    return new TaggingStandard({ tags: inputs });
  }

  /** Keys in the order of declaration. */
  public readonly keys: string[];
  /** Keys by which costs are told apart in the bill; a zone with costs activates them. */
  public readonly costAllocationKeys: string[];
  private readonly declared: readonly TagKey[];

  public constructor(props: TaggingStandardProps) {
    const { keys, problems } = readTagKeys(props.tags, () => ({ file: 'TaggingStandard' }), taggableTypes());
    if (problems.length > 0) throw new InputError(formatProblems(problems, 'TaggingStandard'));
    this.declared = keys;
    this.keys = keys.map(({ key }) => key);
    this.costAllocationKeys = keys.filter(({ allocatesCosts }) => allocatesCosts).map(({ key }) => key);
  }

  /**
   * Tags all that is below a construct and can be tagged: with the values, else the defaults of the keys. What a resource, or `Tags.of`, says itself stays. Values that a key may not have fail.
   */
  public apply(scope: IConstruct, values: { [key: string]: string } = {}): void {
    const wrong = [...Object.keys(values).filter((key) => !this.keys.includes(key)).map((key) => `${key} is no key of the standard. Keys: ${this.keys.join(', ')}`), ...this._problemsOf(values)];
    if (wrong.length > 0) throw new InputError(`Tags of ${scope.node.path || 'the app'}:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
    const tags = { ...this._defaults(), ...values };
    Aspects.of(scope).add(new TagDefaults(() => tags));
  }

  /** LZ.TAG.4: templates carry the tags. A zone with this standard checks it. */
  public checkTemplates(): Control {
    return taggedTemplates(this.declared);
  }

  /** LZ.TAG.3: a tag policy of the keys, their spelling and their values. */
  public standardize(): Control {
    return Controls.standardizeTags({
      keys: this.keys,
      values: Object.fromEntries(this.declared.flatMap(({ key, values }) => (values ? [[key, [...values]]] : []))),
      enforcedFor: Object.fromEntries(this.declared.flatMap(({ key, enforcedFor }) => (enforcedFor.length > 0 ? [[key, [...enforcedFor]]] : []))),
    });
  }

  /** LZ.TAG.1: what can be tagged when it is made is not made without the keys that all resources must have. */
  public requireOnCreation(): Control {
    return Controls.requireTagsOnCreation({ keys: this._everywhere('requireOnCreation').map(({ key }) => key) });
  }

  /** LZ.TAG.2: the keys that all resources must have are not changed or removed afterwards. */
  public protect(): Control {
    return Controls.protectTags({ keys: this._everywhere('protect').map(({ key }) => key) });
  }

  /** @internal */
  public _defaults(): { [key: string]: string } {
    return Object.fromEntries(this.declared.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])));
  }

  /**
   * Of tags of an account or unit, those that its resources get.
   * @internal
   */
  public _inheritable(values: { readonly [key: string]: string }): { [key: string]: string } {
    return Object.fromEntries(this.declared.flatMap(({ key, isInherited }) => (isInherited && values[key] !== undefined ? [[key, values[key]]] : [])));
  }

  /**
   * Values that keys may not have.
   * @internal
   */
  public _problemsOf(values: { [key: string]: string }): string[] {
    return this.declared.flatMap((known) => {
      const value = values[known.key];
      return value === undefined || isAllowed(known, value) ? [] : [`${known.key} may not be "${value}". Expected: ${known.values?.join(', ') ?? known.pattern!}`];
    });
  }

  /** @internal */
  public _declared(): readonly TagKey[] {
    return this.declared;
  }

  /**
   * Keys that all resources must have.
   * @internal
   */
  public _everywhere(what: string): readonly TagKey[] {
    const keys = this.declared.filter(({ requiredFor }) => requiredFor.includes('*'));
    if (keys.length === 0) throw new InputError(`${what}: no key of the standard is required of all resources. Keys: ${this.keys.join(', ')}`);
    return keys;
  }
}
