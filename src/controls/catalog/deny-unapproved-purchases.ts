import { purchaseProof, purchaseStatements } from '../buyer-role';
import { Control } from '../control';
import { BuyerOptions } from '../control-options';
import { Framework } from '../framework';
import { PreventiveMechanism } from '../mechanism';
import { PLATFORM_ROLE } from '../proof-principals';
import { Severity } from '../severity';

/** What binds for a year or more, and lowers the price of what runs. */
const COMMITMENTS = [
  'dynamodb:PurchaseReservedCapacityOfferings', 'ec2:PurchaseCapacityBlock', 'ec2:PurchaseHostReservation', 'ec2:PurchaseReservedInstancesOffering',
  'elasticache:PurchaseReservedCacheNodesOffering', 'es:PurchaseReservedInstanceOffering', 'memorydb:PurchaseReservedNodesOffering',
  'rds:PurchaseReservedDBInstancesOffering', 'redshift:PurchaseReservedNodeOffering', 'savingsplans:CreateSavingsPlan',
];

/** LZ.BILLING.1. */
export function denyUnapprovedPurchases(options: BuyerOptions = {}): Control {
  const isBought = options.buyerRole !== undefined;
  const proof = purchaseProof('savingsplans:CreateSavingsPlan', options);
  return new Control({
    id: 'LZ.BILLING.1',
    title: 'No unapproved purchases or billing changes',
    description: 'AWS Marketplace subscriptions bring software and terms that nobody has reviewed; reservations, Savings Plans and support plans bind for years. '
      + 'Both are bought centrally. Payment methods, tax registrations and billing preferences of an account stay as the organization set them.',
    severity: Severity.MEDIUM,
    frameworks: [
      Framework.NIST_800_53.maps('CM-11', 'SA-9'),
      Framework.ISO_27001.maps('A.5.23', 'A.8.19'),
      Framework.SOC_2.maps('CC6.8'),
    ],
    sources: [
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Privileged-access-controls/Deny-billing-modification-action.json (read 2026-11-22)',
      'https://github.com/aws-samples/service-control-policy-examples/blob/main/Protect-cloud-platform-resource/'
        + 'Deny-unwanted-cancellation-or-changes-to-AWS-Marketplace-product-subscription.json (read 2026-11-22)',
      'NIST 800-53, ISO 27001 and SOC 2: by the text of the requirement',
    ],
    preventive: [PreventiveMechanism.serviceControl({
      actions: [
        'aws-marketplace:AcceptAgreementRequest', 'aws-marketplace:AssociateProductsWithPrivateMarketplace', 'aws-marketplace:CancelAgreement',
        'aws-marketplace:CreateAgreementRequest', 'aws-marketplace:DisassociateProductsFromPrivateMarketplace', 'aws-marketplace:Subscribe',
        'aws-marketplace:Unsubscribe',
        'billing:PutContractInformation', 'billing:UpdateBillingPreferences', 'billing:UpdateIAMAccessPreference',
        'invoicing:PutInvoiceEmailDeliveryPreferences',
        'payments:CreatePaymentInstrument', 'payments:DeletePaymentInstrument', 'payments:UpdatePaymentInstrument', 'payments:UpdatePaymentPreferences',
        'tax:BatchDeleteTaxRegistration', 'tax:BatchPutTaxRegistration', 'tax:DeleteTaxRegistration', 'tax:PutTaxInheritance', 'tax:PutTaxRegistration',
        ...(isBought ? [] : COMMITMENTS),
        'supportplans:CreateSupportPlanSchedule', 'supportplans:StartSupportPlanUpdate',
      ],
    }, ...(isBought ? purchaseStatements(COMMITMENTS, options) : []))],
    proof: {
      denies: [
        { action: 'aws-marketplace:Subscribe' },
        { action: 'aws-marketplace:AcceptAgreementRequest' },
        { action: 'savingsplans:CreateSavingsPlan' },
        { action: 'ec2:PurchaseReservedInstancesOffering' },
        { action: 'payments:UpdatePaymentPreferences', principal: 'root' },
        { action: 'tax:PutTaxRegistration' },
        { action: 'supportplans:StartSupportPlanUpdate' },
        ...proof.denies,
      ],
      allows: [
        { action: 'aws-marketplace:ViewSubscriptions' },
        { action: 'ce:GetCostAndUsage' },
        { action: 'budgets:ModifyBudget' },
        { action: 'ec2:RunInstances' },
        { action: 'aws-marketplace:Subscribe', principal: PLATFORM_ROLE },
        ...proof.allows,
      ],
    },
  });
}
