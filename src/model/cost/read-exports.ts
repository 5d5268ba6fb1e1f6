import { Assembly, StackTemplate } from '../assembly/read-assembly';
import { Resolver } from '../assembly/resolve';
import { Reference } from '../assembly/resolved';
import { Origin } from '../organization-model';

/** An export of AWS Data Exports as its template has it. Texts are undefined where the template does not tell them. */
export interface ExportFact {
  readonly name: string;
  /** Account and Region of its stack. */
  readonly account?: string;
  readonly region?: string;
  /** Where it says that it delivers. */
  readonly bucket?: string;
  readonly bucketRegion?: string;
  readonly bucketOwner?: string;
  /** The bucket, where the templates have it. */
  readonly found?: ExportBucketFact;
  readonly origin: Origin;
}

/** The bucket of an export, in whichever template. */
export interface ExportBucketFact {
  readonly account?: string;
  readonly region?: string;
  /** Document of its policy; what is not known stands in it as `Reference` or `Unknown`. @default - it has none */
  readonly policy?: any;
  /** Document of the policy of the key that encrypts it. @default - S3's own, or a key that the templates do not have */
  readonly keyPolicy?: any;
}

/** All exports of the templates, whoever made them. */
export function exportsOf(assembly: Assembly): ExportFact[] {
  const resolver = new Resolver(assembly);
  const found = assembly.templates.flatMap((stack) => resourcesOf(stack, 'AWS::BCMDataExports::Export').map((one) => ({ ...one, stack })));
  if (found.length === 0) return [];
  const buckets = new Buckets(assembly, resolver);
  return found.map(({ logicalId, properties, stack }): ExportFact => {
    const { Name: name, DestinationConfigurations: destination } = resolver.partsOf(properties.Export ?? {}, stack) ?? {};
    const { S3Bucket: bucket, S3Region: region, S3BucketOwner: owner } = destination?.S3Destination ?? {};
    return {
      name: typeof name === 'string' ? name : logicalId,
      ...texts({ account: stack.account, region: stack.region, bucket: bucket instanceof Reference ? bucket.text : bucket, bucketRegion: region, bucketOwner: owner }),
      ...buckets.of(bucket),
      origin: { stack: stack.stackName, template: stack.file, logicalId, constructPath: stack.constructPathOf(logicalId) },
    };
  });
}

function texts<T extends object>(values: T): { [key in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string')) as { [key in keyof T]?: string };
}

function resourcesOf(stack: StackTemplate, type: string): { readonly logicalId: string; readonly properties: any }[] {
  return Object.entries<any>(stack.resources).filter(([, { Type }]) => Type === type).map(([logicalId, { Properties }]) => ({ logicalId, properties: Properties ?? {} }));
}

class Buckets {
  private readonly known = new Map<string, { readonly stack: StackTemplate; readonly properties: any }>();
  private readonly policies = new Map<string, any>();

  public constructor(assembly: Assembly, private readonly resolver: Resolver) {
    for (const stack of assembly.templates) {
      for (const { logicalId, properties } of resourcesOf(stack, 'AWS::S3::Bucket')) {
        const name = resolver.partsOf(properties.BucketName ?? null, stack);
        for (const key of [`${stack.id}|${logicalId}`, ...typeof name === 'string' ? [name] : []]) this.known.set(key, { stack, properties });
      }
      for (const { properties } of resourcesOf(stack, 'AWS::S3::BucketPolicy')) {
        const key = keyOf(resolver.partsOf(properties.Bucket ?? null, stack));
        if (key !== undefined) this.policies.set(key, resolver.partsOf(properties.PolicyDocument ?? null, stack));
      }
    }
  }

  public of(bucket: any): { readonly found?: ExportBucketFact } {
    const key = keyOf(bucket);
    const one = key === undefined ? undefined : this.known.get(key);
    if (!one) return {};
    const { stack, properties } = one;
    const name = this.resolver.partsOf(properties.BucketName ?? null, stack);
    const own = [...this.known].filter(([, other]) => other === one).map(([known]) => known);
    const policy = [...own, name].map((known) => this.policies.get(known)).find((found) => found !== undefined);
    const keyPolicy = this.keyPolicyOf(properties, stack);
    return { found: { ...texts({ account: stack.account, region: stack.region }), ...(policy !== undefined && { policy }), ...(keyPolicy !== undefined && { keyPolicy }) } };
  }

  private keyPolicyOf({ BucketEncryption: encryption }: any, stack: StackTemplate): any {
    const rules = this.resolver.partsOf(encryption ?? {}, stack)?.ServerSideEncryptionConfiguration;
    const key = Array.isArray(rules) ? rules[0]?.ServerSideEncryptionByDefault?.KMSMasterKeyID : undefined;
    if (!(key instanceof Reference)) return undefined;
    const { Type: type, Properties: properties } = key.stack.resources[key.logicalId] ?? {};
    return type === 'AWS::KMS::Key' ? this.resolver.partsOf(properties?.KeyPolicy ?? null, key.stack) : undefined;
  }
}

function keyOf(bucket: any): string | undefined {
  if (bucket instanceof Reference) return bucket.resourceKey;
  return typeof bucket === 'string' ? bucket : undefined;
}
