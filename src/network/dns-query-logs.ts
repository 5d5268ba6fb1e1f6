import { InputError } from '../model/input-error';

/** Where the resolver's query logs go: which names were asked for, by whom, and what was answered. */
export class DnsQueryLogs {
  /**
   * To a bucket, of the log archive for example; its policy must let `delivery.logs.amazonaws.com` write.
   *
   * @param bucketArn `arn:aws:s3:::acme-dns-logs`, a prefix may follow
   */
  public static toBucket(bucketArn: string): DnsQueryLogs {
    return new DnsQueryLogs(checked(bucketArn, /^arn:aws[a-z-]*:s3:::[^/]+/, 'toBucket', 'the ARN of a bucket, like arn:aws:s3:::acme-dns-logs'));
  }

  /**
   * To a log group of the same account and Region.
   *
   * @param logGroupArn `arn:aws:logs:eu-west-1:444455556666:log-group:/dns/queries`
   */
  public static toLogGroup(logGroupArn: string): DnsQueryLogs {
    return new DnsQueryLogs(checked(logGroupArn, /^arn:aws[a-z-]*:logs:[^:]*:[^:]*:log-group:/, 'toLogGroup', 'the ARN of a log group, like arn:aws:logs:eu-west-1:444455556666:log-group:/dns/queries'));
  }

  /** None: nobody will know which names were asked for. The reason stands in the template. */
  public static none(reason: string): DnsQueryLogs {
    if (reason.trim() === '') throw new InputError('DnsQueryLogs.none: say why no queries are logged');
    return new DnsQueryLogs(undefined, reason);
  }

  private constructor(
    /** ARN of the bucket or the log group. */
    public readonly destinationArn?: string,
    /** Why there are none. */
    public readonly reason?: string,
  ) {}
}

function checked(arn: string, form: RegExp, method: string, expected: string): string {
  if (!form.test(arn) && !arn.includes('${')) throw new InputError(`DnsQueryLogs.${method}("${arn}"): expected is ${expected}`);
  return arn;
}
