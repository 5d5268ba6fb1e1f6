import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InputError } from '../model/input-error';

/**
 * What a baseline puts into each account and Region, as any constructs.
 *
 * @example
 * class OwnerParameter implements IBaselineContent {
 *   public define(stack: BaselineStack) {
 *     new ssm.StringParameter(stack, 'Owner', { stringValue: stack.input('Owner') });
 *   }
 * }
 */
export interface IBaselineContent {
  /** Adds the constructs to a stack. It is called for the template of the stack sets, and for each stack of the management account: the same constructs each time. */
  define(stack: BaselineStack): void;
}

/** @internal */
export interface BaselineStackPlace {
  readonly inputs: readonly string[];
  readonly read: (stack: BaselineStack, input: string) => string;
  readonly props: StackProps;
}

/** The stack that the content of a baseline is put into. Its account and Region are known at deployment only. */
export class BaselineStack extends Stack {
  /** @internal */
  public static _add(scope: Construct, id: string, place: BaselineStackPlace): BaselineStack {
    return new BaselineStack(scope, id, place);
  }

  private readonly values = new Map<string, string>();
  private readonly place: BaselineStackPlace;

  private constructor(scope: Construct, id: string, place: BaselineStackPlace) {
    super(scope, id, place.props);
    this.place = place;
  }

  /** The value of an input of the baseline. Fails with the inputs there are. */
  public input(name: string): string {
    const { inputs, read } = this.place;
    if (!inputs.includes(name)) {
      throw new InputError(`The baseline has no input "${name}". ${inputs.length === 0 ? 'It has none' : `It has: ${inputs.join(', ')}`}. Add it: inputs: { ${name}: BaselineInput.of(...) }`);
    }
    const known = this.values.get(name) ?? read(this, name);
    this.values.set(name, known);
    return known;
  }

  /** The template as it would be deployed. @internal */
  public _template(): { readonly [section: string]: any } {
    return this._toCloudFormation();
  }
}
