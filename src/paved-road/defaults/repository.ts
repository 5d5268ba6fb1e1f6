import { isGiven } from '../../controls/template-rule';
import { RoadDefault } from '../road-default';

const TYPE = 'AWS::ECR::Repository';

/** Days after which an image is taken away that no tag names any more. */
const UNTAGGED_DAYS = 14;

const TIDY = JSON.stringify({
  rules: [{ rulePriority: 1, description: 'Images that no tag names', selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: UNTAGGED_DAYS }, action: { type: 'expire' } }],
});

export const REPOSITORY_DEFAULTS: readonly RoadDefault[] = [
  {
    id: 'ecr.scan',
    type: TYPE,
    why: 'Images are looked through for known vulnerabilities when they are pushed, where Amazon Inspector does not do it all the time.',
    complete: ({ ImageScanningConfiguration }) => (isGiven(ImageScanningConfiguration) ? {} : { imageScanningConfiguration: { scanOnPush: true } }),
  },
  {
    id: 'ecr.immutable',
    type: TYPE,
    why: 'A tag means the same image for ever: what was tested is what runs, and what ran can be run again.',
    complete: ({ ImageTagMutability }) => (isGiven(ImageTagMutability) ? {} : { imageTagMutability: 'IMMUTABLE' }),
  },
  {
    id: 'ecr.lifecycle',
    type: TYPE,
    why: 'Images that nothing names are not paid for.',
    complete: ({ LifecyclePolicy }) => (isGiven(LifecyclePolicy) ? {} : { lifecyclePolicy: { lifecyclePolicyText: TIDY } }),
  },
];
