import { writePieces } from "./file.ts";
import { PEOPLE, type TalkRow, talk } from "./talk.ts";

/** Writes a WhatsApp export as Android makes it in English with days first; about 110 bytes a message. */
export function writeWhatsApp(path: string, messages: number, seed: number): void {
  writePieces(path, rows(messages, seed));
}

function* rows(messages: number, seed: number): Generator<string> {
  for (const row of talk(messages, seed)) yield `${clock(row.at)} - ${contentOf(row)}\n`;
}

function contentOf({ kind, author, text, number }: TalkRow): string {
  const name = PEOPLE[author] ?? "";
  if (kind === "system") {
    return number % 2 === 0 ? `${name} changed the group description` : `${name} left`;
  }
  if (kind === "text") return `${name}: ${text}`;
  if (number % 3 !== 0) return `${name}: <Media omitted>`;
  const serial = String(number % 10_000).padStart(4, "0");
  return `${name}: IMG-20190103-WA${serial}.jpg (file attached)`;
}

function clock(at: number): string {
  const [date = "", time = ""] = new Date(at * 1000).toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${month}/${year}, ${time.slice(0, 5)}`;
}
