/** Whether documents may be shared with everybody: https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html#block-public-access (read 2026-11-22) */
export const PUBLIC_SHARING = '/ssm/documents/console/public-sharing-permission';

/** The document that Session Manager takes where a session names no other: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html (read 2026-11-23) */
export const SESSION_DOCUMENT = 'SSM-SessionManagerRunShell';
