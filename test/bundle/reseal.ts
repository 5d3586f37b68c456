import { asicManifest } from "../../src/bundle/asic.ts";
import { bagInfo, isPayload, isTagFile, manifestText } from "../../src/bundle/bagit.ts";
import { type BundleFile, fileOf } from "../../src/bundle/file.ts";
import { SIGNATURE } from "../../src/bundle/names.ts";
import type { Signer } from "../../src/model/signature.ts";
import { signDetached } from "../../src/signature/cms.ts";
import { SIGNED_AT } from "./sample.ts";
import { SAMPLE_TOOL } from "./sample-data.ts";

/** Content by name; null takes the file out. */
export type Changes = Readonly<Record<string, string | Uint8Array | null>>;

/** The files with some replaced, removed or added, and nothing that follows from them made again. */
export function changed(files: readonly BundleFile[], changes: Changes): readonly BundleFile[] {
  const kept = files.filter((file) => !(file.name in changes));
  const put = Object.entries(changes).flatMap(([name, content]) =>
    content === null ? [] : [fileOf(name, content)],
  );
  return [...kept, ...put];
}

/** The same, with manifests made anew, and signed where a signer is given; else the signature stays. */
export async function resealed(
  files: readonly BundleFile[],
  changes: Changes,
  signer: Signer | null,
): Promise<readonly BundleFile[]> {
  const base = changed(files, changes);
  const payload = base.filter((file) => isPayload(file.name));
  const described = {
    id: "2024-00311-P001",
    case: { number: "2024/00311", title: "Harbour", agency: "Harbour Unit" },
    created: SIGNED_AT.toISOString(),
    tool: SAMPLE_TOOL,
  };
  const bagged = changed(base, {
    "bag-info.txt": bagInfo(described, payload),
    "manifest-sha256.txt": manifestText(payload),
  });
  const tags = bagged.filter((file) => isTagFile(file.name));
  const listed = changed(bagged, { "tagmanifest-sha256.txt": manifestText(tags) });
  const covered = listed.filter(({ name }) => name !== "mimetype" && !name.startsWith("META-INF/"));
  const asic = Buffer.from(asicManifest({ signature: SIGNATURE, files: covered }));
  const signature =
    signer === null ? null : await signDetached(asic, signer, { signingTime: SIGNED_AT });
  return changed(listed, {
    "META-INF/ASiCManifest001.xml": asic,
    ...(signature === null ? {} : { [SIGNATURE]: signature }),
  });
}

/** All bytes of a file of a bundle. */
export function contentOf(files: readonly BundleFile[], name: string): Buffer {
  const file = files.find((each) => each.name === name);
  if (file === undefined) throw new Error(`no ${name} in the sample`);
  return Buffer.concat([...file.read()]);
}
