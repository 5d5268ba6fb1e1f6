import { PolicyDocument } from '../../analysis/policy-document';
import { markOf, METADATA_KEY } from '../assembly/landing-zone-metadata';
import { Assembly, StackTemplate } from '../assembly/read-assembly';
import { Resolver } from '../assembly/resolve';
import { classify, Reference } from '../assembly/resolved';
import { OrganizationModel, OrganizationPolicy, Origin } from '../organization-model';
import { partitionOf } from '../partition';

/** A budget action that attaches a service control policy, as its template has it. */
export interface BudgetActionFact {
  /** Name of its budget. */
  readonly budget: string;
  /** The policy, where it is one of the templates. */
  readonly policy?: OrganizationPolicy;
  /** ARN of the policy, as far as the templates can tell. */
  readonly policyArn?: string;
  /** Ids of accounts and units. */
  readonly targetIds: readonly string[];
  /** What it denies, as the standard of costs declares it. @default - what its policy denies */
  readonly denies?: readonly string[];
  readonly role: ExecutionRole;
  /** What could not be told, by name. */
  readonly unresolved: readonly string[];
  readonly origin: Origin;
}

/** The role by which AWS Budgets acts. */
export interface ExecutionRole {
  readonly name: string;
  /** Whether AWS Budgets may assume it. */
  readonly isTrusted: boolean;
  /** What it may do. */
  readonly documents: readonly PolicyDocument[];
  /** Why its permissions are not known, where they are not. */
  readonly unknown?: string;
}

/** Budget actions of all templates that attach a service control policy, whoever wrote them. */
export function declaredActions(assembly: Assembly, model: OrganizationModel): BudgetActionFact[] {
  const note = assembly.stacks.map(({ template }) => template.Metadata?.[METADATA_KEY]?.costs).find((costs) => costs !== undefined);
  const reader = new ActionReader(assembly, model, note?.newSpend);
  return assembly.templates.flatMap((stack) => Object.entries<any>(stack.resources)
    .filter(([, { Type, Properties }]) => Type === 'AWS::Budgets::BudgetsAction' && Properties?.ActionType === 'APPLY_SCP_POLICY')
    .map(([logicalId, resource]) => reader.read(logicalId, resource, stack)));
}

class ActionReader {
  private readonly resolver: Resolver;
  private readonly ids = new Map<string, string>();
  private readonly policies = new Map<string, OrganizationPolicy>();
  private readonly organizationArn: string;
  private readonly roles: readonly { readonly stack: StackTemplate; readonly logicalId: string; readonly resource: any }[];

