import { soundOriginal } from "../../acquire/originals.ts";
import type { BundleFile } from "../../bundle/file.ts";
import { fileFrom } from "../../bundle/file.ts";
import { writeStored } from "../../bundle/stored.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import type { CasePaths } from "../case/locate.ts";

/** EU DSS stops at 1,000 entries of a container; archives and the rest of a bundle need some of them. */
export const LOOSE_FILES = 800;
/** Numbered archives of one folder. */
const MOST_ARCHIVES = 40;

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
 * @param room how many files may lie in the container itself
 */
export function giveBytes(
  paths: CasePaths,
  artifacts: readonly StoredArtifact[],
  folder: string,
  scratch: string,
  room: number,
): GivenBytes {
  const named = artifacts.map((artifact, at) => ({
    artifact,
    name: `${folder}/${String(at + 1).padStart(6, "0")}.${extensionOf(artifact.name.text)}`,
  }));
  const loose = named.slice(0, room);
  const places = new Map<number, { file: string; entry?: string }>();
  for (const { artifact, name } of loose) places.set(artifact.number, { file: name });
  const files = loose.map(({ artifact, name }) =>
    fileFrom(name, soundOriginal(paths.folder, artifact.sha256)),
  );
  const each = Math.max(LOOSE_FILES, Math.ceil((named.length - room) / MOST_ARCHIVES));
  for (let at = room, number = 1; at < named.length; at += each, number += 1) {
    const archive = `${folder}-${String(number).padStart(3, "0")}.zip`;
    const part = named.slice(at, at + each);
    const inside = part.map(({ artifact, name }) => {
      const entry = name.slice(name.lastIndexOf("/") + 1);
      places.set(artifact.number, { file: archive, entry });
      return fileFrom(entry, soundOriginal(paths.folder, artifact.sha256));
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
