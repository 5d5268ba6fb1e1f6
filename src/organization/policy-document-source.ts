import { readFileSync } from 'fs';
import { basename } from 'path';
import { PolicyDocument as IamPolicyDocument } from 'aws-cdk-lib/aws-iam';
import { OrganizationPolicyType } from './policy-type';
import { PlannedPolicy } from '../controls/guardrail-plan';
import { InputError } from '../model/input-error';
import { PolicyReference } from '../model/organization-definition';

/** What a policy is called. */
export interface OrganizationPolicyOptions {
  /** Name in AWS, unique for its type in the organization, at most 128 characters. */
  readonly name: string;
  /** At most 512 characters. @default - none */
  readonly description?: string;
}

/**
 * A policy document and its type: from JSON, a file, or the typed IAM builder.
 *
 * @example
 * const policy = OrganizationPolicyDocument.json(OrganizationPolicyType.TAG, { name: 'owner' }, {
 *   tags: { owner: { tag_key: { '@@assign': 'owner' } } },
 * });
 */
export class OrganizationPolicyDocument {
  /** A document as a JSON object. */
  public static json(type: OrganizationPolicyType, options: OrganizationPolicyOptions, content: any): OrganizationPolicyDocument {
    return new OrganizationPolicyDocument(type, options.name, options.description, content, undefined);
  }

  /** A JSON file; its base name is the policy's name unless `options` say otherwise. Fails when the file is missing or not JSON. */
  public static file(type: OrganizationPolicyType, path: string, options?: OrganizationPolicyOptions): OrganizationPolicyDocument {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      throw new InputError(`Policy file ${path} cannot be read. Expected a JSON document; check the path.`);
    }
    let content: any;
    try {
      content = JSON.parse(text);
    } catch (error) {
      throw new InputError(`Policy file ${path} is not JSON: ${(error as Error).message}`);
    }
    return new OrganizationPolicyDocument(type, options?.name ?? basename(path, '.json'), options?.description, content, path);
  }

  /** A service or resource control policy from CDK's typed builder. */
  public static statements(type: OrganizationPolicyType, options: OrganizationPolicyOptions, document: IamPolicyDocument): OrganizationPolicyDocument {
    return new OrganizationPolicyDocument(type, options.name, options.description, document.toJSON(), undefined);
  }

  /** @internal */
  public static _fromReference(reference: PolicyReference): OrganizationPolicyDocument {
    return new OrganizationPolicyDocument(OrganizationPolicyType._of(reference.type), reference.name, reference.description, reference.content, reference.file);
  }

  /** @internal */
  public static _planned(planned: PlannedPolicy): OrganizationPolicyDocument {
    return new OrganizationPolicyDocument(OrganizationPolicyType._of(planned.type), planned.name, undefined, planned.content, undefined);
  }

  private constructor(
    /** Type of the policy. */
    public readonly type: OrganizationPolicyType,
    /** Name in AWS. */
    public readonly name: string,
    /** Description in AWS. */
    public readonly description: string | undefined,
    /** The document as an object. */
    public readonly content: any,
    /** The file it was read from. */
    public readonly sourceFile: string | undefined,
  ) {}
}
