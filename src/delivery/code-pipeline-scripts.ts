import { BASE, MAX_WAVES, pipelineCommands, roomFor } from './pipeline-commands';
import { PipelineOptions } from './pipeline-options';

/** A line a wave, in the assembly, so that it goes with it. */
const WAVES = 'cdk.out/landing-zone.waves';

/** Looks at a pull request. The base comes as an artifact, so its code needs no credentials of the repository. */
export function reviewScript(options: PipelineOptions): string[] {
  const { install, synth, review } = pipelineCommands(options, { waves: 'lines' });
  return [install, synth, `cp -R "$CODEBUILD_SRC_DIR_Base" ${BASE}`, `cd ${BASE}`, install, synth, 'cd ..', review.check, review.diff, review.waves];
}

/** Compares a pull request with what is deployed. */
export function planScript(options: PipelineOptions): string[] {
  const { install, synth, plan } = pipelineCommands(options, { waves: 'lines' });
  return [install, synth, plan];
}

/** Checks the branch. */
export function checkScript(options: PipelineOptions): string[] {
  const { install, synth, check, waves } = pipelineCommands(options, { waves: 'lines' });
  return [install, synth, check, `${waves} > ${WAVES}`, roomFor(options.maxWaves ?? MAX_WAVES, { count: `$(wc -l < ${WAVES})` })];
}

/** Deploys the wave of `$WAVE`, or a share of it, of the assembly that was checked. A place without a wave does nothing. */
export function waveScript(options: PipelineOptions, shares: number): string[] {
  const { install, deploy } = pipelineCommands(options, { waves: 'lines' });
  return [
    'cp -R "$CODEBUILD_SRC_DIR_Assembly/cdk.out" cdk.out',
    `STACKS="$(sed -n "\${WAVE}p" ${WAVES}${shares > 1 ? ` | tr " " "\\n" | awk "NR % ${shares} == $SHARE"` : ''})"`,
    'if [ -z "$STACKS" ]; then echo "Nothing to do in wave $WAVE."; exit 0; fi',
    install,
    deploy,
  ];
}
