import { ALARM_DEFAULTS } from './alarm';
import { BUCKET_DEFAULTS } from './bucket';
import { CONTAINER_DEFAULTS } from './container';
import { DATABASE_DEFAULTS } from './database';
import { FUNCTION_DEFAULTS } from './function';
import { GRANT_DEFAULTS } from './grant';
import { INTERFACE_DEFAULTS } from './interface';
import { KUBERNETES_DEFAULTS } from './kubernetes';
import { LOG_GROUP_DEFAULTS } from './log-group';
import { NETWORK_DEFAULTS } from './network';
import { QUEUE_DEFAULTS } from './queue';
import { REPOSITORY_DEFAULTS } from './repository';
import { TABLE_DEFAULTS } from './table';
import { RoadDefault } from '../road-default';

/** In the order in which they are applied to a resource. */
export const ROAD_DEFAULTS: readonly RoadDefault[] = [
  ...BUCKET_DEFAULTS,
  ...QUEUE_DEFAULTS,
  ...FUNCTION_DEFAULTS,
  ...TABLE_DEFAULTS,
  ...DATABASE_DEFAULTS,
  ...NETWORK_DEFAULTS,
  ...CONTAINER_DEFAULTS,
  ...KUBERNETES_DEFAULTS,
  ...INTERFACE_DEFAULTS,
  ...REPOSITORY_DEFAULTS,
  ...LOG_GROUP_DEFAULTS,
  ...ALARM_DEFAULTS,
  ...GRANT_DEFAULTS,
];
