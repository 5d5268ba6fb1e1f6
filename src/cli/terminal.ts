import { createColors } from 'picocolors';

/** Exit codes of the command. */
export const EXIT = { clean: 0, violations: 1, wrongInput: 2 } as const;

/** Where the command writes, and what it may do there. */
export interface TerminalOptions {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether the output understands colours. */
  readonly color: boolean;
  /** Whether a person watches; progress is shown then only. */
  readonly interactive: boolean;
  /** Milliseconds that only grow. */
  readonly clock: () => number;
}

const SLOW = 1_000;

/** The terminal of one run: results on standard output, progress and mistakes on standard error. */
export class Terminal {
  public readonly colors: ReturnType<typeof createColors>;
  private readonly started: number;
  private shown = false;

  public constructor(private readonly options: TerminalOptions) {
    this.colors = createColors(options.color);
    this.started = options.clock();
  }

  public print(text: string): void {
    this.clear();
    this.options.out(`${text}\n`);
  }

  public error(text: string): void {
    this.clear();
    this.options.err(`${text}\n`);
  }

  public raw(text: string): void {
    this.options.out(text);
  }

  public rawError(text: string): void {
    this.options.err(text);
  }

  /** Says what is going on, once the run has taken over a second and a person watches. */
  public progress(step: string): void {
    if (!this.options.interactive || this.options.clock() - this.started < SLOW) return;
    this.options.err(`\r\u001b[2K${this.colors.dim(step)}`);
    this.shown = true;
  }

  private clear(): void {
    if (this.shown) this.options.err('\r\u001b[2K');
    this.shown = false;
  }
}
