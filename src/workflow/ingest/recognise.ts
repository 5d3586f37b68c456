import { blobPath } from "../../acquire/originals.ts";
import { isArchive } from "../../archive/archive.ts";
import { FORMATS } from "../../formats/index.ts";
import type { Candidate } from "../../formats/detect.ts";
import { detectFormat } from "../../formats/detect.ts";
import type { StoredArtifact } from "../../store/artifacts.ts";
import { artifactByNumber, membersOf } from "../../store/artifacts.ts";
import type { CaseWriter } from "../case/open.ts";
import { siblingsOf } from "../case/siblings.ts";
import { isMedia } from "./media.ts";
import { headOf } from "./offer.ts";
import type { IngestRequest } from "./request.ts";

/** What detection says of the files of one source. */
export interface Recognition {
  readonly files: readonly { readonly artifact: StoredArtifact; readonly format: string }[];
  readonly candidates: readonly Candidate[];
  /** The source by itself is a picture, a sound, a document: an attachment that was handed in alone. */
  readonly media: boolean;
}

/** Asks the formats for each file of a source: the file itself, or the members of the archive or folder. */
export async function recognise(
  writer: CaseWriter,
  source: StoredArtifact,
  request: IngestRequest,
): Promise<Recognition> {
  const members = membersOf(writer.db, source.number);
  const numbers = [...new Set([source.number, ...members.map((member) => member.artifact)])];
  const files: { artifact: StoredArtifact; format: string }[] = [];
  let ties: readonly Candidate[] = [];
  let media = false;
  for (const number of numbers) {
    const artifact = artifactByNumber(writer.db, number);
    if (artifact === null) continue;
    const head = headOf(blobPath(writer.paths.folder, artifact.sha256));
    if (isArchive(head)) continue;
    if (isMedia(head)) {
      media ||= number === source.number;
      continue;
    }
    const { name, paths } = siblingsOf({ artifact: number, source: source.number }, members);
    const probe = { name: name ?? artifact.name.text, head, size: artifact.size, siblings: paths };
    const forced = numbers.length === 1 ? request.format : null;
    const found = await detectFormat(probe, FORMATS, forced, request.options.mapping);
    if (found.outcome === "one") files.push({ artifact, format: found.id });
    else if (found.outcome === "tie") {
      const settled = found.candidates.find(({ id }) => id === request.format);
      if (settled === undefined) ties = found.candidates;
      else files.push({ artifact, format: settled.id });
    }
  }
  return withForced({ files, candidates: ties, media }, request.format);
}

/** Among several files a named format chooses those it was recognised in, and settles its ties. */
function withForced(found: Recognition, format: string | null): Recognition {
  if (format === null) return found;
  return { ...found, files: found.files.filter((file) => file.format === format), candidates: [] };
}
