/** Name of the permissions boundary in every account, with its path, where none is given. */
export const DEFAULT_BOUNDARY = 'landing-zone/boundary';
