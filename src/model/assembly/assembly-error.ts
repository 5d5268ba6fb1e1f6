import { InputError } from '../input-error';
import { Problem } from '../organization-definition';

/** An assembly that cannot be read: all that is wrong with it, each with where and what to do. */
export class AssemblyError extends InputError {
  public constructor(
    /** The file or folder that was read. */
    public readonly source: string,
    public readonly problems: readonly Problem[],
  ) {
    super(problems.map(({ place, message, hint }) => `${place.file}  ${message}${hint === undefined ? '' : `  ${hint}`}`).join('\n'));
    this.name = 'AssemblyError';
  }
}
