import { Stack } from 'aws-cdk-lib';
import { containerPlatform } from './container-platform';
import { containerQueueWorker } from './container-queue-worker';
import { dataPipeline } from './data-pipeline';
import { eventProcessor } from './event-processor';
import { httpApiFunction } from './http-api-function';
import { keyValueTable } from './key-value-table';
import { objectStore } from './object-store';
import { queueWorker } from './queue-worker';
import { relationalDatabase } from './relational-database';
import { scheduledTask } from './scheduled-task';
import { staticSite } from './static-site';
import { streamProcessor } from './stream-processor';
import { webService } from './web-service';
import { GoldenPath } from '../../src';

/** One sample of each golden path, by the name of its construct. */
export const GOLDEN_PATHS: { readonly [name: string]: (stack: Stack) => GoldenPath } = {
  ContainerPlatform: containerPlatform,
  ContainerQueueWorker: containerQueueWorker,
  DataPipeline: dataPipeline,
  EventProcessor: eventProcessor,
  HttpApiFunction: httpApiFunction,
  KeyValueTable: keyValueTable,
  ObjectStore: objectStore,
  RelationalDatabase: relationalDatabase,
  ScheduledTask: scheduledTask,
  StaticSite: staticSite,
  StreamProcessor: streamProcessor,
  WebService: webService,
  QueueWorker: queueWorker,
};
