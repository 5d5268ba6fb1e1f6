import { Aspects, Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AccountKeys } from './account-keys';
import { denyWeakerKeys } from './controls/deny-weaker-keys';
import { encryptedTemplates } from './controls/encrypted-templates';
import { protectKeyNames } from './controls/protect-key-names';
import { crossAccountProblems } from './cross-account-problems';
import { CrossAccountUse } from './cross-account-use';
import { EncryptionDefaults } from './encryption-defaults';
import { EncryptionKeys } from './encryption-keys';
import { YEAR } from './key-rules';
import { Control } from '../controls/control';
import { Controls } from '../controls/controls';
import { IBaselineContent } from '../delivery/baseline-content';
import { InputError } from '../model/input-error';

/** Properties of an encryption standard. */
export interface EncryptionStandardProps {
  /** Whose keys encrypt. @default EncryptionKeys.onePerAccount() */
  readonly keys?: EncryptionKeys;
  /** Period after which AWS makes new material for a key, 90 to 2,560 days. @default Duration.days(365) */
  readonly rotation?: Duration;
  /** How long a key waits for its deletion, 7 to 30 days. @default Duration.days(30) */
  readonly deletionWindow?: Duration;
  /** Who uses the keys of each account from outside of it. @default - nobody */
  readonly crossAccountUse?: CrossAccountUse[];
}

/** How the standard is applied. */
export interface ApplyEncryptionOptions {
  /**
   * Whether databases, file systems and volumes are left alone: CloudFormation replaces those that are there when their encryption changes, or does not change it.
   * For stacks that were deployed before; new ones of these types then choose by themselves. @default false
   */
  readonly onlyChangeable?: boolean;
}

/** After whatever others set: CDK runs an app's aspects by priority, and gives its own of most kinds 200 to 500. */
const LATE = 800;

/**
 * How data is encrypted: declared once, and from it follow the keys of each account, what resources are encrypted with where nobody chose, the checks of templates, and what is denied.
 *
 * @example
 * const encryption = new EncryptionStandard({ keys: EncryptionKeys.onePerAccount(), rotation: Duration.days(365) });
 * declare const zone: LandingZone;
 * zone.addEncryption(encryption, { denyWeakerKeysIn: ['Workloads'] });
 * encryption.apply(app);
 */
export class EncryptionStandard {
  /** Whose keys encrypt. */
  public readonly keys: EncryptionKeys;
  /** Period of the rotation of keys. */
  public readonly rotation: Duration;
  /** How long a key waits for its deletion. */
  public readonly deletionWindow: Duration;
  /** Who uses the keys of each account from outside of it. */
  public readonly crossAccountUse: CrossAccountUse[];

  public constructor(props: EncryptionStandardProps = {}) {
    this.keys = props.keys ?? EncryptionKeys.onePerAccount();
    this.rotation = props.rotation ?? Duration.days(YEAR);
    this.deletionWindow = props.deletionWindow ?? Duration.days(30);
    this.crossAccountUse = props.crossAccountUse ?? [];
    const problems = [
      ...within('rotation', this.rotation, 90, 2560),
      ...within('deletionWindow', this.deletionWindow, 7, 30),
      ...this.crossAccountUse.flatMap((use, at) => crossAccountProblems(use, this.keys).map((problem) => `crossAccountUse[${at}]: ${problem}`)),
    ];
    if (problems.length > 0) throw new InputError(`EncryptionStandard has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }

  /**
   * Encrypts all that is below a construct and to which its author gave no encryption, whether it is an L1 construct or made by another one. What he chose stays; where it is less than the standard,
   * LZ.ENCRYPTION.1 finds it.
   */
  public apply(scope: IConstruct, options: ApplyEncryptionOptions = {}): void {
    Aspects.of(scope).add(new EncryptionDefaults({
      keys: this.keys, rotationDays: this.rotation.toDays(), deletionDays: this.deletionWindow.toDays(), onlyChangeable: options.onlyChangeable ?? false,
    }), { priority: LATE });
  }

  /**
   * The keys of each account and Region, for a baseline that accounts have before others.
   *
   * @example
   * declare const zone: LandingZone;
   * declare const encryption: EncryptionStandard;
   * declare const waves: BaselineWave[];
   * zone.addBaseline('Encryption', { waves, content: encryption.accountKeys() });
   */
  public accountKeys(): IBaselineContent {
    this.needOwn('accountKeys');
    return { define: (stack) => { new AccountKeys(stack, 'Keys', { standard: this }); } };
  }

  /** LZ.ENCRYPTION.1: templates name keys as the standard says. */
  public checkTemplates(): Control {
    return encryptedTemplates(this.keys.areOwn, this.rotation.toDays());
  }

  /** LZ.ENCRYPTION.2: no request asks for a weaker key than the account's. For keys of one's own only. */
  public denyWeakerKeys(): Control {
    this.needOwn('denyWeakerKeys');
    return denyWeakerKeys();
  }

  /** LZ.ENCRYPTION.3: the keys of an account are found where they were put. For keys of one's own only. */
  public protectKeys(): Control {
    this.needOwn('protectKeys');
    return protectKeyNames(this.keys._parameters, this.keys._aliases);
  }

  /** All controls that follow: of this standard, and of the catalogue those on encryption at rest, on keys and on TLS. */
  public controls(): Control[] {
    const days = this.deletionWindow.toDays();
    return [
      this.checkTemplates(),
      ...(this.keys.areOwn ? [this.denyWeakerKeys(), this.protectKeys()] : []),
      Controls.requireEbsEncryption(),
      Controls.requireRdsEncryption(),
      Controls.requireEfsEncryption(),
      Controls.requireCacheEncryption(),
      Controls.denyCustomerProvidedKeys(),
      // AWS itself takes no less than 7.
      ...(days > 7 ? [Controls.protectKeysFromDeletion({ days })] : []),
      Controls.keepKeyRotation(),
      Controls.denyKeyLockout(),
      Controls.requireTls(),
      Controls.requireStrongTls(),
    ];
  }

  private needOwn(what: string): void {
    if (!this.keys.areOwn) throw new InputError(`EncryptionStandard.${what}: the keys are those of AWS. Choose EncryptionKeys.onePerAccount or onePerService`);
  }
}

function within(name: string, given: Duration, least: number, most: number): string[] {
  const days = given.toDays({ integral: false });
  return Number.isInteger(days) && days >= least && days <= most ? [] : [`${name} is ${days} days: ${least} to ${most} whole days are expected`];
}
