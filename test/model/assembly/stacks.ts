import { Assembly, StackTemplate } from '../../../src/model/assembly/read-assembly';

export interface StackSketch {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly template: { readonly [section: string]: any };
}

/** An assembly of templates that were never on disk. */
export function assemblyOf(...sketches: readonly StackSketch[]): Assembly {
  return new Assembly('the test', sketches.map(({ name, account, region, template }) => new StackTemplate({
    id: [name, account, region].join('/'), stackName: name, account, region, file: `${name}.template.json`, template,
  })));
}

/** An assembly of one stack of account 111111111111 in eu-west-1. */
export function oneStack(template: { readonly [section: string]: any }): Assembly {
  return assemblyOf({ name: 'Stack', account: '111111111111', region: 'eu-west-1', template });
}
