import type { CustodyAction } from "../model/custody.ts";
import type { AttachmentState } from "../model/production.ts";
import type { ConversationKind, EventKind, MessageKind } from "../model/record.ts";
import type { Glossary } from "./report.glossary.ts";

/**
 * The words of the report, one catalogue for each language. Counts come as figures already written in
 * the language; where a sentence changes with the number, the number itself comes too.
 */
export interface ReportWords {
  // figures and dates
  /** Between groups of three digits. */
  readonly thousands: string;
  readonly months: readonly string[];
  /** From Sunday. */
  readonly weekdays: readonly string[];
  readonly longDate: (weekday: string, day: number, month: string, year: string) => string;

  // words used throughout
  readonly none: string;
  readonly notStated: string;
  readonly or: string;
  readonly quoted: (text: string) => string;
  readonly untitled: string;
  readonly unnamed: string;
  readonly bytes: (count: string) => string;
  readonly artifactNumber: (number: number) => string;
  readonly exhibit: (number: string) => string;
  readonly noExhibit: string;
  readonly notParsed: string;
  readonly digestWithheld: string;
  readonly ground: (text: string) => string;

  // every page
  readonly runningHead: (procedure: string, bundle: string) => string;
  readonly runningFoot: (digest: string) => string;
  readonly range: (first: number, last: number) => string;
  /** The number of pages follows it. */
  readonly page: (number: number) => string;

  // cover sheet
  readonly coverBookmark: string;
  readonly title: string;
  readonly subtitle: (procedure: string) => string;
  readonly authoritative: string;
  readonly bundle: string;
  readonly caseNumber: string;
  readonly caseTitle: string;
  readonly procedure: string;
  readonly productionNumber: string;
  readonly recipient: string;
  readonly agency: string;
  readonly officer: string;
  readonly preparedBy: string;
  readonly authority: string;
  readonly created: string;
  readonly createdFromEpoch: string;
  readonly language: string;
  readonly languageName: string;
  readonly previous: string;
  readonly tool: string;
  readonly selectionHeading: string;
  readonly selectionLead: string;
  readonly wholeCase: string;
  readonly wholeConversations: string;
  readonly contextAdded: (neighbours: number) => string;
  readonly withMedia: string;
  readonly withoutMedia: string;
  readonly withOriginals: string;
  readonly withoutOriginals: string;
  readonly withRaw: string;
  readonly withoutRaw: string;
  readonly withPrivate: string;
  readonly withoutPrivate: string;
  readonly countsHeading: string;
  readonly countUnits: string;
  readonly countMessages: string;
  readonly countEvents: string;
  readonly countExceptions: string;
  readonly countInConversations: string;
  readonly countGiven: string;
  readonly countNotGiven: string;
  readonly countMatched: string;
  readonly countContext: string;
  readonly countAttachments: string;
  readonly countAttachmentsGiven: string;
  readonly countAttachmentsListed: string;
  readonly countUnaccounted: string;
  readonly countEventsGiven: string;
  readonly countExceptionsListed: string;
  readonly countWithheld: string;
  readonly countWithheldRows: string;
  readonly countEdge: string;
  readonly countNouns: (conversations: number, accounts: number, artifacts: number) => string;
  readonly sourcesHeading: string;
  readonly conversationsHeading: string;
  readonly timeHeading: string;
  readonly timeLead: string;
  readonly meansUtc: (rows: string) => string;
  readonly meansOffset: (rows: string) => string;
  readonly meansDeclared: (rows: string) => string;
  readonly meansUnknown: (rows: string) => string;
  readonly ambiguousRows: (rows: string) => string;
  readonly untimedRows: (rows: string) => string;
  readonly displayZone: (zone: string) => string;
  readonly signerHeading: string;
  readonly signerHolder: string;
  readonly signerFingerprint: string;
  readonly rootFingerprint: string;
  readonly extractDigest: string;
  readonly contentDigest: string;
  readonly custodyRoot: string;
  readonly timestamp: string;
  readonly timestamps: Readonly<Record<"none" | "expected" | "later", string>>;
  readonly signerProves: string;
  readonly verifyHeading: string;
  readonly verifyWithTool: (bundle: string) => string;
  readonly verifyByHand: string;
  readonly verifyWithReader: (report: string) => string;
  readonly limitsHeading: string;
  readonly limitPage: string;
  readonly limitListed: string;
  readonly receiptHeading: string;
  readonly receiptLead: (bundle: string) => string;
  readonly receiptName: string;
  readonly receiptCapacity: string;
  readonly receiptDate: string;
  readonly receiptSignature: string;

