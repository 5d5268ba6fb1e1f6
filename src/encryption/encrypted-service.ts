/**
 * A service whose data the standard encrypts.
 */
export class EncryptedService {
  /** Amazon DynamoDB: tables and their replicas. */
  public static readonly DYNAMODB = new EncryptedService('dynamodb', 'dynamodb');
  /** Amazon EBS: volumes and snapshots. EC2 asks KMS for it. */
  public static readonly EBS = new EncryptedService('ebs', 'ec2');
  /** Amazon EFS: file systems. */
  public static readonly EFS = new EncryptedService('efs', 'elasticfilesystem');
  /** Amazon CloudWatch Logs: log groups. */
  public static readonly LOGS = new EncryptedService('logs', 'logs');
  /** Amazon RDS, Aurora, DocumentDB and Neptune: instances and clusters. */
  public static readonly RDS = new EncryptedService('rds', 'rds');
  /** Amazon S3: buckets. */
  public static readonly S3 = new EncryptedService('s3', 's3');
  /** AWS Secrets Manager: secrets. */
  public static readonly SECRETS_MANAGER = new EncryptedService('secretsmanager', 'secretsmanager');
  /** Amazon SNS: topics. */
  public static readonly SNS = new EncryptedService('sns', 'sns');
  /** Amazon SQS: queues. */
  public static readonly SQS = new EncryptedService('sqs', 'sqs');

  /** All of them, by name; a new one goes where its name belongs. */
  public static all(): EncryptedService[] {
    const { DYNAMODB, EBS, EFS, LOGS, RDS, S3, SECRETS_MANAGER, SNS, SQS } = EncryptedService;
    return [DYNAMODB, EBS, EFS, LOGS, RDS, S3, SECRETS_MANAGER, SNS, SQS];
  }

  private constructor(
    /** In names of keys: `ebs`. */
    public readonly key: string,
    /**
     * What `kms:ViaService` begins with, before Region and `amazonaws.com`.
     * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
     * @internal
     */
    public readonly _endpoint: string,
  ) {}
}
