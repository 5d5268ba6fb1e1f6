import * as fc from 'fast-check';
import { assemblyOf, StackSketch } from './stacks';
import { Resolver } from '../../../src/model/assembly/resolve';

const ENVIRONMENTS = [['111111111111', 'eu-west-1'], ['111111111111', 'us-east-1'], ['222222222222', 'eu-west-1']] as const;
const NAMES = ['One', 'Two', 'Three'];

/** Expressions whose conditions, outputs and exports only point back, so that none is circular. */
const { text, list } = fc.letrec<{ text: any; list: any }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<any>('a', 'b-c', '', 7, true, '{{resolve:ssm:/x}}', '${x}'),
    fc.constantFrom('Text', 'Asked', 'AWS::Region', 'AWS::AccountId', 'AWS::StackName', 'Thing', 'Nobody').map((name) => ({ Ref: name })),
    fc.constantFrom<any>(['Thing', 'Arn'], 'Thing.Arn', ['Nobody', 'Arn']).map((argument) => ({ 'Fn::GetAtt': argument })),
    fc.constantFrom('${Text}', 'x${!y}${Text}', '${Thing}', '${Thing.Arn}-', '${AWS::Region}/${Asked}', 'plain').map((argument) => ({ 'Fn::Sub': argument })),
    fc.tuple(fc.constantFrom('${v}', '<${v}>${Text}'), tie('text')).map(([pattern, v]) => ({ 'Fn::Sub': [pattern, { v }] })),
    fc.tuple(fc.constantFrom('', '-'), tie('list')).map((argument) => ({ 'Fn::Join': argument })),
    fc.tuple(fc.constantFrom<any>(0, 1, '2'), tie('list')).map((argument) => ({ 'Fn::Select': argument })),
    fc.tuple(fc.constantFrom('C0', 'C1', 'C2', 'C3'), tie('text'), tie('text')).map((argument) => ({ 'Fn::If': argument })),
    fc.tuple(fc.constantFrom('k', 'missing'), tie('text')).map(([key, otherwise]) => ({ 'Fn::FindInMap': ['Map', key, 's', { DefaultValue: otherwise }] })),
    fc.constantFrom('k', 'missing').map((key) => ({ 'Fn::FindInMap': ['Map', key, 's'] })),
    fc.record({
      StackName: fc.constantFrom(...NAMES),
      OutputName: fc.constantFrom('O0', 'O1'),
      RoleArn: fc.constantFrom('arn:aws:iam::111111111111:role/r', 'arn:aws:iam::222222222222:role/r'),
    }).map((argument) => ({ 'Fn::GetStackOutput': argument })),
    fc.constantFrom('One-O0', 'Two-O1', 'Three-O0').map((name) => ({ 'Fn::ImportValue': name })),
    tie('text').map((argument) => ({ 'Fn::Base64': argument })),
  ),
  list: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.array(fc.oneof(tie('text'), fc.constant({ Ref: 'AWS::NoValue' })), { maxLength: 3 }),
    tie('text').map((source) => ({ 'Fn::Split': ['-', source] })),
    fc.constant({ Ref: 'List' }),
  ),
}));

const condition = (earlier: readonly string[]): fc.Arbitrary<any> => {
  const base = fc.tuple(text, text).map((argument) => ({ 'Fn::Equals': argument }));
  if (earlier.length === 0) return base;
  const known = fc.constantFrom(...earlier).map((name) => ({ Condition: name }));
  const negated = known.map((part) => ({ 'Fn::Not': [part] }));
  return fc.oneof(base, negated, fc.tuple(known, base).map((parts) => ({ 'Fn::And': parts })), fc.tuple(base, known).map((parts) => ({ 'Fn::Or': parts })));
};

/** Without functions that lead to other stacks or to conditions, where a circle could begin. */
const still = (arbitrary: fc.Arbitrary<any>, ...names: string[]) => arbitrary.filter((json) => {
  const written = JSON.stringify(json);
  return !names.some((name) => written.includes(name));
});

const stacks: fc.Arbitrary<StackSketch[]> = fc.tuple(...NAMES.map((name, index) => fc.record({
  environment: fc.constantFrom(...ENVIRONMENTS),
  conditions: fc.tuple(...[0, 1, 2, 3].map((n) => still(condition(Array.from({ length: n }, (_, i) => `C${i}`)), 'Fn::If', 'GetStackOutput', 'ImportValue'))),
  outputs: fc.tuple(...[0, 1].map(() => (index === 0 ? still(text, 'GetStackOutput', 'ImportValue')
    : still(text, ...NAMES.slice(index).map((later) => `"${later}`))))),
}).map(({ environment: [account, region], conditions, outputs }): StackSketch => ({
  name,
  account,
  region,
  template: {
    Parameters: { Text: { Type: 'String', Default: `t-${name}` }, List: { Type: 'CommaDelimitedList', Default: 'x,y' }, Asked: { Type: 'String' } },
    Mappings: { Map: { k: { s: 'mapped' } } },
    Conditions: Object.fromEntries(conditions.map((json, n) => [`C${n}`, json])),
    Resources: { Thing: { Type: 'Some::Thing' } },
    Outputs: Object.fromEntries(outputs.map((json, n) => [`O${n}`, { Value: json, Export: { Name: `${name}-O${n}` } }])),
  },
}))));

/** No value, for any reason: an attribute of a resource, or unknown. */
class NoValueKnown extends Error {}

/** As slow and plain as can be: no memory, one exception for all that is not known, nothing kept of a list with an unknown part. */
class Naive {
  public constructor(private readonly all: readonly StackSketch[]) {}

