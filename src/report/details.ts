import { canonical } from "../hash/canonical.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { arrayAt, numberAt, stringAt } from "../model/json.ts";
import type { AttachmentLine, EventLine, MessageLine } from "../model/production.ts";
import type { ReportWords } from "../words/catalogue.ts";
import type { Drawing, Lookup } from "./drawing.ts";
import { figure } from "./figures.ts";
import { STYLE } from "./style.ts";
import { timeText } from "./time-line.ts";
import type { Span } from "./span.ts";

/** What stands below the text of a row, one paragraph each: doubts first, then what belongs to it. */
export function detailsOf(
  { words }: Drawing,
  lookup: Lookup,
  row: MessageLine | EventLine,
): Span[][] {
  const details: Span[][] = [];
  const { candidates, flags } = row.time;
  if (candidates.length > 0) details.push(note(words.couldBe(candidates.join(` ${words.or} `))));
  for (const flag of [...flags, ...row.flags]) {
    const isSaid = flag === "ambiguous-date" && candidates.length > 0;
    if (!isSaid) details.push(note(flagText(flag, words)));
  }
  if (row.type === "message") {
    if (row.edited !== null) details.push(plain(words.editedAt(timeText(row.edited, words))));
    if (row.replyTo !== null) details.push(plain(replyText(row.replyTo, lookup, words)));
    for (const attachment of row.attachments) details.push(attachmentSpans(attachment, words));
  }
  const reactions = row.extra["reactions"];
  if (reactions !== undefined) details.push(plain(words.reactions(reactionsText(reactions))));
  const others = othersText(row.extra);
  if (others !== "") details.push(plain(words.otherFields(others)));
  return details;
}

/** The words for a doubt; a flag without words is shown as the reader of the format wrote it. */
function flagText(flag: string, words: ReportWords): string {
  return words.flags[flag] ?? flag;
}

function note(text: string): Span[] {
  return [{ text: `! ${text}`, style: STYLE.smallStrong }];
}

function plain(text: string): Span[] {
  return [{ text: `– ${text}`, style: STYLE.small }];
}

function replyText(replyTo: string, lookup: Lookup, words: ReportWords): string {
  const number = lookup.replied.get(replyTo);
  return number === undefined ? words.replyElsewhere(replyTo) : words.replyTo(number);
}

function attachmentSpans(attachment: AttachmentLine, words: ReportWords): Span[] {
  const { name, state, literal, media, mime, size, sha256, artifact, file, ground } = attachment;
  const facts = [
    media ?? mime,
    name === null ? null : words.quoted(name),
    literal === null || literal === name ? null : words.quoted(literal),
    words.attachmentStates[state],
    ground === undefined ? null : words.ground(ground),
    size === null ? null : words.bytes(figure(size, words)),
    artifact === null ? null : words.artifactNumber(artifact),
    file,
  ];
  const spans = plain(words.attachment(facts.filter((fact) => fact !== null).join(" · ")));
  if (sha256 !== null) spans.push({ text: ` · SHA-256 ${sha256}`, style: STYLE.digest });
  return spans;
}

/** Longest value of a further field that is printed; the extract holds them whole. */
const VALUE_LENGTH = 240;

/** Reactions have a line of their own; entities say where a text is bold, and where its links are. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set(["reactions", "entities"]);

/** What else the source says of a row, by the names of its fields. */
function othersText(extra: JsonObject): string {
  return Object.entries(extra)
    .filter(([name]) => !SHOWN_ELSEWHERE.has(name))
    .map(
      ([name, value]) => `${name} = ${short(typeof value === "string" ? value : canonical(value))}`,
    )
    .join("; ");
}

function short(text: string): string {
  if (text.length <= VALUE_LENGTH) return text;
  return `${text.slice(0, VALUE_LENGTH).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Reactions as exports write them, `{emoji, count, recent: [{from}]}`; anything else as its JSON. */
function reactionsText(reactions: Json): string {
  if (!Array.isArray(reactions)) return short(canonical(reactions));
  return reactions.map(reactionText).join(", ");
}

function reactionText(reaction: unknown): string {
  const emoji = stringAt(reaction, "emoji") ?? stringAt(reaction, "type");
  if (emoji === undefined) return short(canonical(reaction));
  const names = arrayAt(reaction, "recent").map((who) => stringAt(who, "from") ?? "–");
  const by = names.length === 0 ? "" : ` (${names.join(", ")})`;
  return `${emoji} × ${numberAt(reaction, "count") ?? 1}${by}`;
}
