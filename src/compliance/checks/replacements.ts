import { CheckResult, Finding } from './check-result';
import { Assembly, StackTemplate } from '../../model/assembly/read-assembly';
import { holdsData, replacingOf } from '../../model/deployment/replacing-properties';
import { Origin } from '../../model/organization-model';

const RULE = 'LZ.REPLACEMENT';

/** What replaces or deletes a resource since the base. */
interface Change {
  readonly type: string;
  /** `is replaced: KeySchema changes`. */
  readonly what: string;
  /** Whether nothing of it stays. */
  readonly losesData: boolean;
  readonly origin: Origin;
}

/** Versions of something: a new one is the way that they change. */
const VERSIONS = ['AWS::Lambda::Version', 'AWS::Lambda::LayerVersion', 'AWS::ApiGateway::Deployment', 'AWS::ApiGatewayV2::Deployment', 'AWS::ECS::TaskDefinition', 'AWS::Lambda::Permission', 'AWS::StepFunctions::StateMachineVersion'];

/**
 * Since the base, no resource that holds data is replaced or deleted: an error, unless it is named as meant. Other resources that are replaced are warnings, as names and addresses change with them.
 *
 * Stacks are the same by account, Region and name, resources by logical id. Values are compared as templates write them.
 *
 * @param meant `STACK/LOGICAL_ID` or construct paths of resources that may be replaced or deleted
 */
export function replacements(base: Assembly, head: Assembly, meant: readonly string[]): CheckResult {
  const now = new Map(head.templates.map((stack) => [keyOf(stack), stack]));
  const changes = base.templates.flatMap((before) => {
    const after = now.get(keyOf(before));
    return after ? changesOf(before, after) : goneWith(before);
  });
  const names = ({ stack, logicalId, constructPath }: Origin) => [`${stack}/${logicalId}`, ...(constructPath !== undefined ? [constructPath] : [])];
  const isMeant = (change: Change) => names(change.origin).some((name) => meant.includes(name));
  const idle = meant.filter((name) => !changes.some(({ origin }) => names(origin).includes(name)));
  const compared = base.templates.filter((stack) => now.has(keyOf(stack))).reduce((sum, stack) => sum + Object.keys(stack.resources).length, 0);
  return {
    id: RULE,
    title: 'Since the base',
    proved: Math.max(0, compared - changes.length),
    findings: [
      ...changes.map((change) => findingOf(change, isMeant(change))),
      ...idle.map((name): Finding => ({ rule: RULE, severity: 'warning', message: `--replace ${name} names nothing that is replaced or deleted`, hint: 'Leave it out.', origins: [] })),
    ],
    summary: `${changes.filter(({ losesData }) => losesData).length} that hold data are replaced or deleted`,
  };
}

function keyOf({ account, region, stackName }: StackTemplate): string {
  return `${account ?? '*'}/${region ?? '*'}/${stackName}`;
}

function findingOf({ type, what, losesData, origin }: Change, isMeant: boolean): Finding {
  const name = `${origin.stack}/${origin.logicalId}`;
  return {
    rule: RULE,
    severity: losesData && !isMeant ? 'error' : 'warning',
    message: `${name} (${type}) ${what}${isMeant ? ', as it is meant' : ''}`,
    hint: isMeant ? '' : losesData ? `Its data does not come along. Keep id and properties as they were; or move the data first, and say that it is meant: --replace ${name}` : 'Its name or address may change for those who use it.',
    origins: [origin],
  };
}

function originOf(stack: StackTemplate, logicalId: string): Origin {
  const constructPath = stack.constructPathOf(logicalId);
  return { stack: stack.stackName, logicalId, template: stack.file, ...(constructPath !== undefined && { constructPath }) };
}

/** A deployment deletes no stack, but a nested one. */
function goneWith(stack: StackTemplate): Change[] {
  return Object.entries<any>(stack.resources).filter(([, { Type }]) => holdsData(Type)).map(([logicalId, resource]) => {
    const origin = originOf(stack, logicalId);
    return stack.parent ? deleted(resource, origin)
      : { type: resource.Type, what: `is in no stack of this assembly: ${stack.stackName} stays deployed until somebody deletes it`, losesData: false, origin };
  });
}

function changesOf(before: StackTemplate, after: StackTemplate): Change[] {
  const replaced = replacedIn(before, after);
  return Object.entries<any>(before.resources).flatMap(([logicalId, old]): Change[] => {
    const origin = originOf(after.resources[logicalId] ? after : before, logicalId);
    const fresh = after.resources[logicalId];
    if (!fresh) return holdsData(old.Type) ? [deleted(old, origin)] : [];
    if (fresh.Type !== old.Type) return [{ type: old.Type, what: `becomes ${fresh.Type}, which CloudFormation refuses for one logical id`, losesData: true, origin }];
    const why = replaced.get(logicalId);
    return why === undefined || VERSIONS.includes(old.Type) ? [] : [{ type: old.Type, what: why, losesData: holdsData(old.Type), origin }];
  });
}

/** By the policy that is deployed. CloudFormation deletes where none says otherwise, but takes a snapshot of clusters of RDS, and of its instances that are in none (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html, read 2026-11-23). */
function deleted(resource: any, origin: Origin): Change {
  const policy = resource.DeletionPolicy ?? (isSnapshotByDefault(resource) ? 'Snapshot' : 'Delete');
  const isKept = policy === 'Retain' || policy === 'RetainExceptOnCreate';
  return { type: resource.Type, what: isKept ? 'leaves the stack, and stays behind with nobody to manage it' : policy === 'Snapshot' ? 'is deleted, with a snapshot' : 'is deleted', losesData: true, origin };
}

function isSnapshotByDefault({ Type, Properties }: any): boolean {
  return Type === 'AWS::RDS::DBCluster' || (Type === 'AWS::RDS::DBInstance' && Properties?.DBClusterIdentifier === undefined);
}

/** Resources that are replaced, and those that name one of them where a change replaces: until there are no more. */
function replacedIn(before: StackTemplate, after: StackTemplate): ReadonlyMap<string, string> {
  const both = Object.keys(before.resources).filter((id) => after.resources[id]?.Type === before.resources[id].Type);
  const found = new Map<string, string>();
  let size = -1;
  while (size !== found.size) {
    size = found.size;
    for (const id of both.filter((one) => !found.has(one))) {
      const why = reasonOf(before.resources[id], after.resources[id], found);
      if (why !== undefined) found.set(id, why);
    }
  }
  return found;
}

function reasonOf({ Type, Properties: old = {} }: any, { Properties: now = {} }: any, replaced: ReadonlyMap<string, string>): string | undefined {
  const { always, maybe } = replacingOf(Type);
  const changes = (name: string) => text(old[name]) !== text(now[name]);
  const certain = always.filter(changes);
  if (certain.length > 0) return `is replaced: ${certain.join(', ')} ${certain.length === 1 ? 'changes' : 'change'}`;
  const possible = maybe.filter(changes);
  if (possible.length > 0) return `may be replaced: ${possible.join(', ')} ${possible.length === 1 ? 'changes' : 'change'}`;
  for (const name of [...always, ...maybe]) {
    const cause = [...text(now[name]).matchAll(/"(?:Ref":"|Fn::GetAtt":\[")([A-Za-z0-9]+)"/g)].map(([, id]) => id!).find((id) => replaced.has(id));
    if (cause !== undefined) return `may be replaced: ${name} names ${cause}, which is`;
  }
  return undefined;
}

/** The same for the same value, whatever the order of its keys. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one)) ?? '';
}