  public constructor(assembly: Assembly, private readonly model: OrganizationModel, private readonly newSpend: readonly string[] | undefined) {
    const { managementAccount, homeRegion, organizationId } = model.data;
    this.organizationArn = `arn:${partitionOf(homeRegion)}:organizations::${managementAccount.id}`;
    for (const { origin, id } of [...model.units, ...model.accounts]) if (origin.logicalId !== undefined) this.ids.set(keyOf(origin), id);
    for (const policy of model.data.policies) this.policies.set(keyOf(policy.origin), policy);
    this.roles = assembly.templates.flatMap((stack) => Object.entries<any>(stack.resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role').map(([logicalId, resource]) => ({ stack, logicalId, resource })));
    this.resolver = new Resolver(assembly, (reference) => this.valueOf(reference, organizationId));
  }

  public read(logicalId: string, resource: any, stack: StackTemplate): BudgetActionFact {
    const { BudgetName: budget, Definition: definition, ExecutionRoleArn: role } = this.resolver.partsOf(resource.Properties ?? {}, stack);
    const { PolicyId: policyId, TargetIds: targets } = definition?.ScpActionDefinition ?? {};
    const parts = classify({ budget, policyId, targets });
    const policy = typeof policyId === 'string' ? [...this.policies.values()].find((one) => idOf(one) === policyId) : undefined;
    const isOwn = (markOf(resource) as { readonly kind?: string }).kind === 'budget-action';
    return {
      budget: String(budget),
      ...(policy && { policy, policyArn: this.policyArn(policy) }),
      targetIds: Array.isArray(targets) ? targets.filter((id): id is string => typeof id === 'string') : [],
      ...(isOwn && this.newSpend && { denies: this.newSpend }),
      role: this.roleOf(role),
      unresolved: [
        ...(parts.kind === 'partial' ? parts.unknown : []),
        ...(policy || parts.kind === 'partial' ? [] : [`policy ${String(policyId)}, which is none of the templates`]),
      ],
      origin: { stack: stack.stackName, template: stack.file, logicalId, constructPath: stack.constructPathOf(logicalId) },
    };
  }

  /** Ids of units, accounts, policies and the organization; ARNs of policies. */
  private valueOf({ attribute, stack, logicalId }: Reference, organizationId: string): string | undefined {
    const type = stack.resources[logicalId]?.Type;
    if (type === 'AWS::Organizations::Organization') return attribute === 'Ref' || attribute === 'Id' ? organizationId : undefined;
    const key = keyOf({ stack: stack.stackName, logicalId });
    const policy = type === 'AWS::Organizations::Policy' ? this.policies.get(key) : undefined;
    if (policy) return attribute === 'Arn' ? this.policyArn(policy) : attribute === 'Ref' || attribute === 'Id' ? idOf(policy) : undefined;
    return ['Ref', 'Id', 'AccountId'].includes(attribute) ? this.ids.get(key) : undefined;
  }

  private policyArn(policy: OrganizationPolicy): string {
    return `${this.organizationArn}:policy/${this.model.data.organizationId}/service_control_policy/${idOf(policy)}`;
  }

  /** By reference, or by name: a role of the management account that a template makes. */
  private roleOf(role: unknown): ExecutionRole {
    const name = typeof role === 'string' ? role.replace(/^.*\//, '') : role instanceof Reference ? role.logicalId : 'its role';
    const found = this.roles.find(({ stack, logicalId, resource }) => (role instanceof Reference
      ? role.logicalId === logicalId && role.stack === stack
      : typeof role === 'string' && stack.account === role.split(':')[4] && resource.Properties?.RoleName === name));
    if (!found) return { name, isTrusted: false, documents: [], unknown: 'it is made by none of the templates' };
    const { stack, logicalId, resource } = found;
    const properties = this.resolver.partsOf(resource.Properties, stack);
    const attached = Object.values<any>(stack.resources).filter(({ Type, Properties }) => Type === 'AWS::IAM::Policy' && JSON.stringify(Properties?.Roles ?? '').includes(`"${logicalId}"`))
      .map(({ Properties }) => this.resolver.partsOf(Properties.PolicyDocument, stack));
    const documents = [...(properties.Policies ?? []).map(({ PolicyDocument: document }: any) => document), ...attached];
    const open = documents.map((document) => classify(document)).find(({ kind }) => kind !== 'value');
    const unknown = properties.PermissionsBoundary !== undefined ? 'its permissions boundary is not read'
      : properties.ManagedPolicyArns?.length > 0 ? 'its managed policies are not read'
        : open ? `its policy holds ${open.kind === 'partial' ? open.unknown[0] : 'what is not known'}` : undefined;
    const statements: any[] = [properties.AssumeRolePolicyDocument?.Statement ?? []].flat();
    const isTrusted = statements.some(({ Effect, Principal, Action }) => Effect === 'Allow' && [Principal?.Service].flat().includes('budgets.amazonaws.com') && [Action].flat().includes('sts:AssumeRole'));
    return { name, isTrusted, documents, ...(unknown !== undefined && { unknown }) };
  }
}

/** An id in the form of AWS's, for a policy that does not exist yet. */
function idOf({ origin }: OrganizationPolicy): string {
  return `p-${`${origin.stack}${origin.logicalId}`.replace(/[^0-9a-zA-Z]/g, '').slice(0, 128)}`;
}

function keyOf({ stack, logicalId }: Origin): string {
  return `${stack}|${logicalId}`;
}
