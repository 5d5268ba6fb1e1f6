import { NetworkMark, NetworkNote } from './network-note';
import { PhysicalValues } from './physical-values';
import { coverageOf, UNKNOWN } from './type-coverage';
import { NetworkOrigin } from '../../analysis/network/topology';
import { METADATA_KEY } from '../assembly/landing-zone-metadata';
import { Assembly, StackTemplate } from '../assembly/read-assembly';
import { Resolver, Unknown } from '../assembly/resolve';
import { isKnown, unknownPart } from '../assembly/resolved';

/** Account or Region of a stack that may go to any. */
export const ANY_ENVIRONMENT = 'any';

/** A resource where it stands in the assembly. */
export class NetworkResource {
  public constructor(
    /** Stands for its physical id: what a `Ref` to it resolves to, in whatever stack. */
    public readonly id: string,
    public readonly type: string,
    public readonly logicalId: string,
    public readonly stack: StackTemplate,
    private readonly json: any,
    private readonly resolver: Resolver,
  ) {}

  public get account(): string {
    return this.stack.account ?? ANY_ENVIRONMENT;
  }

  public get region(): string {
    return this.stack.region ?? ANY_ENVIRONMENT;
  }

  public get mark(): NetworkMark {
    return this.json.Metadata?.[METADATA_KEY] ?? {};
  }

  /** A property as written. */
  public raw(property: string): any {
    return this.json.Properties?.[property];
  }

  /** A property with `Reference` and `Unknown` objects where nothing is known. */
  public value(property: string): any {
    const raw = this.raw(property);
    return raw === undefined ? undefined : this.resolver.partsOf(raw, this.stack);
  }

  /** All of its properties, as `value` gives one. */
  public get values(): { readonly [property: string]: any } {
    return this.resolver.partsOf(this.json.Properties ?? {}, this.stack);
  }

  public get properties(): { readonly [property: string]: any } {
    return this.json.Properties ?? {};
  }

  /** What a value written in the same template becomes. */
  public resolve(json: any): any {
    return this.resolver.partsOf(json, this.stack);
  }

  /** What `Fn::GetAtt` of it gives. */
  public attribute(name: string): any {
    return this.resolver.partsOf({ 'Fn::GetAtt': [this.logicalId, name] }, this.stack);
  }

  /** A tag's value, where it is a plain text. */
  public tag(key: string): string | undefined {
    const tags = this.raw('Tags');
    if (!Array.isArray(tags)) return undefined;
    const found = tags.find((tag) => tag?.Key === key);
    const value = found === undefined ? undefined : this.resolver.partsOf(found.Value, this.stack);
    return typeof value === 'string' ? value : undefined;
  }

  public get name(): string {
    return this.path ?? this.tag('Name') ?? this.logicalId;
  }

  public get origin(): NetworkOrigin {
    const { path } = this;
    return { template: this.stack.file, logicalId: this.logicalId, ...(path !== undefined ? { path } : {}) };
  }

  private get path(): string | undefined {
    return this.stack.constructPathOf(this.logicalId)?.replace(/\/Resource$/, '');
  }
}

/** A note of a network's makers and the template that has it. */
export interface FoundNote {
  readonly note: NetworkNote;
  readonly stack: StackTemplate;
}

/** Something that is not known, before it is told what it affects. */
export interface Gap {
  readonly what: string;
  readonly resource?: NetworkResource;
  readonly stack?: StackTemplate;
  /** Ids; `place`: whatever is in the resource's account and Region; `all`. */
  readonly affects: readonly string[] | 'place' | 'all';
  /** Whether it can only carry more. */
  readonly onlyAdds?: boolean;
}

/** Network resources of an assembly by type and id, its notes, and what is not known. */
export class NetworkResources {
  public readonly notes: FoundNote[] = [];
  public readonly gaps: Gap[] = [];
  public readonly customResources: NetworkResource[] = [];
  private readonly types = new Map<string, NetworkResource[]>();
  private readonly ids = new Map<string, NetworkResource>();

