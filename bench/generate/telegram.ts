import { writePieces } from "./file.ts";
import { PEOPLE, type TalkRow, talk } from "./talk.ts";

/** Writes a chat export of Telegram Desktop (`result.json`); about 400 bytes a message. */
export function writeTelegram(path: string, messages: number, seed: number): void {
  writePieces(path, pieces(messages, seed));
}

function* pieces(messages: number, seed: number): Generator<string> {
  const head = { name: "Les amis du quai", type: "private_group", id: 4_018_273_645 };
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "messages": [\n`;
  for (const row of talk(messages, seed)) {
    const text = JSON.stringify(rowOf(row), null, 1).replaceAll("\n", "\n  ");
    yield `  ${text}${row.number === messages ? "\n" : ",\n"}`;
  }
  yield " ]\n}";
}

function rowOf(row: TalkRow): object {
  const { kind, at, author, text, number } = row;
  const time = {
    date: new Date(at * 1000).toISOString().slice(0, 19),
    date_unixtime: String(at),
  };
  const who = PEOPLE[author] ?? "";
  const id = `user${100_200_300 + author}`;
  if (kind === "system") {
    const service = { actor: who, actor_id: id, action: "edit_group_title", title: text };
    return { id: number, type: "service", ...time, ...service, text: "", text_entities: [] };
  }
  const from = { id: number, type: "message", ...time, from: who, from_id: id };
  const reply = number % 9 === 0 ? { reply_to_message_id: number - 5 } : {};
  if (kind === "text") {
    const entities = [{ type: "plain", text }];
    return { ...from, ...reply, text, text_entities: entities };
  }
  const photo = `photos/photo_${number}@03-01-2019_07-12-00.jpg`;
  return { ...from, photo, width: 960, height: 1280, ...reply, text: "", text_entities: [] };
}
