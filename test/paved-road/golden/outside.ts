import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { NamedPolicy, PolicyStatementJson } from '../../../src/analysis/policy-document';
import { neverAllowed } from '../../../src/analysis/questions';
import { actionIndex } from '../../../src/model/action-index-file';
import { memberAccount } from '../../identity/accounts';

const SPEC = loadAwsServiceSpecSync();

/** ARNs that the specification does not tell, or tells wrongly. */
const ARNS: { readonly [type: string]: string } = {
  'AWS::DynamoDB::GlobalTable': 'arn:aws:dynamodb:eu-west-1:111122223333:table/${Id}',
  'AWS::ECS::Service': 'arn:aws:ecs:eu-west-1:111122223333:service/${Id}',
  'AWS::ECS::TaskDefinition': 'arn:aws:ecs:eu-west-1:111122223333:task-definition/${Id}:1',
  'AWS::ElasticLoadBalancingV2::Listener': 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/balancer/1/${Id}',
  'AWS::ElasticLoadBalancingV2::ListenerRule': 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/balancer/1/2/${Id}',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/group/${Id}',
  'AWS::Lambda::Alias': 'arn:aws:lambda:eu-west-1:111122223333:function:${Id}:live',
  'AWS::Lambda::Version': 'arn:aws:lambda:eu-west-1:111122223333:function:${Id}:1',
};

/** Types whose `Ref` is their ARN, though no identifier says so. */
const REF_IS_ARN = ['AWS::SecretsManager::Secret', 'AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine'];

const PSEUDO: { readonly [name: string]: string } = { 'AWS::Region': 'eu-west-1', 'AWS::AccountId': '111122223333', 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::StackName': 'Product' };

function specOf(type: string) {
  return SPEC.lookup('resource', 'cloudFormationType', 'equals', type)[0];
}

function arnOf(id: string, type: string): string {
  const format = ARNS[type] ?? specOf(type)?.arnTemplate;
  if (format === undefined) throw new Error(`the ARN of ${type} is not known: say it in ARNS`);
  return format.replace('${Partition}', 'aws').replace('${Region}', 'eu-west-1').replace('${Account}', '111122223333').replace(/\$\{[^}]+\}/g, `own-${id}`);
}

/** Replaces what a template refers to by ARNs and names that tell whose they are: `own-<logical id>`, or `given-...` for what comes from elsewhere. */
function told(value: any, resources: any): any {
  if (Array.isArray(value)) return value.map((one) => told(one, resources));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries<any>(value);
  const [name, argument] = entries.length === 1 ? entries[0]! : [undefined, undefined];
  const typeOf = (id: string): string | undefined => resources[id]?.Type;
  const ref = (id: string) => {
    const type = typeOf(id);
    if (type === undefined) return PSEUDO[id] ?? `given-${id}`;
    return type in ARNS && type !== 'AWS::DynamoDB::GlobalTable' || REF_IS_ARN.includes(type) || specOf(type)?.primaryIdentifier?.some((part) => /Arn$/.test(part)) ? arnOf(id, type) : `own-${id}`;
  };
  const attribute = ([id, attr]: [string, string]) => (/Arn$/.test(attr) ? `${arnOf(id, typeOf(id)!)}${typeOf(id) === 'AWS::Logs::LogGroup' ? ':*' : ''}` : `own-${id}`);
  switch (name) {
    case 'Ref': return ref(argument);
    case 'Fn::GetAtt': return attribute(argument);
    case 'Fn::Join': return told(argument[1], resources).join(argument[0]);
    case 'Fn::Sub': return String(argument).replace(/\$\{([^}]+)\}/g, (_, path: string) => (path.includes('.') ? attribute(path.split('.') as [string, string]) : ref(path)));
    case 'Fn::Split': return String(told(argument[1], resources)).split(argument[0]);
    case 'Fn::Select': {
      const list = told(argument[1], resources);
      return Array.isArray(list) && typeof list[Number(argument[0])] === 'string' ? list[Number(argument[0])] : `given-${JSON.stringify(argument).replace(/[^A-Za-z0-9]+/g, '-')}`;
    }
    case 'Fn::ImportValue': return `given-${JSON.stringify(argument).replace(/[^A-Za-z0-9]+/g, '-')}`;
    default: return Object.fromEntries(entries.map(([key, one]) => [key, told(one, resources)]));
  }
}

/** A role, and what it can do that is not about resources of its template: actions with a request each, and policies that are not there to be read. */
export interface Outside {
  readonly role: string;
  readonly actions: readonly string[];
}

/** Whether a pattern names a resource of the template alone, or what is in it: a name that only begins like one may be another's. */
function isOwn(arn: string): boolean {
  return /^[^*?]*own-[A-Za-z0-9]+($|[/:])/.test(arn);
}

/** Statements as far as they allow something beyond own resources; what no such statement allows, nobody can do there. */
function beyond(statements: readonly PolicyStatementJson[]): PolicyStatementJson[] {
  return statements.flatMap((statement) => {
    if (statement.Effect === 'Deny' || statement.Resource === undefined) return [statement];
    const Resource = [statement.Resource].flat().filter((arn) => !isOwn(arn));
    return Resource.length === 0 ? [] : [{ ...statement, Resource }];
  });
}

/** Exact: every action that statements allow, on every resource, in every context. Own are resources of the template, and what is in them. */
export function outside(template: any): Outside[] {
  const resources = template.Resources;
  const ids = Object.keys(resources);
  return ids.filter((id) => resources[id].Type === 'AWS::IAM::Role').map((role) => {
    const { Policies = [], ManagedPolicyArns = [] } = resources[role].Properties;
    const attached = ids.filter((id) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(resources[id].Type) && resources[id].Properties.Roles?.some((one: any) => one.Ref === role));
    const documents: any[] = [...Policies.map(({ PolicyDocument }: any) => PolicyDocument), ...attached.map((id) => resources[id].Properties.PolicyDocument)];
    const statements = beyond(documents.flatMap((document) => told(document, resources).Statement));
    const actions = [...new Set(statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action = '*' }) => Action))];
    const identityPolicies: NamedPolicy[] = [{ name: 'beyond', document: { Statement: statements } }];
    const answer = neverAllowed({ actions, identityPolicies, principals: [`role/own-${role}`] }, [memberAccount()], actionIndex());
    const unknown = ManagedPolicyArns.filter((arn: any) => !ids.includes(arn.Ref)).map((arn: any) => `all of ${told(arn, resources)}`);
    const found = [...answer.counterexamples, ...answer.undecided].filter(({ isFuture }) => !isFuture).flatMap((one) => one.actions);
    return { role, actions: [...new Set([...unknown, ...found])].sort() };
  });
}
