/** What a landing zone of AWS Control Tower that is created is like, with all defaults filled in. */
export interface LandingZoneSettings {
  /** @default - all Regions of the zone */
  readonly governedRegions?: readonly string[];
  readonly trail: boolean;
  readonly config: boolean;
  readonly securityRoles: boolean;
  readonly identityCenter: boolean;
  readonly automaticEnrollment: boolean;
  readonly logRetentionDays: number;
  readonly accessLogRetentionDays: number;
  readonly trailKeyArn?: string;
  readonly configKeyArn?: string;
  readonly backup?: { readonly adminAccount: string; readonly vaultAccount: string; readonly keyArn: string };
}
