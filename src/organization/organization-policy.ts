import { Lazy } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { mark } from './metadata';
import type { Organization } from './organization';
import { OrganizationPolicyDocument } from './policy-document-source';
import { IPolicyTarget } from './policy-target';

/** @internal */
export interface OrganizationPolicyPlacement {
  readonly organization: Organization;
  readonly document: OrganizationPolicyDocument;
  /** The document, when it is composed until synthesis. @default - the content of `document` */
  readonly content?: () => any;
  /** Ids of the controls in it, read at synthesis. @default - none: written by hand */
  readonly controlIds?: () => readonly string[];
}

/**
 * One policy of the organization and its attachments. Its type is enabled on the root first.
 *
 * @internal
 */
export class OrganizationPolicy extends Construct {
  public readonly document: OrganizationPolicyDocument;
  public readonly resource: CfnPolicy;
  private readonly targets: { readonly path: string; readonly id: string }[] = [];

  public constructor(scope: Construct, id: string, placement: OrganizationPolicyPlacement) {
    super(scope, id.replace(/\//g, '.'));
    const { document, organization } = placement;
    this.document = document;
    this.resource = new CfnPolicy(this, 'Resource', {
      name: document.name,
      type: document.type.name,
      description: document.description,
      content: Lazy.any({ produce: () => placement.content?.() ?? document.content }),
      targetIds: Lazy.list({ produce: () => [...this.targets].sort((a, b) => (a.path < b.path ? -1 : 1)).map((target) => target.id) }, { omitEmpty: true }),
    });
    mark(this.resource, {
      kind: 'policy',
      controls: Lazy.any({ produce: () => placement.controlIds?.() ?? [] }),
      ...(document.sourceFile !== undefined ? { origin: { file: document.sourceFile } } : {}),
    });
    this.node.addDependency(organization.settings.addPolicyType(document.type.name));
    organization._sequencePolicy(id, this.resource);
  }

  /** Attaching twice is attaching once. */
  public attachTo(target: IPolicyTarget, id: string): void {
    if (!this.targets.some(({ path }) => path === target.targetPath)) this.targets.push({ path: target.targetPath, id });
  }
}
