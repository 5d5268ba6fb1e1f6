import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { EncryptedService } from './encrypted-service';
import { EncryptionStandard } from './encryption-standard';
import { keyPolicy } from './key-policy';
import { InputError } from '../model/input-error';

/** Properties of the keys of an account. */
export interface AccountKeysProps {
  /** Which keys there are. */
  readonly standard: EncryptionStandard;
}

/**
 * The keys of one account and Region, each with an alias and a parameter of Systems Manager that says its ARN. Keys stay when the stack goes.
 *
 * Goes into a baseline, which every account has before the stacks whose data it encrypts: `EncryptionStandard.accountKeys()`.
 *
 * @example
 * declare const standard: EncryptionStandard;
 * new AccountKeys(stack, 'Keys', { standard });
 */
export class AccountKeys extends Construct {
  private readonly arns = new Map<string, string>();
  private readonly standard: EncryptionStandard;

  public constructor(scope: Construct, id: string, { standard }: AccountKeysProps) {
    super(scope, id);
    this.standard = standard;
    const { keys, crossAccountUse } = standard;
    if (!keys.areOwn) throw new InputError(`AccountKeys ${this.node.path}: the standard has keys of AWS, and accounts have none of their own. Choose EncryptionKeys.onePerAccount or onePerService`);
    for (const [name, services] of keys._split()) this.add(name, services, keyPolicy(services, crossAccountUse));
  }

  /** ARN of the key that encrypts data of a service. */
  public keyArn(service: EncryptedService): string {
    return this.arns.get(this.standard.keys._nameOf(service).alias)!;
  }

  private add(name: string, services: readonly EncryptedService[], policy: object): void {
    const { alias, parameter } = this.standard.keys._names(name);
    const { rotation, deletionWindow } = this.standard;
    const id = name[0]!.toUpperCase() + name.slice(1);
    const key = new CfnKey(this, id, {
      description: services.length === 1 ? `Data of ${services[0]!.key}` : 'Data of the account',
      enableKeyRotation: true,
      rotationPeriodInDays: rotation.toDays(),
      pendingWindowInDays: deletionWindow.toDays(),
      keyPolicy: policy,
    });
    const kept: CfnResource[] = [
      key,
      new CfnAlias(this, `${id}Alias`, { aliasName: alias, targetKeyId: key.ref }),
      new CfnParameter(this, `${id}Arn`, { name: parameter, type: 'String', value: key.attrArn, description: 'Stacks of this account and Region encrypt with this key' }),
    ];
    for (const resource of kept) resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.arns.set(alias, key.attrArn);
  }
}
