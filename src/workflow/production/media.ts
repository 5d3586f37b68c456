import { blobPath } from "../../acquire/originals.ts";
import type { BundleFile } from "../../bundle/file.ts";
import { fileFrom } from "../../bundle/file.ts";
import { writeStored } from "../../bundle/stored.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import type { CasePaths } from "../case/locate.ts";

/** EU DSS stops at 1,000 entries of a container; the rest of a bundle needs some of them. */
const LOOSE_FILES = 800;

/** Bytes that go into a bundle: its files, and where each artifact's bytes then lie. */
export interface GivenBytes {
  readonly files: readonly BundleFile[];
  /** Path in the bundle by artifact number; `entry` inside it, where that is a numbered archive. */
  readonly places: ReadonlyMap<number, { readonly file: string; readonly entry?: string }>;
}

/**
 * Lays out the bytes of artifacts under `folder` as numbered ASCII names, in the order given. What is too
 * much for a container goes into numbered stored archives, each entry named as it would have been.
 *
 * @param scratch an existing folder for the archives, which the caller removes
 */
export function giveBytes(
  paths: CasePaths,
  artifacts: readonly StoredArtifact[],
  folder: string,
  scratch: string,
): GivenBytes {
  const named = artifacts.map((artifact, at) => ({
    artifact,
    name: `${folder}/${String(at + 1).padStart(6, "0")}.${extensionOf(artifact.name.text)}`,
  }));
  const loose = named.slice(0, LOOSE_FILES);
  const places = new Map<number, { file: string; entry?: string }>();
  for (const { artifact, name } of loose) places.set(artifact.number, { file: name });
  const files = loose.map(({ artifact, name }) =>
    fileFrom(name, blobPath(paths.folder, artifact.sha256)),
  );
  for (let at = LOOSE_FILES; at < named.length; at += LOOSE_FILES) {
    const number = String(at / LOOSE_FILES).padStart(3, "0");
    const archive = `${folder}-${number}.zip`;
    const part = named.slice(at, at + LOOSE_FILES);
    const inside = part.map(({ artifact, name }) => {
      const entry = name.slice(name.lastIndexOf("/") + 1);
      places.set(artifact.number, { file: archive, entry });
      return fileFrom(entry, blobPath(paths.folder, artifact.sha256));
    });
    const path = `${scratch}/${archive.replaceAll("/", "_")}`;
    writeStored(inside, path);
    files.push(fileFrom(archive, path));
  }
  return { files, places };
}

function extensionOf(name: string): string {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1];
  return extension === undefined ? "bin" : extension.toLowerCase();
}
