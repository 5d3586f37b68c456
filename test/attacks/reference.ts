/** Real bundles, made as the command line makes them: a case, two exports, a signed production. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Environment } from "../../src/model/environment.ts";
import type { Signer } from "../../src/model/signature.ts";
import { makeBundle } from "../../src/workflow/bundling/bundle.ts";
import type { BundleMade, BundleRequest } from "../../src/workflow/bundling/request.ts";
import { createCase } from "../../src/workflow/case/create.ts";
import type { CasePaths } from "../../src/workflow/case/locate.ts";
import { openCase } from "../../src/workflow/case/open.ts";
import { ingest } from "../../src/workflow/ingest/ingest.ts";
import { zip } from "../archive/zip.ts";
import { fixedEnvironment } from "../environment.ts";

/** When the samples were made, by the clock of their machine. */
export const MADE_AT = "2024-06-26T08:00:00Z";

export interface ReferenceCase {
  readonly paths: CasePaths;
  readonly environment: Environment;
  /** The sources as they were received: a file and a folder. */
  readonly sources: readonly string[];
}

/** A case in `folder` that holds a WhatsApp ZIP and a Telegram export of synthetic people. */
export async function referenceCase(folder: string): Promise<ReferenceCase> {
  const environment = fixedEnvironment(MADE_AT);
  const paths = createCase(
    {
      folder: join(folder, "case"),
      number: "2024-00311",
      title: "Harbour",
      agency: "Harbour Unit",
      officer: "Ines Okafor",
      zone: "Europe/Paris",
      language: "en",
    },
    environment,
  );
  const sources = [whatsAppZip(join(folder, "received")), telegram(join(folder, "received"))];
  const place = { paths, environment, sources };
  await takeIn(place);
  return place;
}

async function takeIn({ paths, environment, sources }: ReferenceCase): Promise<void> {
  const writer = await openCase(paths, environment);
  const options = { zone: "Europe/Paris", dateOrder: null, owner: null, mapping: null };
  const wanted = { paths: sources, stream: null, exhibit: null, note: null, format: null, options };
  const quiet = { source: () => undefined, passedOver: () => undefined, progress: () => undefined };
  try {
    await ingest(writer, wanted, quiet, new AbortController().signal);
  } finally {
    await writer.close();
  }
}

/** What of a production is asked for otherwise than below. */
export type Wishes = Partial<Omit<BundleRequest, "signer" | "out">>;

/** Makes the next production of the whole case, with attachments, in the folder `out`. */
export async function produceBundle(
  { paths, environment }: ReferenceCase,
  signer: Signer,
  out: string,
  wishes: Wishes = {},
): Promise<BundleMade> {
  const writer = await openCase(paths, environment);
  try {
    return await makeBundle(writer, {
      procedure: null,
      selection: WHOLE_CASE,
      options: { media: true, originals: false, raw: true, private: false },
      recipient: "Court of Example",
      language: "en",
      signer,
      out,
      ...wishes,
    });
  } finally {
    await writer.close();
  }
}

/** Every row of the case. */
export const WHOLE_CASE: BundleRequest["selection"] = {
  query: null,
  from: null,
  to: null,
  rangeZone: null,
  accounts: [],
  conversations: [],
  exhibits: [],
  kinds: [],
  tags: [],
  wholeCase: true,
  wholeConversations: false,
  context: 0,
};

const PHOTO = "IMG-20240625-WA0001.jpg";

const TALK: readonly string[] = [
  "25/06/2024, 09:00 - Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them.",
  "25/06/2024, 09:01 - Ada Vermeer: the crane moves at nine",
  `25/06/2024, 09:02 - Bo Linden: ${PHOTO} (file attached)`,
  "25/06/2024, 09:03 - Bo Linden: <Media omitted>",
  "25/06/2024, 09:04 - Ada Vermeer: café at the quay, ring 0612345678",
];

function whatsAppZip(folder: string): string {
  return put(
    join(folder, "WhatsApp Chat with Bo Linden.zip"),
    zip([
      { name: "WhatsApp Chat with Bo Linden.txt", data: `${TALK.join("\n")}\n`, deflate: true },
      { name: PHOTO, data: photo("the crane") },
    ]),
  );
}

function telegram(folder: string): string {
  const messages = [
    said(1, "Cleo Marsh", "the barge is in"),
    said(2, "Dan Osei", "", { photo: "photos/photo_1.jpg", width: 4, height: 3 }),
    said(3, "Cleo Marsh", "pay him at the lock"),
  ];
  const talk = { name: "Dan Osei", type: "personal_chat", id: 77, messages };
  put(join(folder, "ChatExport/result.json"), JSON.stringify(talk, null, 1));
  put(join(folder, "ChatExport/photos/photo_1.jpg"), photo("the barge"));
  return join(folder, "ChatExport");
}

function said(id: number, from: string, text: string, rest: object = {}): object {
  return {
    id,
    type: "message",
    date: `2024-06-25T18:0${id}:00`,
    date_unixtime: String(1719338400 + id * 60),
    from,
    from_id: `user${from.length}`,
    text,
    text_entities: [],
    ...rest,
  };
}

/** First bytes of a JPEG, then the words. */
function photo(words: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(words)]);
}

function put(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
