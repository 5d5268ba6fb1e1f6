import { assemblyOf, oneStack, StackSketch } from './stacks';
import { Resolver } from '../../../src/model/assembly/resolve';
import { Reference } from '../../../src/model/assembly/resolved';

const TEMPLATE = {
  Parameters: {
    Name: { Type: 'String', Default: 'acme' },
    Count: { Type: 'Number', Default: 3 },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Numbers: { Type: 'List<Number>', Default: '1,2' },
    Asked: { Type: 'String' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' },
    Secret: { Type: 'String', Default: 'hush', NoEcho: true },
    Dynamic: { Type: 'String', Default: '{{resolve:ssm:/x}}' },
  },
  Mappings: { Map: { eu: { size: 'small', list: ['x', 'y'] } } },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Name' }, 'acme'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Open: { 'Fn::Equals': [{ Ref: 'Asked' }, 'x'] },
    NumberAsText: { 'Fn::Equals': [3, { Ref: 'Count' }] },
    OpenAndNo: { 'Fn::And': [{ Condition: 'Open' }, { Condition: 'No' }] },
    OpenOrYes: { 'Fn::Or': [{ Condition: 'Open' }, { Condition: 'Yes' }] },
    OpenOrNo: { 'Fn::Or': [{ Condition: 'Open' }, { Condition: 'No' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] },
    Circle: { 'Fn::Not': [{ Condition: 'Circle' }] },
    Strange: { 'Fn::Contains': [['a'], 'a'] },
  },
  Resources: { Bucket: { Type: 'AWS::S3::Bucket' } },
};

function resolve(json: any, template: any = TEMPLATE) {
  const assembly = oneStack(template);
  return new Resolver(assembly).resolve(json, assembly.stacks[0]!);
}

const iff = (condition: string) => ({ 'Fn::If': [condition, 'yes', 'no'] });

describe('values', () => {
  test.each<[string, any, any]>([
    ['a literal', { a: [1, 'b', null, true] }, { a: [1, 'b', null, true] }],
    ['a default', { Ref: 'Name' }, 'acme'],
    ['a number parameter is a text', { Ref: 'Count' }, '3'],
    ['a list parameter, trimmed', { Ref: 'Zones' }, ['a', 'b', 'c']],
    ['a list of numbers', { Ref: 'Numbers' }, ['1', '2']],
    ['the account', { Ref: 'AWS::AccountId' }, '111111111111'],
    ['the Region', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['the URL suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['the stack', { Ref: 'AWS::StackName' }, 'Stack'],
    ['no value leaves objects and lists', { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    ['no value from If', { a: { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] } }, {}],
    ['Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Name}-${AWS::Region}' }, 'arn:aws:s3:::acme-eu-west-1'],
    ['Sub with variables, which come first', { 'Fn::Sub': ['${Name}-${x}', { Name: 'own', x: { Ref: 'Count' } }] }, 'own-3'],
    ['Sub leaves literals', { 'Fn::Sub': '${!aws:username}/${Name}' }, '${aws:username}/acme'],
    ['Sub without variables', { 'Fn::Sub': 'plain $ {x}' }, 'plain $ {x}'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 1, { Ref: 'AWS::NoValue' }]] }, 'a-acme-1'],
    ['Join of a function', { 'Fn::Join': ['+', { Ref: 'Zones' }] }, 'a+b+c'],
    ['Select', { 'Fn::Select': [1, { Ref: 'Zones' }] }, 'b'],
    ['Select by a text', { 'Fn::Select': ['0', ['a']] }, 'a'],
    ['Select skips what is unknown beside it', { 'Fn::Select': [1, [{ Ref: 'Asked' }, 'known']] }, 'known'],
    ['Split', { 'Fn::Split': ['|', 'a|b|'] }, ['a', 'b', '']],
    ['Split and Select', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/x' }] }] }, 'role/x'],
    ['FindInMap', { 'Fn::FindInMap': ['Map', { 'Fn::Select': [0, { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] }, 'size'] }, 'small'],
    ['FindInMap of a list', { 'Fn::FindInMap': ['Map', 'eu', 'list'] }, ['x', 'y']],
    ['FindInMap with a default', { 'Fn::FindInMap': ['Map', 'us', 'size', { DefaultValue: { Ref: 'Name' } }] }, 'acme'],
    ['Base64', { 'Fn::Base64': 'é' }, 'w6k='],
    ['If', [iff('Yes'), iff('No'), iff('NumberAsText'), iff('Both')], ['yes', 'no', 'yes', 'yes']],
    ['And is decided by what is false', iff('OpenAndNo'), 'no'],
    ['Or is decided by what is true', iff('OpenOrYes'), 'yes'],
    ['a policy statement named Condition is no function', { Condition: { StringEquals: { a: { Ref: 'Name' } } } }, { Condition: { StringEquals: { a: 'acme' } } }],
    ['a key that all objects have', { constructor: 1, ['__proto__']: 2 }, { constructor: 1, ['__proto__']: 2 }],
  ])('%s', (_name, json, value) => {
    expect(resolve(json)).toEqual({ kind: 'value', value });
  });

  test.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ])('partition of %s', (region, partition, suffix) => {
    const assembly = assemblyOf({ name: 'S', region, template: {} });
    expect(new Resolver(assembly).resolve([{ Ref: 'AWS::Partition' }, { Ref: 'AWS::URLSuffix' }], assembly.stacks[0]!)).toEqual({ kind: 'value', value: [partition, suffix] });
  });
});

