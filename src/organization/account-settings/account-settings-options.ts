/** What is set in each account; each default can be left out with a reason. */
export interface AccountSettingsOptions {
  /** Key that new EBS volumes are encrypted with, by its ARN; `{{resolve:ssm:/landing-zone/keys/data}}` is that of an `EncryptionStandard`. @default - AWS's */
  readonly ebsKeyArn?: string;
  /** Why EBS volumes are not encrypted by default. @default - they are */
  readonly withoutEbsEncryption?: string;
  /** Why the VPC stays that AWS makes in each account and Region. @default - it is deleted; where it is used, the deployment to that account fails and says by whom */
  readonly keepDefaultVpc?: string;
  /** Why Systems Manager documents may be shared with everybody. @default - they may not */
  readonly publicDocuments?: string;
  /** What is asked of passwords of IAM users. @default - 14 characters of all kinds, none of the last 24; they do not expire */
  readonly passwordPolicy?: PasswordPolicy;
  /** Why no password policy is set. @default - it is */
  readonly withoutPasswordPolicy?: string;
  /** Whom AWS tells beside the account's own address. @default - nobody is set; who is there stays */
  readonly contacts?: AlternateContacts;
}

/** What is asked of passwords of IAM users; lower and upper case, digits and symbols always. */
export interface PasswordPolicy {
  /** Characters, 8 to 128. @default 14 */
  readonly minimumLength?: number;
  /** How many earlier passwords are not taken again, 1 to 24. @default 24 */
  readonly remembered?: number;
  /** Days after which a password expires, 1 to 1,095. @default - it does not */
  readonly maximumDays?: number;
}

/** Whom AWS tells, by matter. */
export interface AlternateContacts {
  /** Of bills. @default - not set */
  readonly billing?: AlternateContact;
  /** Of outages and maintenance. @default - not set */
  readonly operations?: AlternateContact;
  /** Of abuse and vulnerabilities. @default - not set */
  readonly security?: AlternateContact;
}

/** A person or a team; lengths are those of AWS Account Management. */
export interface AlternateContact {
  /** 1 to 64 characters. */
  readonly name: string;
  /** 1 to 50 characters: `Security operations`. */
  readonly title: string;
  /** Address that is read. */
  readonly email: string;
  /** Digits, blanks and `( ) + -`, 25 at most. */
  readonly phone: string;
}
