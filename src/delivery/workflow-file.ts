import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { attachCustomSynthesis } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** A file that a runner reads from the repository. */
export interface WorkflowFile {
  /** Name in the assembly. */
  readonly name: string;
  readonly text: string;
  /** Path where it is committed. @default - not compared */
  readonly committed?: string;
}

/** Writes the file beside the templates; synthesis fails while the committed one is another. */
export function addWorkflowFile(scope: Construct, { name, text, committed }: WorkflowFile): void {
  attachCustomSynthesis(scope, { onSynthesize: ({ assembly }) => writeFileSync(join(assembly.outdir, name), text) });
  if (committed === undefined) return;
  scope.node.addValidation({
    validate: () => {
      const exists = existsSync(committed);
      if (exists && readFileSync(committed, 'utf8') === text) return [];
      return [`${committed} is ${exists ? 'not what the pipeline\'s declaration says' : 'missing'}: run cp cdk.out/${name} ${committed}, and commit it`];
    },
  });
}
