// CloudFormation validation is on by default at synth and costs 1–3 s a process: `validation.test.ts` switches it on again.
process.env.CDK_VALIDATION = process.env.CDK_VALIDATION ?? 'false';
