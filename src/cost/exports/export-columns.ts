/**
 * Columns of the tables of AWS Data Exports that we export, by their type in AWS Glue. An export names each: its query takes no `*`, so a column that AWS adds changes nothing.
 * https://docs.aws.amazon.com/cur/latest/userguide/dataexports-table-dictionary.html; types as AWS's own tables over these exports have them,
 * https://github.com/aws-solutions-library-samples/cloud-intelligence-dashboards-data-collection (both read 2026-11-23).
 */
export type ExportColumns = readonly (readonly [name: string, type: string])[];

const of = (type: string, names: string): ExportColumns => names.trim().split(/\s+/).map((name) => [name, type] as const);

/** Cost and Usage Report 2.0: what it has with every configuration. */
export const COST_AND_USAGE: ExportColumns = [
  ...of('string', `
    bill_bill_type bill_billing_entity bill_invoice_id bill_invoicing_entity bill_payer_account_id bill_payer_account_name identity_line_item_id identity_time_interval
    line_item_availability_zone line_item_currency_code line_item_legal_entity line_item_line_item_description line_item_line_item_type line_item_net_unblended_rate line_item_operation
    line_item_product_code line_item_tax_type line_item_unblended_rate line_item_usage_account_id line_item_usage_account_name line_item_usage_type
    pricing_lease_contract_length pricing_offering_class pricing_public_on_demand_rate pricing_purchase_option pricing_rate_code pricing_term pricing_unit
    product_from_location product_instance_type product_product_family product_region_code product_servicecode product_sku product_to_location
    reservation_end_time reservation_reservation_a_r_n reservation_start_time
    savings_plan_end_time savings_plan_offering_type savings_plan_payment_option savings_plan_purchase_term savings_plan_savings_plan_a_r_n savings_plan_start_time`),
  ...of('timestamp', 'bill_billing_period_end_date bill_billing_period_start_date line_item_usage_end_date line_item_usage_start_date'),
  ...of('map<string,string>', 'cost_category product resource_tags tags'),
  ...of('map<string,double>', 'discount'),
  ...of('double', `
    discount_bundled_discount discount_total_discount line_item_net_unblended_cost line_item_unblended_cost line_item_usage_amount pricing_public_on_demand_cost
    reservation_amortized_upfront_fee_for_billing_period reservation_effective_cost reservation_net_amortized_upfront_cost_for_usage
    reservation_net_amortized_upfront_fee_for_billing_period reservation_net_effective_cost reservation_net_recurring_fee_for_usage
    reservation_net_unused_amortized_upfront_fee_for_billing_period reservation_net_unused_recurring_fee reservation_net_upfront_value
    reservation_unused_amortized_upfront_fee_for_billing_period reservation_unused_recurring_fee
    savings_plan_amortized_upfront_commitment_for_billing_period savings_plan_net_amortized_upfront_commitment_for_billing_period
    savings_plan_net_recurring_commitment_for_billing_period savings_plan_net_savings_plan_effective_cost savings_plan_savings_plan_effective_cost
    savings_plan_total_commitment_to_date savings_plan_used_commitment`),
];

/** Of the Cost and Usage Report with resources. */
export const RESOURCES: ExportColumns = of('string', 'line_item_resource_id');

/** Of the Cost and Usage Report with what containers use of an instance. */
export const SPLIT_COSTS: ExportColumns = [
  ...of('string', 'split_line_item_parent_resource_id'),
  ...of('double', `
    split_line_item_actual_usage split_line_item_net_split_cost split_line_item_net_unused_cost split_line_item_public_on_demand_split_cost split_line_item_public_on_demand_unused_cost
    split_line_item_reserved_usage split_line_item_split_cost split_line_item_split_usage split_line_item_split_usage_ratio split_line_item_unused_cost`),
];

/** FOCUS 1.2 with AWS's columns. */
export const FOCUS: ExportColumns = [
  ...of('string', `
    AvailabilityZone BillingAccountId BillingAccountName BillingAccountType BillingCurrency CapacityReservationId CapacityReservationStatus ChargeCategory ChargeClass ChargeDescription
    ChargeFrequency CommitmentDiscountCategory CommitmentDiscountId CommitmentDiscountName CommitmentDiscountStatus CommitmentDiscountType CommitmentDiscountUnit ConsumedUnit InvoiceId
    InvoiceIssuerName PricingCategory PricingCurrency PricingUnit ProviderName PublisherName RegionId RegionName ResourceId ResourceName ResourceType ServiceCategory ServiceName
    ServiceSubcategory SkuId SkuMeter SkuPriceId SubAccountId SubAccountName SubAccountType x_Operation x_ServiceCode`),
  ...of('timestamp', 'BillingPeriodEnd BillingPeriodStart ChargePeriodEnd ChargePeriodStart'),
  ...of('map<string,string>', 'SkuPriceDetails Tags'),
  ...of('map<string,double>', 'x_Discounts'),
  ...of('double', `
    BilledCost CommitmentDiscountQuantity ConsumedQuantity ContractedCost ContractedUnitPrice EffectiveCost ListCost ListUnitPrice PricingCurrencyContractedUnitPrice
    PricingCurrencyEffectiveCost PricingCurrencyListUnitPrice PricingQuantity`),
];

/** Recommendations of the Cost Optimization Hub. */
export const RECOMMENDATIONS: ExportColumns = [
  ...of('string', `
    account_id action_type currency_code current_resource_details current_resource_summary current_resource_type implementation_effort last_refresh_timestamp recommendation_id
    recommendation_source recommended_resource_details recommended_resource_summary recommended_resource_type region resource_arn`),
  ...of('double', `
    estimated_monthly_cost_after_discount estimated_monthly_cost_before_discount estimated_monthly_savings_after_discount estimated_monthly_savings_before_discount
    estimated_savings_percentage_after_discount estimated_savings_percentage_before_discount`),
  ...of('int', 'recommendation_lookback_period_in_days'),
  ...of('boolean', 'restart_needed rollback_possible'),
  ...of('map<string,string>', 'tags'),
];

/** Carbon emissions, market-based and location-based. */
export const CARBON_EMISSIONS: ExportColumns = [
  ...of('string', `
    location model_version payer_account_id product_code region_code total_lbm_emissions_unit total_mbm_emissions_unit total_scope_1_emissions_unit total_scope_2_lbm_emissions_unit
    total_scope_2_mbm_emissions_unit total_scope_3_lbm_emissions_unit total_scope_3_mbm_emissions_unit usage_account_id`),
  ...of('double', `
    total_lbm_emissions_value total_mbm_emissions_value total_scope_1_emissions_value total_scope_2_lbm_emissions_value total_scope_2_mbm_emissions_value
    total_scope_3_lbm_emissions_value total_scope_3_mbm_emissions_value`),
  ...of('timestamp', 'last_refresh_timestamp usage_period_end usage_period_start'),
];