  // transcript
  readonly conversationBookmark: (id: string) => string;
  readonly conversationKinds: Readonly<Record<ConversationKind, string>>;
  readonly conversationLine: (
    id: string,
    kind: string,
    service: string,
    artifact: number,
  ) => string;
  readonly inThisBundle: (given: string, known: string) => string;
  readonly notInThisBundle: (count: number, figure: string) => string;
  readonly ofWhichContext: (count: number, figure: string) => string;
  readonly eventsInThisBundle: (given: string, known: string) => string;
  readonly accountsHeading: string;
  readonly formatLacks: (what: string) => string;
  readonly clockOf: (zone: string) => string;
  readonly timeUnknown: string;
  readonly dateUndecided: string;
  readonly noTimeWritten: string;
  readonly written: (raw: string) => string;
  readonly basisUtc: string;
  readonly basisOffset: (offset: string) => string;
  readonly basisDeclared: (zone: string) => string;
  readonly basisUnknown: string;
  readonly sourcePlace: (artifact: number, offset: number, length: number) => string;
  readonly sourceRow: (artifact: number, row: number) => string;
  readonly messageKinds: Readonly<Record<MessageKind, string>>;
  readonly eventKinds: Readonly<Record<EventKind, string>>;
  readonly eventNumber: (number: number) => string;
  readonly continued: (number: number) => string;
  readonly continuedEvent: (number: number) => string;
  readonly context: string;
  readonly edited: string;
  readonly withheld: string;
  readonly nameWithheld: string;
  readonly withheldRow: (ground: string) => string;
  readonly couldBe: (readings: string) => string;
  readonly editedAt: (time: string) => string;
  readonly replyTo: (number: number) => string;
  readonly replyElsewhere: (id: string) => string;
  readonly reactions: (list: string) => string;
  readonly otherFields: (list: string) => string;
  readonly attachment: (facts: string) => string;
  readonly attachmentStates: Readonly<Record<AttachmentState, string>>;
  /** By flag; one that is not here is shown as it is. */
  readonly flags: Readonly<Record<string, string>>;

  // appendices
  readonly appendices: string;
  readonly artifactsHeading: string;
  readonly artifactsLead: string;
  readonly roles: Readonly<Record<"source" | "member", string>>;
  readonly originalName: (name: string) => string;
  readonly acquiredAt: (time: string) => string;
  readonly containedIn: (container: number, entry: string) => string;
  readonly parsedAs: (format: string, version: number) => string;
  readonly readAs: (units: string, messages: string, events: string, exceptions: string) => string;
  readonly parseOptions: (options: string) => string;
  readonly finding: (text: string) => string;
  readonly inTheBundle: (file: string) => string;
  readonly exceptionsHeading: string;
  readonly exceptionsLead: string;
  readonly custodyHeading: string;
  readonly custodyLead: (lines: string) => string;
  readonly custodyLast: string;
  readonly custodyActions: Readonly<Record<CustodyAction, string>>;
  readonly clockBackwards: string;
  readonly substitutedHeading: string;
  readonly substitutedLead: string;
  readonly substitutedTotal: (kinds: number, times: string, highest: string) => string;
  readonly glossaryHeading: string;
  readonly glossary: Glossary;
  readonly sourceCheckHeading: string;
  readonly sourceCheckSteps: readonly string[];
}
