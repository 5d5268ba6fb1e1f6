import { createHash } from 'crypto';
import { METADATA_KEY } from '../../assembly/landing-zone-metadata';
import { Assembly, StackTemplate } from '../../assembly/read-assembly';
import { NetworkMark } from '../../network/network-note';
import { resourceId } from '../../network/network-resources';
import { Place } from '../../organization-definition';

/** An account and a Region that the configuration deploys to. */
export interface LzaSite {
  /** Id of the account; undefined for accounts that are yet to come. */
  readonly account: string | undefined;
  readonly region: string;
}

/** What a resource is called and where its configuration stands. */
export interface LzaOrigin {
  readonly name: string;
  readonly place: Place;
  readonly mark?: NetworkMark;
}

/** Templates that say what the accelerator deploys, a stack each account and Region, so that one reader understands both. */
export class LzaTemplates {
  private readonly sites = new Map<string, { readonly site: LzaSite; readonly resources: { [logicalId: string]: any } }>();
  private readonly logicalIds = new Map<string, string>();
  private readonly places = new Map<string, Place>();

  public constructor(private readonly source: string) {}

  /** Id of a resource by kind and names, before or after it is added. */
  public ref(site: LzaSite, kind: string, ...names: string[]): string {
    return resourceId({ id: stackId(site) } as StackTemplate, this.logicalId(site, kind, names));
  }

  /** Adds a resource. Returns its id. */
  public add(site: LzaSite, kind: string, names: readonly string[], type: string, properties: object, { name, place, mark }: LzaOrigin): string {
    const logicalId = this.logicalId(site, kind, names);
    const known = this.sites.get(stackId(site)) ?? { site, resources: {} };
    this.sites.set(stackId(site), known);
    known.resources[logicalId] = { Type: type, Properties: properties, Metadata: { 'aws:cdk:path': name, ...(mark ? { [METADATA_KEY]: mark } : {}) } };
    this.places.set(logicalId, place);
    return this.ref(site, kind, ...names);
  }

  public has(id: string): boolean {
    const [site, logicalId] = [id.slice(0, id.lastIndexOf('.')), id.slice(id.lastIndexOf('.') + 1)];
    return this.sites.get(site)?.resources[logicalId] !== undefined;
  }

  public placeOf(logicalId: string): Place | undefined {
    return this.places.get(logicalId);
  }

  public assembly(): Assembly {
    return new Assembly(this.source, [...this.sites].map(([id, { site, resources }]) => new StackTemplate({
      id, stackName: id, ...(site.account !== undefined ? { account: site.account } : {}), region: site.region, file: this.source, template: { Resources: resources },
    })));
  }

  /** Unique in all templates, so that places are found by it. */
  private logicalId(site: LzaSite, kind: string, names: readonly string[]): string {
    const key = JSON.stringify([stackId(site), kind, ...names]);
    const known = this.logicalIds.get(key);
    if (known !== undefined) return known;
    const made = `${kind}${names[names.length - 1]!.replace(/[^A-Za-z0-9]/g, '')}${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
    this.logicalIds.set(key, made);
    return made;
  }
}

function stackId({ account, region }: LzaSite): string {
  return `${account ?? 'any'}/${region}`;
}
