import { InputError } from '../model/input-error';

/** Where the logs of a web firewall go: each request and what became of it. Authorization and cookies are left out. */
export class WebFirewallLogs {
  /**
   * To a bucket, of the log archive for example.
   *
   * @param bucketArn its name begins with `aws-waf-logs-`, as AWS asks: `arn:aws:s3:::aws-waf-logs-acme`
   */
  public static toBucket(bucketArn: string): WebFirewallLogs {
    return new WebFirewallLogs(checked(bucketArn, /^arn:aws[a-z-]*:s3:::aws-waf-logs-[^/]/, 'toBucket', 'the ARN of a bucket whose name begins with aws-waf-logs-, like arn:aws:s3:::aws-waf-logs-acme'));
  }

  /**
   * To a log group of the same account and Region.
   *
   * @param logGroupArn its name begins with `aws-waf-logs-`: `arn:aws:logs:eu-west-1:444455556666:log-group:aws-waf-logs-ingress`
   */
  public static toLogGroup(logGroupArn: string): WebFirewallLogs {
    const expected = 'the ARN of a log group whose name begins with aws-waf-logs-, without :* at its end, like arn:aws:logs:eu-west-1:444455556666:log-group:aws-waf-logs-ingress';
    return new WebFirewallLogs(checked(logGroupArn, /^arn:aws[a-z-]*:logs:[^:]+:[^:]+:log-group:aws-waf-logs-[^:]+$/, 'toLogGroup', expected));
  }

  /** None: nobody will know what was let through. The reason stands in the template. */
  public static none(reason: string): WebFirewallLogs {
    if (reason.trim() === '') throw new InputError('WebFirewallLogs.none: say why requests are not logged');
    return new WebFirewallLogs(undefined, reason);
  }

  private constructor(
    /** ARN of the bucket or the log group. */
    public readonly destinationArn?: string,
    /** Why there are none. */
    public readonly reason?: string,
  ) {}
}

function checked(arn: string, form: RegExp, method: string, expected: string): string {
  if (!form.test(arn) && !arn.includes('${')) throw new InputError(`WebFirewallLogs.${method}("${arn}"): expected is ${expected}`);
  return arn;
}