  public value(json: any, at: StackSketch): any {
    if (typeof json === 'string') return this.plain(json);
    if (Array.isArray(json)) return json.filter((item) => item?.Ref !== 'AWS::NoValue').map((item) => this.value(item, at));
    if (typeof json !== 'object') return json;
    const [[name, argument]] = Object.entries<any>(json) as [[string, any]];
    switch (name) {
      case 'Ref': return this.named(argument, at);
      case 'Fn::GetAtt': throw new NoValueKnown();
      case 'Fn::Sub': {
        const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
        const pieces = pattern.split(/(\$\{[^}]*\})/).map((piece: string) => {
          if (piece.startsWith('${!')) return `\${${piece.slice(3)}`;
          if (!piece.startsWith('${')) return piece;
          const variable = piece.slice(2, -1);
          return String(this.value(variables[variable] ?? (variable.includes('.') ? { 'Fn::GetAtt': variable } : { Ref: variable }), at));
        });
        return this.plain(pieces.join(''));
      }
      case 'Fn::Join': return this.plain(this.value(argument[1], at).join(argument[0]));
      case 'Fn::Select': {
        const items = Array.isArray(argument[1]) ? argument[1].filter((item: any) => item?.Ref !== 'AWS::NoValue') : this.value(argument[1], at);
        if (Number(argument[0]) >= items.length) throw new NoValueKnown();
        return this.value(items[Number(argument[0])], at);
      }
      case 'Fn::Split': return String(this.value(argument[1], at)).split(argument[0]);
      case 'Fn::If': return this.value(this.holds({ Condition: argument[0] }, at) ? argument[1] : argument[2], at);
      case 'Fn::FindInMap': {
        if (argument[1] === 'k') return 'mapped';
        if (argument[3] === undefined) throw new NoValueKnown();
        return this.value(argument[3].DefaultValue, at);
      }
      case 'Fn::GetStackOutput': {
        const { StackName, OutputName, RoleArn } = argument;
        const near = this.all.filter(({ region }) => region === at.region);
        return this.output(OutputName, near.filter((stack) => stack.name === StackName && RoleArn.includes(stack.account)));
      }
      case 'Fn::ImportValue': {
        const [stackName, output] = argument.split('-');
        const near = this.all.filter(({ account, region }) => account === at.account && region === at.region);
        return this.output(output, near.filter((stack) => stack.name === stackName));
      }
      case 'Fn::Base64': return Buffer.from(String(this.value(argument, at))).toString('base64');
      default: throw new Error(name);
    }
  }

  private named(name: string, at: StackSketch): any {
    switch (name) {
      case 'Text': return `t-${at.name}`;
      case 'List': return ['x', 'y'];
      case 'AWS::Region': return at.region;
      case 'AWS::AccountId': return at.account;
      case 'AWS::StackName': return at.name;
      default: throw new NoValueKnown();
    }
  }

  private output(name: string, candidates: readonly StackSketch[]): any {
    if (candidates.length !== 1) throw new NoValueKnown();
    return this.value(candidates[0]!.template.Outputs[name].Value, candidates[0]!);
  }

  private holds(json: any, at: StackSketch): boolean {
    const [[name, argument]] = Object.entries<any>(json) as [[string, any]];
    if (name === 'Condition') return this.holds(at.template.Conditions[argument], at);
    if (name === 'Fn::Equals') return JSON.stringify(this.value(argument[0], at).toString()) === JSON.stringify(this.value(argument[1], at).toString());
    const parts = argument.map((part: any) => {
      try {
        return this.holds(part, at);
      } catch (error) {
        if (error instanceof NoValueKnown) return undefined;
        throw error;
      }
    });
    const decides = name === 'Fn::Or';
    if (name === 'Fn::Not' && parts[0] !== undefined) return !parts[0];
    if (name !== 'Fn::Not' && parts.includes(decides)) return decides;
    if (parts.includes(undefined)) throw new NoValueKnown();
    return !decides;
  }

  private plain(value: string): string {
    if (value.includes('{{resolve:')) throw new NoValueKnown();
    return value;
  }
}

test('the resolver and a naive one agree on every value and on what has none', () => {
  const counts = { value: 0, other: 0 };
  fc.assert(fc.property(stacks, fc.oneof(text, list), fc.nat(2), (sketches, json, index) => {
    const assembly = assemblyOf(...sketches);
    const resolved = new Resolver(assembly).resolve(json, assembly.stacks[index]!);
    let expected: any;
    try {
      expected = { kind: 'value', value: new Naive(sketches).value(json, sketches[index]!) };
    } catch (error) {
      if (!(error instanceof NoValueKnown)) throw error;
    }
    counts[expected ? 'value' : 'other'] += 1;
    if (expected) expect(resolved).toEqual(expected);
    else expect(['reference', 'unknown', 'partial']).toContain(resolved.kind);
  }), { numRuns: 2000, seed: 20261122 });
  expect(Math.min(counts.value, counts.other)).toBeGreaterThan(300);
});

test('the order of questions changes no answer', () => {
  fc.assert(fc.property(stacks, fc.array(text, { minLength: 2, maxLength: 6 }), (sketches, questions) => {
    const assembly = assemblyOf(...sketches);
    const ask = (list_: any[]) => {
      const resolver = new Resolver(assembly);
      return list_.map((json) => {
        const resolved = resolver.resolve(json, assembly.stacks[2]!);
        return resolved.kind === 'reference' ? resolved.reference.text : resolved;
      });
    };
    expect(ask([...questions].reverse()).reverse()).toEqual(ask(questions));
  }), { numRuns: 300, seed: 20261122 });
});
