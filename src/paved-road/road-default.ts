import { CfnResource, Stack } from 'aws-cdk-lib';
import { ContractValue } from './contract-value';
import { Survey } from './survey';

/** What alarms of plain resources say and whom they tell. */
export interface RoadAlarms {
  /** Begins their names. */
  readonly product: string;
  readonly runbook: string;
  /** ARNs of topics that are told, beside the landing zone's alerts. */
  readonly topicArns: readonly string[];
}

/** What defaults need to know of the product and of the landing zone that it lives in. */
export interface Road {
  readonly logRetentionDays: number;
  /** Whether an instance that fails takes the product down. */
  readonly isHighlyAvailable: boolean;
  /** What alarms say. @default - there are no alarms */
  readonly alarms?: RoadAlarms;
  /** What else is there. */
  readonly survey: Survey;
  /** Values of the landing zone in the account and Region of a stack. */
  valueOf(stack: Stack, value: ContractValue): string;
}

/** What a resource gets where its author said nothing. */
export interface RoadDefault {
  /** `s3.public-access`. It stays: opting out names it. */
  readonly id: string;
  /** Type of CloudFormation. */
  readonly type: string;
  /** Id of the control that it serves. @default - none; it is a choice of the paved road */
  readonly control?: string;
  /** What it is good for, in a sentence. */
  readonly why: string;
  /**
   * Attributes of the L1 construct, none where its author has chosen or where it was done before. More resources that the default takes are made below the L1 construct.
   * @param properties as the template would hold them without any default
   */
  complete(properties: any, resource: CfnResource, road: Road): { readonly [attribute: string]: unknown };
  /** What others have to know of a resource that does without. @default - nothing */
  leave?(resource: CfnResource): void;
}
