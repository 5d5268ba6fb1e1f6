import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { InputError } from '../model/input-error';
import { LiveOrganization, pullOrganization } from '../organization/live/pull';

/**
 * The live organization, with the credentials of the environment.
 * The only module of the command that speaks to AWS: releases carry it as one file with the SDK in it.
 */
export async function readLiveOrganization(): Promise<LiveOrganization> {
  try {
    return await pullOrganization(new OrganizationsClient({ region: process.env.AWS_REGION ?? 'us-east-1' }));
  } catch (error) {
    throw new InputError(`The organization could not be read: ${(error as Error).message}\n`
      + 'Expected AWS credentials of the management account with organizations:Describe* and organizations:List* (docs/deploy.md).');
  }
}
