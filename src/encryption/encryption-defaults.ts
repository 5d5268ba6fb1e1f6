import { CfnResource, IAspect, Mixin, Stack } from 'aws-cdk-lib';
import { CfnKey, CfnReplicaKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { EncryptedType } from './encrypted-type';
import { EncryptionKeys } from './encryption-keys';
import { isRotated } from './key-rules';
import { stackKeys } from './stack-keys';
import { ENCRYPTED_TYPES } from './types/encrypted-types';
import { propertiesToAsk } from '../controls/template-properties';
import { isGiven } from '../controls/template-rule';

/** What is chosen for resources whose authors chose nothing. */
export interface ChosenEncryption {
  readonly keys: EncryptionKeys;
  readonly rotationDays: number;
  readonly deletionDays: number;
  /** Leaves types alone whose deployed resources would be replaced. */
  readonly onlyChangeable: boolean;
}

const TYPES: ReadonlyMap<string, EncryptedType> = new Map(ENCRYPTED_TYPES.map((type) => [type.type, type]));

/**
 * Brings one L1 resource to the standard, whoever made it. Doing it again changes nothing, because then everything is chosen.
 */
export class EncryptionDefaults extends Mixin implements IAspect {
  public constructor(private readonly chosen: ChosenEncryption) {
    super();
  }

  public supports(construct: IConstruct): construct is CfnResource {
    if (!CfnResource.isCfnResource(construct)) return false;
    const type = TYPES.get(construct.cfnResourceType);
    return type ? !(type.isFixed && this.chosen.onlyChangeable) : construct instanceof CfnKey || construct instanceof CfnReplicaKey;
  }

  public applyTo(construct: IConstruct): void {
    if (!this.supports(construct)) return;
    const properties = propertiesToAsk(construct);
    // It stays out of its template.
    if (properties === undefined) return;
    const type = TYPES.get(construct.cfnResourceType);
    const attributes = type ? type.complete(properties, stackKeys(Stack.of(construct), this.chosen.keys, type.service), construct) : this.keyDefaults(construct, properties);
    Object.assign(construct, attributes);
  }

  public visit(node: IConstruct): void {
    this.applyTo(node);
  }

  private keyDefaults(construct: CfnResource, properties: any): { readonly [attribute: string]: unknown } {
    const { rotationDays, deletionDays } = this.chosen;
    return {
      ...(isGiven(properties.PendingWindowInDays) ? {} : { pendingWindowInDays: deletionDays }),
      ...(construct instanceof CfnKey && isRotated(properties) ? {
        ...(isGiven(properties.EnableKeyRotation) ? {} : { enableKeyRotation: true }),
        ...(isGiven(properties.RotationPeriodInDays) || String(properties.EnableKeyRotation) === 'false' ? {} : { rotationPeriodInDays: rotationDays }),
      } : {}),
    };
  }
}
