import { CfnParameter, CfnRule, Fn, IAspect, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Makes CloudFormation refuse a stack that was synthesized for a placeholder account id, and say which command to run.
 *
 * The parameter exists because a rule of CloudFormation speaks about parameters; its only other value is a lie.
 *
 * @internal
 */
export class PlaceholderRefusal implements IAspect {
  public constructor(private readonly isPlaceholder: (accountId: string) => boolean) {}

  public visit(node: IConstruct): void {
    if (Stack.isStack(node) && this.isPlaceholder(node.account)) refuseDeployment(node, `the placeholder account id ${node.account}`);
  }
}

/** Once for a stack, whatever is unknown in it: `the placeholder account id 000123456789`. @internal */
export function refuseDeployment(stack: Stack, unknown: string): void {
  if (stack.node.tryFindChild('AccountIds')) return;
  const ids = new CfnParameter(stack, 'AccountIds', {
    type: 'String',
    default: 'placeholder',
    allowedValues: ['placeholder', 'real'],
    description: 'Says that this template was synthesized without real account ids',
  });
  ids.overrideLogicalId('AccountIds');
  const rule = new CfnRule(stack, 'AccountIdsAreReal', {
    assertions: [{
      assert: Fn.conditionEquals(ids.valueAsString, 'real'),
      assertDescription: `Stack ${stack.stackName} was synthesized with ${unknown}. `
        + 'Run "npx landing-zone pull", then synthesize and deploy again.',
    }],
  });
  rule.overrideLogicalId('AccountIdsAreReal');
}
