import { EncryptedService } from './encrypted-service';
import { InputError } from '../model/input-error';

/** What the keys of each account are called. */
export interface EncryptionKeyOptions {
  /** Begin of their names: alias `alias/NAME/...` and parameter `/NAME/keys/...`. Controls of the platform protect `landing-zone`. @default 'landing-zone' */
  readonly name?: string;
}

/** Key of an account, as others find it. */
interface KeyName {
  /** `alias/landing-zone/data`. */
  readonly alias: string;
  /** Parameter of Systems Manager that holds the key's ARN: `/landing-zone/keys/data`. */
  readonly parameter: string;
}

/** The key for all services. */
const DATA = 'data';

/**
 * Whose keys encrypt: those that AWS keeps, or keys of each account and Region.
 */
export class EncryptionKeys {
  /** Keys that AWS keeps and pays for. Data is encrypted, but is not shared with other accounts where the service has it encrypted by KMS. */
  public static awsManaged(): EncryptionKeys {
    return new EncryptionKeys(undefined, false);
  }

  /** One key in each Region of an account for the data of all services. */
  public static onePerAccount(options: EncryptionKeyOptions = {}): EncryptionKeys {
    return new EncryptionKeys(options.name ?? 'landing-zone', false);
  }

  /** One key in each Region of an account for each service: who may use one reads no other service's data. */
  public static onePerService(options: EncryptionKeyOptions = {}): EncryptionKeys {
    return new EncryptionKeys(options.name ?? 'landing-zone', true);
  }

  private constructor(private readonly keyPrefix: string | undefined, private readonly isPerService: boolean) {
    // Names that aliases and parameters both take; aliases beginning with aws/ are AWS's own.
    if (keyPrefix !== undefined && (!/^[A-Za-z0-9_-]+$/.test(keyPrefix) || /^(aws|ssm)/i.test(keyPrefix))) {
      throw new InputError(`EncryptionKeys: "${keyPrefix}" cannot be the name. Letters, digits, "-" and "_" are expected, and not aws or ssm at the beginning`);
    }
  }

  /** Whether accounts have keys of their own. */
  public get areOwn(): boolean {
    return this.keyPrefix !== undefined;
  }

  /** How the keys of an account split: the services of each, by its name. @internal */
  public _split(): Map<string, EncryptedService[]> {
    if (!this.areOwn) return new Map();
    return this.isPerService ? new Map(EncryptedService.all().map((service) => [service.key, [service]])) : new Map([[DATA, EncryptedService.all()]]);
  }

  /** Names of the key of a service. @internal */
  public _nameOf(service: EncryptedService): KeyName {
    return this._names(this.isPerService ? service.key : DATA);
  }

  /** @internal */
  public _names(key: string): KeyName {
    return { alias: `alias/${this.keyPrefix}/${key}`, parameter: `/${this.keyPrefix}/keys/${key}` };
  }

  /** Begin of the parameters' names. @internal */
  public get _parameters(): string {
    return `/${this.keyPrefix}/keys/`;
  }

  /** Begin of the aliases. @internal */
  public get _aliases(): string {
    return `alias/${this.keyPrefix}/`;
  }
}