  public constructor(assembly: Assembly) {
    const physical = new PhysicalValues(assembly);
    for (const stack of assembly.templates) this.collect(stack, physical.resolver);
  }

  /** Those of some types, in the order of the templates. */
  public of(...types: string[]): readonly NetworkResource[] {
    return types.flatMap((type) => this.types.get(type) ?? []);
  }

  /** The resource an id stands for; undefined when it is none of the assembly, or of another type. */
  public byId(id: string | undefined, ...types: string[]): NetworkResource | undefined {
    const found = id === undefined ? undefined : this.ids.get(id);
    return found && (types.length === 0 || types.includes(found.type)) ? found : undefined;
  }

  /** Types of network services that are listed nowhere. */
  public get unlistedTypes(): string[] {
    return [...this.types.keys()].filter((type) => coverageOf(type) === 'unknown' && UNKNOWN[type] === undefined);
  }

  public gap(resource: NetworkResource, what: string, affects: Gap['affects'] = 'place', onlyAdds = false): void {
    this.gaps.push({ what: `${resource.type} ${resource.name}: ${what}`, resource, affects, onlyAdds });
  }

  /** Text of a property; undefined when it is absent, or not known: then that is a gap. */
  public text(resource: NetworkResource, property: string, affects: Gap['affects'] = 'place'): string | undefined {
    const value = resource.value(property);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    this.gap(resource, `${property} is not known: ${unknownPart(value)}`, affects);
    return undefined;
  }

  /** Texts of a list; what is not known of it is a gap. */
  public texts(resource: NetworkResource, property: string, affects: Gap['affects'] = 'place'): string[] {
    const value = resource.value(property);
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      if (typeof value === 'string') return value.split(',').map((item) => item.trim());
      this.gap(resource, `${property} is not known: ${unknownPart(value)}`, affects);
      return [];
    }
    const open = value.find((item) => !isKnown(item));
    if (open !== undefined) this.gap(resource, `${property} is not known: ${unknownPart(open)}`, affects);
    return value.filter((item) => typeof item === 'string');
  }

  private collect(stack: StackTemplate, resolver: Resolver): void {
    const note = stack.template.Metadata?.[METADATA_KEY]?.network;
    if (note !== undefined) this.notes.push({ note, stack });
    this.refuseMacros(stack);
    for (const [logicalId, json] of Object.entries(stack.resources)) {
      const type: string = json?.Type ?? '';
      if (type === '') {
        if (logicalId.startsWith('Fn::') && /AWS::(EC2|NetworkManager|NetworkFirewall)::/.test(JSON.stringify(json))) this.gaps.push({ what: `${logicalId} in stack ${stack.stackName}`, stack, affects: 'all' });
        continue;
      }
      const coverage = coverageOf(type);
      if (coverage === 'irrelevant') continue;
      const there = typeof json.Condition === 'string' ? resolver.condition(json.Condition, stack) : true;
      if (there === false) continue;
      const resource = new NetworkResource(resourceId(stack, logicalId), type, logicalId, stack, json, resolver);
      if (there instanceof Unknown) this.gap(resource, `whether it is there is not known: ${there.what}`);
      if (coverage === 'custom') {
        this.customResources.push(resource);
      } else {
        const known = this.types.get(type);
        if (known) known.push(resource);
        else this.types.set(type, [resource]);
      }
      this.ids.set(resource.id, resource);
    }
  }

  /** Macros may add anything. */
  private refuseMacros(stack: StackTemplate): void {
    const macros = [stack.template.Transform ?? []].flat().map((macro) => (typeof macro === 'string' ? macro : String(macro?.Name)))
      .filter((name) => !name.startsWith('AWS::') || name === 'AWS::Include');
    for (const macro of macros) this.gaps.push({ what: `macro ${macro} of stack ${stack.stackName}`, stack, affects: 'all' });
  }
}

/** Unique in the assembly: a logical id has no dot. */
export function resourceId(stack: StackTemplate, logicalId: string): string {
  return `${stack.id}.${logicalId}`;
}
