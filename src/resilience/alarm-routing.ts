import { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';

/** Who is told of alarms, by how soon somebody has to look. */
export interface AlarmRoutes {
  /** Somebody has to look at once, at night too. @default - nobody */
  readonly pages?: IAlarmAction[];
  /** Somebody has to look in working hours. @default - nobody */
  readonly tickets?: IAlarmAction[];
}

/**
 * Where alarms go, by severity. Names of alarms end in `-page` or `-ticket`, so that the landing zone's alerts can tell them apart without a topic in each account.
 *
 * @example
 * const routing = AlarmRouting.byLandingZone();
 */
export class AlarmRouting {
  /** To where `zone.addAlerts` sends alarms of accounts, with `AlertSource.alarms()` among its sources. */
  public static byLandingZone(): AlarmRouting {
    return new AlarmRouting([], []);
  }

  /** To topics, or whatever CloudWatch acts by; and to the landing zone's alerts, where they listen. */
  public static to(routes: AlarmRoutes): AlarmRouting {
    return new AlarmRouting(routes.pages ?? [], routes.tickets ?? []);
  }

  private constructor(
    /** Actions of alarms whose names end in `-page`. */
    public readonly pages: IAlarmAction[],
    /** Actions of alarms whose names end in `-ticket`. */
    public readonly tickets: IAlarmAction[],
  ) {}
}