describe('references', () => {
  test.each<[string, any, string]>([
    ['Ref', { Ref: 'Bucket' }, 'Ref'],
    ['GetAtt', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'Arn'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Bucket.Nested.Arn' }, 'Nested.Arn'],
    ['GetAtt with a computed attribute', { 'Fn::GetAtt': ['Bucket', { 'Fn::Sub': '${Name}' }] }, 'acme'],
    ['Sub of nothing else', { 'Fn::Sub': '${Bucket.Arn}' }, 'Arn'],
    ['Join of nothing else', { 'Fn::Join': ['', [{ Ref: 'Bucket' }]] }, 'Ref'],
    ['If', { 'Fn::If': ['Yes', { Ref: 'Bucket' }, 'x'] }, 'Ref'],
  ])('%s', (_name, json, attribute) => {
    expect(resolve(json)).toMatchObject({ kind: 'reference', reference: { logicalId: 'Bucket', attribute, stack: { stackName: 'Stack' } } });
  });

  test('in a text the value of one is used where the caller knows it, and named where not', () => {
    const assembly = oneStack(TEMPLATE);
    const resolver = new Resolver(assembly, ({ logicalId, attribute }) => (attribute === 'Arn' ? `arn-of-${logicalId}` : undefined));
    const json = { 'Fn::Sub': '${Bucket.Arn}/*' };
    expect(resolver.resolve(json, assembly.stacks[0]!)).toEqual({ kind: 'value', value: 'arn-of-Bucket/*' });
    expect(resolve(json)).toEqual({ kind: 'unknown', what: 'Fn::Sub in stack Stack, which needs Fn::GetAtt Bucket.Arn in stack Stack' });
  });
});

describe('what is unknown says what and where', () => {
  test.each<[string, any, string]>([
    ['a parameter without a default', { Ref: 'Asked' }, 'parameter Asked of stack Stack, which has no default'],
    ['a parameter of Parameter Store', { Ref: 'Stored' }, 'parameter Stored of stack Stack, which is read from Parameter Store'],
    ['a secret parameter', { Ref: 'Secret' }, 'parameter Secret of stack Stack, which is a secret'],
    ['a dynamic reference', 'x{{resolve:secretsmanager:a:SecretString}}', 'dynamic reference {{resolve:secretsmanager:a:SecretString}} in stack Stack'],
    ['a dynamic reference as a default', { Ref: 'Dynamic' }, 'dynamic reference {{resolve:ssm:/x}} in stack Stack'],
    ['a dynamic reference put together', { 'Fn::Join': ['', ['{{', 'resolve:ssm:/x}}']] }, 'dynamic reference {{resolve:ssm:/x}} in stack Stack'],
    ['nothing of the name', { Ref: 'Nobody' }, 'Ref Nobody in stack Stack, which has no such parameter or resource'],
    ['an attribute of nothing', { 'Fn::GetAtt': ['Nobody', 'Arn'] }, 'Fn::GetAtt Nobody.Arn in stack Stack, which has no such resource'],
    ['a name that every object has', { Ref: 'constructor' }, 'Ref constructor in stack Stack, which has no such parameter or resource'],
    ['the id of the stack', { Ref: 'AWS::StackId' }, 'AWS::StackId of stack Stack'],
    ['another function', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, 'Fn::Cidr in stack Stack'],
    ['a function beside something', { 'Fn::Join': ['', ['a']], 'x': 1 }, 'Fn::Join in stack Stack'],
    ['a condition that hangs on a parameter', iff('Open'), 'parameter Asked of stack Stack, which has no default'],
    ['an open Or', iff('OpenOrNo'), 'parameter Asked of stack Stack, which has no default'],
    ['a condition in a circle', iff('Circle'), 'a cycle through condition Circle of stack Stack'],
    ['a function that is no condition', iff('Strange'), 'condition function Fn::Contains in stack Stack'],
    ['a condition that is not there', iff('Nobody'), 'condition Nobody of stack Stack, which is not there'],
    ['an entry that is not in the map', { 'Fn::FindInMap': ['Map', 'us', 'size'] }, 'Fn::FindInMap Map.us.size in stack Stack, which has no such entry'],
    ['an unknown key never takes the default', { 'Fn::FindInMap': ['Map', { Ref: 'Asked' }, 'size', { DefaultValue: 1 }] }, 'parameter Asked of stack Stack, which has no default'],
    ['an item that is not in the list', { 'Fn::Select': [3, { Ref: 'Zones' }] }, 'Fn::Select of item 3 of 3 in stack Stack'],
    ['an export of nobody', { 'Fn::ImportValue': 'x' }, 'Fn::ImportValue x in stack Stack, which no stack of the assembly exports in its account and Region'],
    ['a stack outside the assembly', { 'Fn::GetStackOutput': { StackName: 'Far', OutputName: 'x' } },
      'Fn::GetStackOutput Far.x in stack Stack: the assembly has no stack Far in account 111111111111 and Region eu-west-1'],
  ])('%s', (_name, json, what) => {
    expect(resolve(json)).toEqual({ kind: 'unknown', what });
  });

  test('parts of objects and lists, each with its path; the rest is kept', () => {
    const resolved = resolve({ Statement: [{ Effect: 'Deny', Resource: [{ Ref: 'Asked' }, 'x'] }], Name: { Ref: 'Bucket' }, More: { Ref: 'Name' } });
    expect(resolved).toMatchObject({
      kind: 'partial',
      value: { Statement: [{ Effect: 'Deny', Resource: [{ what: expect.any(String) }, 'x'] }], Name: expect.any(Reference), More: 'acme' },
      unknown: ['Statement[0].Resource[0]: parameter Asked of stack Stack, which has no default', 'Name: Ref Bucket in stack Stack'],
    });
  });

  test('pseudo parameters of a stack that may go anywhere', () => {
    const assembly = assemblyOf({ name: 'Any', template: {} });
    for (const name of ['AWS::AccountId', 'AWS::Region', 'AWS::Partition', 'AWS::URLSuffix']) {
      expect(new Resolver(assembly).resolve({ Ref: name }, assembly.stacks[0]!)).toMatchObject({ kind: 'unknown', what: expect.stringContaining(`${name} of stack Any, which may go to any`) });
    }
  });
});

describe('across stacks', () => {
  const hub = (extra: Partial<StackSketch> = {}): StackSketch => ({
    name: 'Hub',
    account: '222222222222',
    region: 'eu-west-1',
    template: {
      Conditions: { Never: { 'Fn::Equals': [1, 2] } },
      Resources: { Vpc: { Type: 'AWS::EC2::VPC' } },
      Outputs: {
        Id: { Value: { Ref: 'Vpc' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-id' } } },
        Name: { Value: { 'Fn::Sub': 'hub-${AWS::Region}' }, Export: { Name: 'name' } },
        Off: { Value: 'x', Condition: 'Never', Export: { Name: 'off' } },
        Loop: { Value: { 'Fn::GetStackOutput': { StackName: 'Spoke', OutputName: 'Loop', RoleArn: 'arn:aws:iam::111111111111:role/r' } } },
      },
    },
    ...extra,
  });
  const spoke: StackSketch = {
    name: 'Spoke',
    account: '111111111111',
    region: 'eu-west-1',
    template: { Outputs: { Loop: { Value: { 'Fn::GetStackOutput': { StackName: 'Hub', OutputName: 'Loop', RoleArn: 'arn:aws:iam::222222222222:role/r' } } } } },
  };
  const inSpoke = (json: any, ...others: StackSketch[]) => {
    const assembly = assemblyOf(spoke, ...others);
    return new Resolver(assembly).resolve(json, assembly.stacks[0]!);
  };
  const get = (outputName: string, more: object = {}) => ({ 'Fn::GetStackOutput': { StackName: 'Hub', OutputName: outputName, RoleArn: 'arn:aws:iam::222222222222:role/read', ...more } });

  test('an output of the account of the role', () => {
    expect(inSpoke(get('Name'), hub())).toEqual({ kind: 'value', value: 'hub-eu-west-1' });
    expect(inSpoke(get('Id'), hub())).toMatchObject({ kind: 'reference', reference: { logicalId: 'Vpc', stack: { stackName: 'Hub' } } });
  });

  test('of the stack in the Region it names', () => {
    expect(inSpoke(get('Name', { Region: 'us-east-1' }), hub(), hub({ region: 'us-east-1' }))).toEqual({ kind: 'value', value: 'hub-us-east-1' });
  });

  test('not of a stack of that name elsewhere', () => {
    expect(inSpoke(get('Name'), hub({ account: '333333333333' }))).toMatchObject({ kind: 'unknown', what: expect.stringContaining('no stack Hub in account 222222222222') });
    expect(inSpoke({ 'Fn::GetStackOutput': { StackName: 'Hub', OutputName: 'Name' } }, hub())).toMatchObject({ kind: 'unknown' });
    expect(inSpoke(get('Name', { RoleArn: 'role' }), hub())).toEqual({ kind: 'unknown', what: 'Fn::GetStackOutput Hub.Name in stack Spoke, whose RoleArn names no account' });
  });

  test('an output that is not there', () => {
    expect(inSpoke(get('Nope'), hub())).toMatchObject({ kind: 'unknown', what: 'output Nope of stack Hub, which stack Spoke reads, is not there' });
    expect(inSpoke(get('Off'), hub())).toMatchObject({ kind: 'unknown', what: 'output Off of stack Hub, whose condition Never does not hold' });
  });

  test('a circle of outputs', () => {
    expect(inSpoke(get('Loop'), hub())).toEqual({ kind: 'unknown', what: 'a cycle through output Loop of stack Hub' });
  });

  test('exports are those of the account and Region', () => {
    const near = hub({ account: '111111111111' });
    expect(inSpoke({ 'Fn::ImportValue': 'name' }, near)).toEqual({ kind: 'value', value: 'hub-eu-west-1' });
    expect(inSpoke({ 'Fn::ImportValue': { 'Fn::Sub': 'Hub-${x}' } }, near)).toMatchObject({ kind: 'unknown' });
    expect(inSpoke({ 'Fn::ImportValue': { 'Fn::Join': ['-', ['Hub', 'id']] } }, near)).toMatchObject({ kind: 'reference' });
    expect(inSpoke({ 'Fn::ImportValue': 'name' }, hub())).toMatchObject({ kind: 'unknown' });
    expect(inSpoke({ 'Fn::ImportValue': 'off' }, near)).toMatchObject({ kind: 'unknown', what: expect.stringContaining('no stack of the assembly exports') });
    expect(inSpoke({ 'Fn::ImportValue': 'name' }, near, { ...near, name: 'Hub2' })).toMatchObject({ kind: 'unknown', what: expect.stringContaining('Hub and Hub2 both export') });
  });

  test('a chain that doubles at each step is resolved once a step', () => {
    const steps = 40;
    const outputs = Object.fromEntries(Array.from({ length: steps }, (_, step) => [`O${step}`, {
      Value: step === 0 ? 'x' : { 'Fn::Select': [0, [1, 2].map(() => ({ 'Fn::GetStackOutput': { StackName: 'Chain', OutputName: `O${step - 1}` } }))] },
    }]));
    const assembly = assemblyOf({ name: 'Chain', template: { Outputs: outputs } });
    expect(new Resolver(assembly).resolve({ 'Fn::GetStackOutput': { StackName: 'Chain', OutputName: `O${steps - 1}` } }, assembly.stacks[0]!)).toEqual({ kind: 'value', value: 'x' });
  });
});
