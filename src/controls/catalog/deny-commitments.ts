import { purchaseProof, purchaseStatements } from '../buyer-role';
import { Control } from '../control';
import { BuyerOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** Commitments that LZ.BILLING.1 does not name, and what undoes or sells those that exist. */
const COMMITMENTS = [
  'bedrock-mantle:CreateReservation', 'cloudfront:CreateSavingsPlan', 'cloudfront:UpdateSavingsPlan', 'devicefarm:PurchaseOffering', 'devicefarm:RenewOffering',
  'ec2:AcceptReservedInstancesExchangeQuote', 'ec2:CreateReservedInstancesListing', 'ec2:ModifyReservedInstances', 'ec2:PurchaseCapacityBlockExtension',
  'ec2:PurchaseScheduledInstances', 'eks:CreateEksAnywhereSubscription', 'es:PurchaseReservedElasticsearchInstanceOffering', 'glacier:PurchaseProvisionedCapacity',
  'mediaconnect:PurchaseOffering', 'medialive:PurchaseOffering', 'pricingplanmanager:CreateSubscription', 'pricingplanmanager:UpdateSubscription',
  'qbusiness:CreateSubscription', 'quicksight:CreateAccountSubscription', 'redshift-serverless:CreateReservation', 'redshift:AcceptReservedNodeExchange',
  'sagemaker:CreateReservedCapacity', 'sagemaker:CreateTrainingPlan', 'savingsplans:DeleteQueuedSavingsPlan', 'savingsplans:ReturnSavingsPlan',
];

/** LZ.BILLING.2. */
export function denyCommitments(options: BuyerOptions = {}): Control {
  const proof = purchaseProof('ec2:ModifyReservedInstances', options);
  return new Control({
    id: 'LZ.BILLING.2',
    title: 'No commitment is bought, exchanged or sold outside finance',
    description: 'LZ.BILLING.1 keeps reservations and Savings Plans for those who see the whole bill. This control does the same for the commitments that are easily forgotten: '
      + 'capacity blocks that are extended, reserved capacity of media, Glacier, Redshift Serverless and SageMaker, CloudFront\'s plans, subscriptions of QuickSight, Amazon Q and EKS Anywhere, '
      + 'and exchanging, returning or selling what was bought.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-11', 'SA-9'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.19'),
      Framework.SOC_2.maps('CC6.8'),
    ],
    sources: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html '
        + '(actions that purchase, reserve, subscribe or exchange, read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl(...purchaseStatements(COMMITMENTS, options))],
    proof: {
      denies: [
        { action: 'ec2:CreateReservedInstancesListing' },
        { action: 'savingsplans:ReturnSavingsPlan', principal: 'root' },
        { action: 'medialive:PurchaseOffering' },
        { action: 'sagemaker:CreateTrainingPlan' },
        { action: 'quicksight:CreateAccountSubscription' },
        ...proof.denies,
      ],
      allows: [
        { action: 'ec2:DescribeReservedInstances' },
        { action: 'ec2:RunInstances' },
        { action: 'sagemaker:CreateTrainingJob' },
        { action: 'savingsplans:DescribeSavingsPlans' },
        { action: 'savingsplans:ReturnSavingsPlan', principal: PLATFORM_ROLE },
        ...proof.allows,
      ],
    },
  });
}
