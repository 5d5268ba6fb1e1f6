import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { completed } from './completed';
import { logGroupOf, writesLogs } from './log-group';
import { allow, roleOf } from './role';
import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

export const CONTAINER_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'ecs.insights',
    type: 'AWS::ECS::Cluster',
    why: 'Load and failures of services and tasks are seen.',
    complete: ({ ClusterSettings }) => (Array.isArray(ClusterSettings) && ClusterSettings.some(({ Name }) => Name === 'containerInsights') ? {}
      : { clusterSettings: [...(Array.isArray(ClusterSettings) ? ClusterSettings.map(({ Name, Value }) => ({ name: Name, value: Value })) : []), { name: 'containerInsights', value: 'enabled' }] }),
  },
  {
    id: 'ecs.logs',
    type: 'AWS::ECS::TaskDefinition',
    why: 'What containers write is kept as long as the classification of the data says, and read beside other logs.',
    complete: ({ ContainerDefinitions }, resource, { logRetentionDays }) => {
      if (!Array.isArray(ContainerDefinitions) || ContainerDefinitions.every(({ LogConfiguration }) => isGiven(LogConfiguration))) return {};
      const task = resource as CfnTaskDefinition;
      const stack = Stack.of(task);
      const logGroup = logGroupOf(task, logRetentionDays);
      const role = isGiven(task.executionRoleArn) ? roleOf(task, task.executionRoleArn) : executionRole(task);
      if (role) allow(role, 'write-logs', writesLogs(logGroup));
      return {
        ...(isGiven(task.executionRoleArn) || !role ? {} : { executionRoleArn: role.attrArn }),
        containerDefinitions: completed(task.containerDefinitions, (containers: any[]) => containers.map((container) => (isGiven(container.logConfiguration) ? container : {
          ...container,
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': logGroup.ref, 'awslogs-region': stack.region, 'awslogs-stream-prefix': container.name, 'mode': 'non-blocking', 'max-buffer-size': '25m' } },
        }))),
      };
    },
  },
];

function executionRole(task: CfnTaskDefinition): CfnRole {
  const made = new CfnRole(task, 'ExecutionRole', {
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
  });
  made.applyRemovalPolicy(RemovalPolicy.DESTROY);
  return made;
}
