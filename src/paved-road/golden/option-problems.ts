import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InputError } from '../../model/input-error';

/** Why a number is no whole one between two others; nothing where it is. */
export function notWithin(name: string, value: number, least: number, most: number): string[] {
  return Number.isInteger(value) && value >= least && value <= most ? [] : [`${name} is ${value}: a whole number of ${least} to ${most} is expected`];
}

/** Why a function cannot take so long; nothing where it can. */
export function tooLongForLambda(timeout: Duration | undefined): string[] {
  return timeout === undefined || timeout.toSeconds() <= 900 ? [] : [`timeout is ${timeout.toHumanString()}: AWS Lambda cuts off after 15 minutes`];
}

/** Fails with all that is wrong with what a golden path was given. */
export function failOnProblems(path: Construct, problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(`${path.constructor.name} ${path.node.path} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}\n${problems.map((one) => `  ${one}`).join('\n')}`);
}
