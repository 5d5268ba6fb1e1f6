import { Stack } from 'aws-cdk-lib';
import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { AwsOwnedResources } from './aws-owned-resources';
import { ENDPOINT_LIMITS } from './endpoint-limits';
import { METADATA_KEY } from '../model/assembly/landing-zone-metadata';
import { InputError } from '../model/input-error';

/** What an endpoint for the organization lets pass besides. */
export interface OrganizationOnlyOptions {
  /** Resources of AWS that the organization's principals use. @default AwsOwnedResources.common() */
  readonly awsOwned?: AwsOwnedResources[];
  /** Accounts outside the organization whose resources the organization's principals use, of vendors for example. @default - none */
  readonly trustedAccounts?: string[];
}

/**
 * Who reaches what through an endpoint. It gives no permission; it is the most that passes.
 *
 * AWS Samples, data-perimeter-policy-examples, vpc_endpoint_policies (of 2026-03-18, read 2026-11-23).
 *
 * @example
 * const policy = EndpointPolicy.organizationOnly('o-abcdefghij');
 */
export class EndpointPolicy {
  /**
   * The organization's principals reach the organization's resources, and AWS services act for it; credentials and buckets of others do not pass. By `sts`, roles of the organization are
   * also assumed with tokens of identity providers, as pods of Kubernetes do.
   */
  public static organizationOnly(organizationId: string, options: OrganizationOnlyOptions = {}): EndpointPolicy {
    const wrong = (options.trustedAccounts ?? []).filter((account) => !/^\d{12}$/.test(account));
    if (!/^o-[a-z0-9]{10,32}$/.test(organizationId) && !organizationId.includes('${')) {
      throw new InputError(`EndpointPolicy.organizationOnly(${JSON.stringify(organizationId)}): the id of an organization is expected, like o-abcdefghij`);
    }
    if (wrong.length > 0) throw new InputError(`EndpointPolicy.organizationOnly: ${wrong.map((account) => JSON.stringify(account)).join(', ')} in trustedAccounts: account ids of 12 digits are expected`);
    return new EndpointPolicy(organizationId, options.awsOwned ?? AwsOwnedResources.common(), options.trustedAccounts ?? []);
  }

  /** Whatever the service lets pass; also for services that take no endpoint policy. The reason stands in the template. */
  public static open(reason: string): EndpointPolicy {
    if (reason.trim() === '') throw new InputError('EndpointPolicy.open: say why everything may pass');
    return new EndpointPolicy(undefined, [], [], reason);
  }

  private constructor(
    private readonly organizationId: string | undefined, private readonly awsOwned: AwsOwnedResources[], private readonly trustedAccounts: string[], private readonly reason?: string,
  ) {}

  /** Gives an endpoint its policy. @param service `s3`, `ecr.api` @internal */
  public _apply(endpoint: CfnVPCEndpoint, service: string): void {
    const reasons = this.reason === undefined ? this.exceptionsOf(service).map((exception) => exception._props.reason) : [this.reason];
    if (reasons.length > 0) endpoint.addMetadata(METADATA_KEY, { reasons });
    if (this.organizationId === undefined) return;
    const characters = JSON.stringify(this.document(service, 'aws-us-gov', 'ap-southeast-1')).length;
    if (characters > ENDPOINT_LIMITS.policyCharacters) {
      throw new InputError(`${endpoint.node.path}: its policy has ${characters.toLocaleString('en-US')} characters, AWS takes ${ENDPOINT_LIMITS.policyCharacters.toLocaleString('en-US')}. Name fewer resources of AWS in awsOwned.`);
    }
    endpoint.policyDocument = this.document(service, ...placeOf(endpoint));
  }

  private exceptionsOf(service: string): AwsOwnedResources[] {
    return this.awsOwned.filter(({ _props }) => _props.services.includes(service));
  }

  private document(service: string, partition: string, region: string): object {
    const organization = { 'aws:PrincipalOrgID': this.organizationId };
    const statement = (Sid: string, conditions: object, actions: string[] = ['*'], resources: string[] = ['*']) => ({
      Sid, Effect: 'Allow', Principal: '*', Action: actions.length === 1 ? actions[0] : actions, Resource: resources.length === 1 ? resources[0] : resources,
      ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
    });
    return {
      Version: '2012-10-17',
      Statement: [
        statement('OrganizationOnly', { StringEquals: { ...organization, 'aws:ResourceOrgID': this.organizationId } }),
        statement('AwsServices', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
        // Who brings a token of an identity provider is nobody of IAM's yet, so of no organization; the role is the organization's
        // (IAM, "Control access to AWS STS with VPC endpoint policies", read 2026-11-23).
        ...(service === 'sts' ? [statement('FederatedIdentities', { StringEquals: { 'aws:ResourceOrgID': this.organizationId } }, ['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'])] : []),
        ...(this.trustedAccounts.length > 0 ? [statement('TrustedAccounts', { StringEquals: { ...organization, 'aws:ResourceAccount': this.trustedAccounts } })] : []),
        ...this.exceptionsOf(service).map(({ _props: { actions, resources, accounts, anyone } }, at) => {
          const equals = { ...(anyone ? {} : organization), ...(accounts ? { 'aws:ResourceAccount': accounts } : {}) };
          const arns = resources?.map((arn) => arn.replace(/\{partition\}/g, partition).replace(/\{region\}/g, region));
          return statement(`AwsOwned${at + 1}`, Object.keys(equals).length > 0 ? { StringEquals: equals } : {}, actions, arns);
        }),
      ],
    };
  }
}

function placeOf(scope: IConstruct): [partition: string, region: string] {
  const stack = Stack.of(scope);
  return [stack.partition, stack.region];
}
