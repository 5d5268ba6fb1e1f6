import { markOf, OrganizationNote, organizationNote, ResourceMark } from './landing-zone-metadata';
import { Assembly, StackTemplate } from './read-assembly';
import { Resolver, Unknown } from './resolve';
import { Problem } from '../organization-definition';
import { Origin } from '../organization-model';

const KINDS = ['Organization', 'OrganizationalUnit', 'Account', 'Policy'] as const;
type Kind = typeof KINDS[number];

/** A problem of a resource. */
export interface AssemblyProblem extends Problem {
  readonly origin: Origin;
}

/** A resource of the organization where it stands in the assembly. */
export interface OrganizationResource {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly properties: { readonly [name: string]: any };
  readonly mark: ResourceMark;
  readonly origin: Origin;
  /** The same as `Reference.resourceKey` of a reference to it. */
  readonly resourceKey: string;
}

/** All of an assembly that concerns the organization, what is wrong with it and what is not known. */
export class OrganizationResources {
  public readonly notes: readonly { readonly stack: StackTemplate; readonly note: OrganizationNote }[];
  public readonly problems: AssemblyProblem[] = [];
  public readonly unresolved: string[] = [];
  private readonly found = new Map<Kind, OrganizationResource[]>(KINDS.map((kind) => [kind, []]));

  public constructor(assembly: Assembly) {
    const resolver = new Resolver(assembly);
    const notes: { stack: StackTemplate; note: OrganizationNote }[] = [];
    for (const stack of assembly.templates) {
      const note = organizationNote(stack.template);
      if (note) notes.push({ stack, note });
      this.collect(stack, resolver);
    }
    this.notes = notes;
  }

  public of(kind: Kind): readonly OrganizationResource[] {
    return this.found.get(kind)!;
  }

  public get isEmpty(): boolean {
    return this.notes.length === 0 && KINDS.every((kind) => this.of(kind).length === 0) && this.unresolved.length === 0;
  }

  public problem(origin: Origin, message: string, hint: string): void {
    this.problems.push({ place: { file: origin.template ?? origin.stack ?? '' }, message, hint, origin });
  }

  private collect(stack: StackTemplate, resolver: Resolver): void {
    const before = this.count();
    for (const [logicalId, resource] of Object.entries(stack.resources)) {
      const kind = KINDS.find((name) => resource?.Type === `AWS::Organizations::${name}`);
      if (kind === undefined) {
        if (logicalId.startsWith('Fn::') && JSON.stringify(resource).includes('AWS::Organizations::')) this.unresolved.push(`${logicalId} in stack ${stack.stackName}`);
        continue;
      }
      const there = typeof resource.Condition === 'string' ? resolver.condition(resource.Condition, stack) : true;
      if (there === false) continue;
      if (there instanceof Unknown) this.unresolved.push(`whether ${logicalId} of stack ${stack.stackName} is there: ${there.what}`);
      const constructPath = stack.constructPathOf(logicalId);
      this.found.get(kind)!.push({
        stack,
        logicalId,
        properties: resource.Properties ?? {},
        mark: markOf(resource),
        origin: { stack: stack.stackName, logicalId, template: stack.file, ...(constructPath !== undefined ? { constructPath } : {}) },
        resourceKey: `${stack.id}|${logicalId}`,
      });
    }
    const macros = [stack.template.Transform ?? []].flat().filter((name) => typeof name !== 'string' || !name.startsWith('AWS::'));
    if (macros.length > 0 && this.count() > before) this.unresolved.push(`what macro ${JSON.stringify(macros[0])} makes of stack ${stack.stackName}`);
  }

  private count(): number {
    return [...this.found.values()].reduce((sum, list) => sum + list.length, 0);
  }
}
