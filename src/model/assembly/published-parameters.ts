import { Assembly, StackTemplate } from './read-assembly';
import { Resolver } from './resolve';
import { stackSetInstances, targetIds } from './stack-set-instances';
import { OrganizationModel } from '../organization-model';

/** A parameter, or a stack set that may make some, of which something is not known. */
interface Doubt {
  /** What is not known, in words. */
  readonly about: string;
  /** Whether it may be the one that is asked for. */
  readonly mayBe: (name: string, account: string, region: string) => boolean;
}

/** Parameters of Systems Manager that the stacks of a landing zone make in accounts and Regions. */
export class PublishedParameters {
  private readonly places = new Map<string, Set<string>>();
  private readonly doubts: Doubt[] = [];

  /** All names, wherever they are. */
  public get names(): ReadonlySet<string> {
    return new Set([...this.places.values()].flatMap((names) => [...names]));
  }

  /** Whether an account has one in a Region. */
  public has(name: string, account: string, region: string): boolean {
    return this.places.get(`${account} ${region}`)?.has(name) ?? false;
  }

  /** Why nobody can tell whether an account has one; empty when it is told. */
  public doubtsAbout(name: string, account: string, region: string): string[] {
    return this.doubts.filter(({ mayBe }) => mayBe(name, account, region)).map(({ about }) => about);
  }

  /** A parameter of a stack; its name is not known where it is no text. @internal */
  public _add(name: unknown, { account, region, stackName }: StackTemplate): void {
    const isHere = (otherAccount: string, otherRegion: string) => (account ?? otherAccount) === otherAccount && (region ?? otherRegion) === otherRegion;
    if (typeof name !== 'string') this.doubts.push({ about: `the name of a parameter of stack ${stackName}`, mayBe: (_, ...place) => isHere(...place) });
    else if (account === undefined || region === undefined) this.doubts.push({ about: `where stack ${stackName} goes, which puts ${name}`, mayBe: (other, ...place) => other === name && isHere(...place) });
    else this.places.set(`${account} ${region}`, new Set([...this.places.get(`${account} ${region}`) ?? [], name]));
  }

  /** A stack set whose stacks are not known. @internal */
  public _doubt(logicalId: string, why: string, resource: unknown): void {
    const text = JSON.stringify(resource);
    const hasTemplate = text.includes('\\"Resources\\"');
    this.doubts.push({ about: `of stack set ${logicalId}, ${why}`, mayBe: (name) => !hasTemplate || text.includes(name) });
  }
}

/** Those of all templates, and of the stacks that stack sets make in accounts that the organization knows. */
export function publishedParameters(assembly: Assembly, organization?: OrganizationModel): PublishedParameters {
  const published = new PublishedParameters();
  const resolver = new Resolver(assembly, targetIds(organization));
  const visit = (stack: StackTemplate, local: Resolver): void => {
    for (const [logicalId, resource] of Object.entries<any>(stack.resources)) {
      if (typeof resource.Condition === 'string' && local.condition(resource.Condition, stack) === false) continue;
      if (resource.Type === 'AWS::SSM::Parameter') published._add(local.partsOf(resource.Properties?.Name, stack), stack);
      if (resource.Type !== 'AWS::CloudFormation::StackSet') continue;
      const instances = stackSetInstances(logicalId, resource, stack, resolver, organization);
      if (typeof instances === 'string') published._doubt(logicalId, instances, resource);
      else for (const instance of instances) visit(instance, new Resolver(new Assembly(assembly.source, [instance])));
    }
  };
  for (const stack of assembly.templates) visit(stack, resolver);
  return published;
}
