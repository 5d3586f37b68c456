import { assemble } from "../../bundle/assemble.ts";
import { type BundleFile, fileOf } from "../../bundle/file.ts";
import { REPORT } from "../../bundle/names.ts";
import { sealPdf } from "../../bundle/seal-pdf.ts";
import { sha256 } from "../../hash/digest.ts";
import { Failure } from "../../model/failure.ts";
import type { DrawnPdf } from "../../model/pdf.ts";
import type { BundleDescription } from "../../model/production.ts";
import type { Signer } from "../../model/signature.ts";
import { signDetached } from "../../signature/cms.ts";
import type { CheckedAuthority, Stamp } from "../../signature/timestamp/authority.ts";
import {
  assertTime,
  chainOf,
  type KnownAuthority,
  stampAgain,
  type StampedSignature,
  stampFirst,
} from "./stamping.ts";

/** What is to be sealed. */
export interface Content {
  readonly description: BundleDescription;
  /** Every file under data/ but the report. */
  readonly data: readonly BundleFile[];
  readonly drawn: DrawnPdf;
}

export interface Sealed {
  readonly files: readonly BundleFile[];
  readonly pdf: Buffer;
  /** Of the report, the signature and the time assertions, in that order; none without authority. */
  readonly stamps: readonly Stamp[];
}

/**
 * Signs report and bundle, each stamped by the first authority, and adds a time assertion of every one.
 *
 * @param time the claimed time, to the second
 * @param authorities none where no time-stamp is asked for
 * @throws Failure `timestamp-authority`, `key-unusable`
 */
export async function seal(
  { description, data, drawn }: Content,
  signer: Signer,
  time: Date,
  authorities: readonly CheckedAuthority[],
): Promise<Sealed> {
  let known: readonly KnownAuthority[] = [];
  const stamps: Stamp[] = [];
  const signReport = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const signed = await signDetached(bytes, signer, { signingTime: null });
    if (authorities.length === 0) return signed;
    const stamped = await stampFirst(signed, authorities);
    refuseLarge(stamped, drawn);
    ({ known } = stamped);
    stamps.push(stamped.stamp);
    return stamped.cms;
  };
  const signList = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const signed = await signDetached(bytes, signer, { signingTime: time });
    const [first] = known;
    if (first === undefined) return signed;
    const stamped = await stampAgain(signed, first);
    stamps.push(stamped.stamp);
    return stamped.cms;
  };
  const pdf = await sealPdf(drawn, signReport, time);
  const files = await assemble({
    description,
    data,
    report: { file: fileOf(REPORT, pdf), unsignedSha256: sha256(drawn.bytes) },
    chain: signer.chain,
    holder: signer.holder,
    ...(known.length === 0 ? {} : { tsaChain: chainOf(known), assertions: known.length }),
    sign: signList,
  });
  const asserted = await assertTime(files, known);
  return { files: asserted.files, pdf, stamps: [...stamps, ...asserted.stamps] };
}

/** The room in a report was measured for the certificates that authorities are known to send. */
function refuseLarge({ cms, stamp }: StampedSignature, { contents }: DrawnPdf): void {
  const room = contents.length / 2 - 1;
  if (cms.length <= room) return;
  throw new Failure(
    "timestamp-authority",
    `the time-stamp of ${stamp.url} makes a signature of ${cms.length} bytes, and the report has room for ${room}`,
    ["name another authority with --timestamp-url"],
  );
}
