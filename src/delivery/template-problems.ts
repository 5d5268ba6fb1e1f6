import { STACK_SET_LIMITS } from './stack-set-limits';

/** A template as JSON. */
export interface TemplateJson { readonly [section: string]: any }

/** What a template is delivered to. */
export interface Delivery {
  readonly regions: readonly string[];
  /** Bytes of the template as it is sent. */
  readonly bytes: number;
}

/**
 * Why stack sets of the organization cannot deliver a template to their accounts, or only to one of them; as sentences.
 * That such stack sets take no macros: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html (read 2026-11-23).
 */
export function templateProblems(template: TemplateJson, { regions, bytes }: Delivery): string[] {
  const resources = Object.entries<any>(template.Resources ?? {});
  const parameters = Object.keys(template.Parameters ?? {}).length;
  const { templateBytes, resources: maxResources, parameters: maxParameters } = STACK_SET_LIMITS;
  return [
    ...(resources.length === 0 ? ['its content is empty: define adds no resource'] : []),
    ...macrosOf(template).map((macro) => `it uses the macro ${macro}, and stack sets of an organization take no macros. Expand it in the content, as CDK does by its own constructs`),
    ...resources.flatMap(([id, resource]) => nameProblems(id, resource, regions)),
    ...Object.keys(template.Parameters ?? {}).filter((name) => template.Resources?.[name] !== undefined).map((name) => `a parameter and a resource of it are both named ${name}, and CloudFormation takes them for one. Rename one of them`),
    ...(resources.length > maxResources ? [`it has ${resources.length} resources, a stack holds ${maxResources}. Make it two baselines, the second with dependsOn`] : []),
    ...(parameters > maxParameters ? [`it has ${parameters} parameters, a template holds ${maxParameters}; an input with a value a Region counts once a Region`] : []),
    ...(bytes > templateBytes ? [`its template has ${bytes.toLocaleString('en-US')} bytes, a template in S3 may have ${templateBytes.toLocaleString('en-US')}. Make it two baselines, the second with dependsOn`] : []),
  ];
}

/** Capabilities that a template needs: names of its own need the wider one, which takes the other in. */
export function capabilitiesOf(template: TemplateJson): string[] {
  return Object.values<any>(template.Resources ?? {}).some(({ Type }) => String(Type).startsWith('AWS::IAM::')) ? ['CAPABILITY_NAMED_IAM'] : [];
}

/**
 * Whether a template must come from S3: it is too large for the resource, or holds dynamic references, which the administrator's own stack would resolve
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html, read 2026-11-23).
 */
export function needsFile(text: string): boolean {
  return Buffer.byteLength(text) > STACK_SET_LIMITS.bodyBytes || text.includes('{{resolve:');
}

function macrosOf(template: TemplateJson): string[] {
  const declared = [template.Transform ?? []].flat().map((one) => (typeof one === 'string' ? one : String(one?.Name)));
  return [...new Set([...declared, ...transformsIn(template)])];
}

function transformsIn(value: any): string[] {
  if (Array.isArray(value)) return value.flatMap(transformsIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]: [string, any]) => (key === 'Fn::Transform' ? [String(inner?.Name ?? 'Fn::Transform')] : transformsIn(inner)));
}

/** Properties with the name of what an account has once, in all Regions. */
const NAMES_OF_ACCOUNT: { readonly [type: string]: string } = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
};

function nameProblems(id: string, { Type: type, Properties: properties }: any, regions: readonly string[]): string[] {
  const ofAccount = properties?.[NAMES_OF_ACCOUNT[type] ?? ''];
  if (ofAccount !== undefined && regions.length > 1 && !mentions(ofAccount, 'AWS::Region')) {
    return [`${type} ${id} has the name ${JSON.stringify(ofAccount)} in each of ${regions.length} Regions, and an account has such a name once: the second Region fails. `
      + 'Let CloudFormation name it, have the name contain the Region, or make it a baseline of one Region'];
  }
  const bucket = type === 'AWS::S3::Bucket' ? properties?.BucketName : undefined;
  if (bucket !== undefined && properties.BucketNamespace === undefined && (!mentions(bucket, 'AWS::AccountId') || (regions.length > 1 && !mentions(bucket, 'AWS::Region')))) {
    return [`${type} ${id} has the name ${JSON.stringify(bucket)}, and all of AWS has such a name once: the second stack fails. Let CloudFormation name it, or have the name contain the account's id and the Region`];
  }
  return [];
}

function mentions(value: any, pseudoParameter: string): boolean {
  return JSON.stringify(value).includes(pseudoParameter) || JSON.stringify(value).includes('AWS::StackId');
}
