import { Template } from 'aws-cdk-lib/assertions';

/** Resources for a snapshot, with the code of functions left out: another test holds it to its bundle. */
export function withoutCode(template: Template): object {
  const { Resources } = template.toJSON();
  for (const { Type, Properties } of Object.values<any>(Resources)) if (Type === 'AWS::Lambda::Function') Properties.Code = { ZipFile: 'the bundle' };
  return Resources;
}
