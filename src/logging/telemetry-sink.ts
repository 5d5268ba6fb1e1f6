import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnSink } from 'aws-cdk-lib/aws-oam';
import { Construct } from 'constructs';
import { Telemetry } from './telemetry';
import { sharingProblems } from './telemetry-limits';
import { InputError } from '../model/input-error';

/** Properties of a sink. */
export interface TelemetrySinkProps {
  /** Its name, up to 255 letters, digits and `_ . -`: another one makes another sink, and accounts are linked to none. */
  readonly sinkName: string;
  /** Id of the organization whose accounts may share, `o-abcdefghij`. */
  readonly organizationId: string;
  /** What they may share, and no more. @default Telemetry.standard() */
  readonly telemetry?: Telemetry[];
}

/**
 * Where other accounts of the organization share metrics, log groups and traces to, in one Region of a monitoring account. An account has one a Region: where it has one, take it over by `cdk import`. It stays when
 * it leaves the template, as AWS deletes none with links.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html (read 2026-11-23)
 *
 * @example
 * const sink = new TelemetrySink(stack, 'Sink', { sinkName: 'acme', organizationId: 'o-abcdefghij' });
 */
export class TelemetrySink extends Construct {
  /** ARN of the sink, which links need. It ends with an id that AWS makes. */
  public readonly sinkArn: string;

  public constructor(scope: Construct, id: string, { sinkName, organizationId, telemetry = Telemetry.standard() }: TelemetrySinkProps) {
    super(scope, id);
    const problems = [
      ...(/^[A-Za-z0-9_.-]{1,255}$/.test(sinkName) ? [] : [`sinkName is "${sinkName}": letters, digits and _ . - are expected`]),
      ...(/^o-[a-z0-9]{10,32}$/.test(organizationId) ? [] : [`organizationId is "${organizationId}": an id like o-abcdefghij is expected`]),
      ...sharingProblems(telemetry),
    ];
    if (problems.length > 0) throw new InputError(`TelemetrySink ${this.node.path}: ${problems.join('; ')}`);
    const sink = new CfnSink(this, 'Resource', {
      name: sinkName,
      // https://docs.aws.amazon.com/OAM/latest/APIReference/API_PutSinkPolicy.html (read 2026-11-23)
      policy: {
        Version: '2012-10-17',
        Statement: [{
          Sid: 'Organization',
          Effect: 'Allow',
          Principal: '*',
          Action: ['oam:CreateLink', 'oam:UpdateLink'],
          Resource: '*',
          Condition: {
            'StringEquals': { 'aws:PrincipalOrgID': organizationId },
            'ForAllValues:StringEquals': { 'oam:ResourceTypes': telemetry.map(({ resourceType }) => resourceType) },
          },
        }],
      },
    });
    sink.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.sinkArn = sink.attrArn;
  }
}
