import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { InputError } from '../model/input-error';

/** Which data events of a type of resource are recorded. */
export interface DataEventOptions {
  /** Beginnings of the ARNs of the resources: `arn:aws:s3:::payments-`. @default - all */
  readonly startingWith?: string[];
  /** Beginnings of the ARNs of resources that are left out. @default - none */
  readonly exceptStartingWith?: string[];
  /** Whether only what changes something is recorded, reading is not. @default false */
  readonly writesOnly?: boolean;
}

/** What happens in resources, which a trail records only when asked to, and AWS bills by the event: who read which object, who called which function. */
export class DataEvents {
  /** Objects of S3. The log archive's own are recorded anyway, but for what services write there: each record would be another event. */
  public static objects(options: DataEventOptions = {}): DataEvents {
    return new DataEvents(S3_OBJECT, options);
  }

  /** Calls of Lambda functions. */
  public static functions(options: DataEventOptions = {}): DataEvents {
    return new DataEvents('AWS::Lambda::Function', options);
  }

  /** Items of DynamoDB tables. */
  public static tables(options: DataEventOptions = {}): DataEvents {
    return new DataEvents('AWS::DynamoDB::Table', options);
  }

  /**
   * Another type of resource.
   *
   * @param resourceType as CloudTrail calls it, `AWS::SNS::Topic`
   */
  public static of(resourceType: string, options: DataEventOptions = {}): DataEvents {
    if (!/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(resourceType)) throw new InputError(`DataEvents.of("${resourceType}"): a type of resource is expected, like AWS::SNS::Topic`);
    return new DataEvents(resourceType, options);
  }

  private constructor(
    /** Type of resource. */
    public readonly resourceType: string,
    private readonly options: DataEventOptions,
  ) {}

  /** What the trail selects; of objects, without the archive's. @internal */
  public _selector(archive: readonly string[]): CfnTrail.AdvancedEventSelectorProperty {
    const { startingWith = [], exceptStartingWith = [], writesOnly = false } = this.options;
    const except = [...exceptStartingWith, ...(this.resourceType === S3_OBJECT ? archive : [])];
    return selector(`${this.resourceType.split('::').slice(1).join(' ')}${writesOnly ? ', writes' : ''}`, this.resourceType, [
      ...(startingWith.length + except.length > 0 ? [{
        field: 'resources.ARN', ...(startingWith.length > 0 ? { startsWith: startingWith } : {}), ...(except.length > 0 ? { notStartsWith: except } : {}),
      }] : []),
      ...(writesOnly ? [{ field: 'readOnly', equalTo: ['false'] }] : []),
    ]);
  }
}

const S3_OBJECT = 'AWS::S3::Object';

/** What services do to write a log; recorded, each record would make another. */
const DELIVERY = ['PutObject', 'CreateMultipartUpload', 'UploadPart', 'CompleteMultipartUpload'];

/** Who reads logs, and who tries to delete them. */
export function archiveEvents(archive: readonly string[]): CfnTrail.AdvancedEventSelectorProperty {
  return selector('Log archive', S3_OBJECT, [{ field: 'resources.ARN', startsWith: [...archive] }, { field: 'eventName', notEquals: DELIVERY }]);
}

function selector(name: string, resourceType: string, more: CfnTrail.AdvancedFieldSelectorProperty[]): CfnTrail.AdvancedEventSelectorProperty {
  return { name, fieldSelectors: [{ field: 'eventCategory', equalTo: ['Data'] }, { field: 'resources.type', equalTo: [resourceType] }, ...more] };
}
