import { readdirSync, statSync } from 'fs';
import { writePackedPolicies } from './pack-files';
import { packJson, packText } from './pack-views';
import { readSource, SourceOptions } from './source';
import { EXIT, Terminal } from './terminal';
import { problemText } from '../analysis/parse-policy';
import { isSidOf } from '../controls/render';
import { actionIndex } from '../model/action-index-file';
import { InputError } from '../model/input-error';
import { OrganizationModel } from '../model/organization-model';
import { Certificate, certify } from '../model/packing/certify';
import { PackedOrganization, packOrganization, PackOptions as Packing } from '../model/packing/pack-organization';
import { readPolicyFiles } from '../model/policy-files';

/** Options of `landing-zone pack`. */
export interface PackOptions extends SourceOptions {
  /** Folders and files of policies, as if all were attached to one target. */
  readonly policies?: readonly string[];
  /** Type of these policies. @default service-control */
  readonly type?: string;
  readonly maxSize?: number;
  readonly maxCount?: number;
  readonly repack?: boolean;
  readonly hoist?: boolean;
  readonly keepSids?: boolean;
  /** Folder to write. @default - nothing is written */
  readonly out?: string;
  readonly format: string;
}

/** Everything a packing is, for any view. */
export interface PackReport {
  readonly before: OrganizationModel;
  readonly packed: PackedOrganization;
  readonly certificate: Certificate;
  readonly options: PackOptions;
  /** UTF-8 bytes of the files as they are written, where the source is policy files. */
  readonly writtenBytes?: number;
  /** Paths of what was written. */
  readonly files: readonly string[];
}

/**
 * Packs the policies of a source and shows that the result means the same. Exit 1 when that cannot be shown, and nothing is written then; and when
 * something does not fit.
 *
 * @param merge rewrites statements. @default - the rewriting that preserves the meaning
 */
export function pack(options: PackOptions, terminal: Terminal, merge?: Packing['merge']): number {
  if (options.out !== undefined) refuseToOverwrite(options.out);
  const { model, bytes } = modelOf(options, terminal);
  terminal.progress(`Packing ${model.data.policies.length} policies`);
  const packed = packOrganization(model, {
    isKept: ({ Sid }) => Sid !== undefined && model.data.controls.some(({ id }) => isSidOf(Sid, id)),
    keepSids: options.keepSids ?? false,
    repack: options.repack ?? false,
    hoist: options.hoist ?? false,
    ...(options.maxSize !== undefined ? { maxBytes: options.maxSize } : {}),
    ...(options.maxCount !== undefined ? { maxCount: options.maxCount } : {}),
    ...(merge ? { merge } : {}),
  });
  terminal.progress(`Comparing what the policies of ${model.accounts.length} accounts mean`);
  const certificate = certify(model, packed.model, actionIndex(), packed.hoistedTo);
  const files = options.out !== undefined && certificate.isEquivalent ? writePackedPolicies(packed.model, options.out, options.organization) : [];
  const report: PackReport = { before: model, packed, certificate, options, files, ...(bytes !== undefined ? { writtenBytes: bytes } : {}) };
  terminal.print(options.format === 'json' ? JSON.stringify(packJson(report), undefined, 2) : packText(report, terminal));
  return certificate.isEquivalent && packed.problems.length === 0 ? EXIT.clean : EXIT.violations;
}

function refuseToOverwrite(out: string): void {
  const stat = statSync(out, { throwIfNoEntry: false });
  if (stat && (!stat.isDirectory() || readdirSync(out).length > 0)) throw new InputError(`${out} is no empty folder, and nothing is overwritten. Give another --out, or move it away.`);
}

function modelOf(options: PackOptions, terminal: Terminal): { model: OrganizationModel; bytes?: number } {
  const { policies, type = 'service-control', assembly, organization } = options;
  if ([policies, assembly, organization].filter((source) => source !== undefined).length !== 1) {
    throw new InputError('Expected one source: --assembly DIR (such as cdk.out), --organization FILE or --policies PATH...');
  }
  if (policies === undefined) {
    if (options.type !== undefined) throw new InputError('--type says what --policies holds; other sources know the type of each policy');
    return readSource(options, terminal);
  }
  const { model, bytes, files, problems } = readPolicyFiles(policies, type);
  if (model) return { model, bytes };
  throw new InputError([`${problems.length === 1 ? '1 problem' : `${problems.length} problems`} in ${files === 1 ? '1 policy file' : `${files} policy files`}`,
    '', ...problems.map((problem) => `  ${problemText(problem)}`)].join('\n'));
}
