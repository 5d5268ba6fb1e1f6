/** Requests of the organization's request template: https://docs.aws.amazon.com/servicequotas/latest/userguide/organization-templates.html (read 2026-11-23) */
export const MAX_QUOTA_REQUESTS = 10;
