/** The revocation notices kept in the key folder, each under the fingerprint of its certificate. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Sha256 } from "../../model/artifact.ts";
import { readNotice, type RevocationNotice } from "../revocation.ts";
import { namesOn, putFile, readText } from "./folder.ts";

/** All of them. Fails with `key-unusable`, naming the file, over one that does not verify. */
export function noticesOn(folder: string): readonly RevocationNotice[] {
  return namesOn(folder, "revoked").map((name) => noticeIn(join(folder, "revoked", name)));
}

/** The notice on a certificate; null where the folder has none. */
export function noticeOn(folder: string, certificate: Sha256): RevocationNotice | null {
  const path = noticeFile(folder, certificate);
  return existsSync(path) ? noticeIn(path) : null;
}

/** Keeps a notice. Fails with `target-exists` where there is one on the same certificate. */
export function putNotice(folder: string, certificate: Sha256, text: string): void {
  putFile(noticeFile(folder, certificate), text);
}

function noticeIn(path: string): RevocationNotice {
  return readNotice(readText(path), path);
}

function noticeFile(folder: string, certificate: Sha256): string {
  return join(folder, "revoked", `${certificate}.txt`);
}
