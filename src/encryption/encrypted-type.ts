import { CfnResource } from 'aws-cdk-lib';
import { EncryptedService } from './encrypted-service';

/** Keys that resources of one stack are encrypted with. */
export interface StackKeys {
  /** Whether accounts have keys of their own. */
  readonly areOwn: boolean;
  /** Alias of the service's key; a key in another Region has it as well. */
  readonly alias: string;
  /** ARN of the same key in the stack's account and Region. Not to be asked for where they are AWS's. */
  arn(): string;
}

/** How a type of CloudFormation is encrypted. Properties are those that the template will hold. */
export interface EncryptedType {
  readonly type: string;
  readonly service: EncryptedService;
  /** Whether CloudFormation replaces a resource whose encryption or key is changed, or does not change it at all. */
  readonly isFixed?: boolean;
  /** Attributes of the L1 construct that bring it to the standard where its author chose nothing; what he chose stays. Empty where nothing is to do. */
  complete(properties: any, keys: StackKeys, resource: CfnResource): { readonly [attribute: string]: unknown };
  /** What is below the standard, in words. */
  findings(properties: any, own: boolean, resource: CfnResource): string[];
}
