import type { AccountLine, ConversationLine } from "../../model/production.ts";
import type { Db } from "../../store/open.ts";
import type { StoredConversation } from "../../store/people.ts";
import { accountsOf, conversationsOf } from "../../store/people.ts";
import type { SelectedConversation } from "../../store/selected.ts";
import { selectedAccounts, selectedConversations } from "../../store/selected.ts";
import type { LineSource } from "./lines.ts";
import { lacksOf } from "./sources.ts";

/** A line for each conversation that the selection takes rows of, in the order of the rows. */
export async function conversationLines(db: Db, source: LineSource): Promise<ConversationLine[]> {
  const { places, withheld } = source;
  const known = new Map(conversationsOf(db).map((one) => [one.key, one]));
  const accounts = Map.groupBy(selectedAccounts(db), (row) => row.conversation);
  const formats = new Set([...places.artifacts.values()].flatMap((one) => one.format ?? []));
  const lacks = await lacksOf(formats);
  const services = new Map(accountsOf(db).map((account) => [account.artifact, account.service]));
  return selectedConversations(db).flatMap((take): ConversationLine[] => {
    const one = known.get(take.conversation);
    if (one === undefined) return [];
    const format = places.artifacts.get(one.artifact)?.format ?? "";
    const hidden = withheld.ofArtifact(one.artifact) !== undefined;
    const ids = hidden ? [] : (accounts.get(one.key) ?? []);
    return [
      {
        type: "conversation",
        id: one.id,
        title: hidden ? null : one.title,
        kind: one.kind,
        nativeId: hidden ? null : one.nativeId,
        service: services.get(one.artifact) ?? format,
        artifact: places.of(one.artifact).artifact,
        accounts: ids.flatMap(({ account }) => source.accounts.get(account) ?? []),
        ...countsOf(one, take),
        lacks: lacks.get(format) ?? [],
      },
    ];
  });
}

function countsOf(
  { messages, events }: StoredConversation,
  take: SelectedConversation,
): Pick<ConversationLine, "messages" | "events"> {
  return {
    messages: { inCase: messages, inBundle: take.messages, context: take.context },
    events: { inCase: events, inBundle: take.events },
  };
}

/** A line for each account that rows of the selection name, but for those of withheld files. */
export function accountLines(db: Db, source: LineSource): AccountLine[] {
  const { places, withheld } = source;
  const known = new Map(accountsOf(db).map((one) => [one.key, one]));
  return [...shownNames(db, source)].flatMap(([key, { messages, names }]): AccountLine[] => {
    const one = known.get(key);
    if (one === undefined || withheld.ofArtifact(one.artifact) !== undefined) return [];
    const { id, service, nativeId, name } = one;
    const artifact = places.of(one.artifact).artifact;
    return [
      { type: "account", id, service, nativeId, name, artifact, names: [...names], messages },
    ];
  });
}

function shownNames(
  db: Db,
  source: LineSource,
): Map<number, { messages: number; names: Set<string> }> {
  const shown = new Map<number, { messages: number; names: Set<string> }>();
  for (const row of selectedAccounts(db)) {
    if (!source.accounts.has(row.account)) continue;
    const entry = shown.get(row.account) ?? { messages: 0, names: new Set<string>() };
    entry.messages += row.messages;
    for (const name of row.names) entry.names.add(name);
    shown.set(row.account, entry);
  }
  return shown;
}
