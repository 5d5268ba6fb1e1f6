/** Vault of each account and Region. */
export const VAULT_NAME = 'landing-zone';
/** Vault for copies of all accounts, in one account and each Region. */
export const CENTRAL_VAULT_NAME = 'landing-zone-copies';
/** Role that AWS Backup becomes to back up. */
export const BACKUP_ROLE = 'landing-zone-backup';
/** Role that AWS Backup becomes to try restoring. */
export const RESTORE_ROLE = 'landing-zone-restore-test';
