import { tmpdir } from "node:os";
import { relative, resolve } from "node:path";
import { Failure } from "../model/failure.ts";
import type { Selection } from "../model/selection.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { byteSize, grouped } from "../terminal/measures.ts";
import type { BundleMade } from "../workflow/bundling/request.ts";
import { type Command, command } from "./command.ts";
import { optionalArgument } from "./frame/arguments.ts";
import { caseFlag, dryRunFlag, passphraseFileFlag, waitFlag } from "./frame/common.ts";
import { choice, requiredText, text, toggle, whole } from "./frame/flags.ts";
import { caseOf } from "./shared/case.ts";
import { passphraseSource } from "./shared/passphrase.ts";
import { hintUnknown, stampLines, timestampUrlFlag } from "./shared/stamps.ts";
import { isNarrowed, SELECTION, selectionOf, type SelectionValues } from "./shared/selection.ts";

/** `bundle [NUMBER] -o DIR`: one signed ZIP and its signed report. */
export const bundle: Command = command({
  description: [
    "Makes one production: a ZIP and a PDF, both signed, that anybody can verify with exhibita, or with " +
      "unzip, openssl and sha256sum alone. It takes exactly the rows that the flags match, and shows " +
      "every gap; the whole case is given only by --whole-case.",
    "Bytes of attachments go in only with --media, whole source files only with --originals: an export " +
      "holds other people's talk. What is withheld is a placeholder.",
    "With --timestamp-url an authority confirms when it was signed; the first one named stamps signature " +
      "and report, each adds a stamp over the whole. Where one fails there is no bundle, unless " +
      "--timestamp-later says that it may do without until timestamp flush.",
  ],
  parameters: {
    number: optionalArgument("NUMBER", "number of the procedure (else the case's)"),
    output: requiredText("DIR", "folder that receives the ZIP and the PDF, made if absent (-o)"),
    query: text("WORDS", "rows that hold these words, as in search"),
    ...SELECTION,
    wholeCase: toggle("every row of the case"),
    wholeConversations: toggle("widen to the whole of each conversation hit, marked as context"),
    context: whole("N", "widen by N neighbours on each side, marked as context"),
    media: toggle("with the bytes of attachments"),
    originals: toggle("with whole source files"),
    noRaw: toggle("without the source slice beside each row"),
    private: toggle("with host names, paths and original file names"),
    recipient: text("R", "to whom it is given, as the cover sheet says"),
    lang: choice("LANG", ["en", "fr"], "language of the recipient (else the case's)"),
    key: text("ID", "signing key; with one key none need be named"),
    passphraseFile: passphraseFileFlag,
    timestampUrl: timestampUrlFlag,
    timestampLater: toggle("make the bundle without trusted time where none is to be had now"),
    case: caseFlag,
    wait: waitFlag,
    dryRun: dryRunFlag,
  },
  exits: [0, 4, 6, 10, 11, 12, 13],
  examples: [
    {
      line: 'exhibita bundle 2024-00311 --conversation c3.1 --recipient "Parquet de Meaux" -o out',
      about: "one conversation for a procedure",
    },
    { line: "exhibita bundle --whole-case --media -o out", about: "everything" },
    {
      line: "exhibita bundle --whole-case --timestamp-url http://tsa.example/ -o out",
      about: "with a time that somebody else confirms",
    },
  ],
  effect: "writes",
  run: async (context, values) => {
    const { cwd, environment, variables, terminal } = context;
    const selection = widened(values);
    const paths = caseOf(context, values.case);
    const { keyFolder, rootsOf, signerOf } = await import("../workflow/keys.ts");
    const { authoritiesOf } = await import("../workflow/authorities.ts");
    const { openCase } = await import("../workflow/case/open.ts");
    const { makeBundle, planBundle } = await import("../workflow/bundling/bundle.ts");
    const passphrase = passphraseSource(context, values.passphraseFile);
    const now = new Date(environment.now());
    const keys = keyFolder(variables, cwd);
    const roots = rootsOf([], keys);
    const authorities = authoritiesOf(values.timestampUrl, roots, environment, context.signal);
    const signer = await signerOf(keys, values.key, passphrase, now);
    const request = {
      procedure: values.number,
      selection,
      options: optionsOf(values),
      recipient: values.recipient,
      language: values.lang,
      signer,
      out: resolve(cwd, values.output),
      timestamp: { authorities, later: values.timestampLater },
    };
    const writer = await openCase(paths, environment, values.wait ?? 0);
    try {
      if (values.dryRun) {
        const plan = await planBundle(writer, request, tmpdir());
        if (terminal.json) terminal.record(plan);
        else
          terminal.data(
            `would make ${plan.id}: ${plan.selectionText}; ${grouped(plan.counts.messages)} messages`,
          );
      } else {
        showMade(terminal, await makeBundle(writer, request), cwd);
      }
      return 0;
    } finally {
      await writer.close();
    }
  },
});

interface BundleValues extends SelectionValues {
  readonly number: string | null;
  readonly query: string | null;
  readonly wholeCase: boolean;
  readonly wholeConversations: boolean;
  readonly context: number | null;
  readonly media: boolean;
  readonly originals: boolean;
  readonly noRaw: boolean;
  readonly private: boolean;
}

/** What is given must be said: a selection, or the whole case, and never both. */
function widened(values: BundleValues): Selection {
  const { wholeCase, wholeConversations } = values;
  if (values.query !== null && values.query.trim() === "") {
    throw new Failure("usage", "--query is empty", ["give --whole-case for every row of the case"]);
  }
  const selection = selectionOf(values, values.query);
  if (wholeCase && isNarrowed(selection)) {
    throw new Failure("usage", "--whole-case and a selection exclude each other");
  }
  if (!wholeCase && !isNarrowed(selection)) {
    throw new Failure("usage", "nothing says what the bundle is to hold", [
      "give selection flags such as --conversation, or --whole-case",
    ]);
  }
  if (wholeConversations && values.context !== null) {
    throw new Failure("usage", "--whole-conversations and --context exclude each other");
  }
  return { ...selection, wholeCase, wholeConversations, context: values.context ?? 0 };
}

function optionsOf({ media, originals, noRaw, private: hidden }: BundleValues): {
  media: boolean;
  originals: boolean;
  raw: boolean;
  private: boolean;
} {
  return { media, originals, raw: !noRaw, private: hidden };
}

function showMade(terminal: Terminal, made: BundleMade, cwd: string): void {
  if (terminal.json) {
    terminal.record(made);
    return;
  }
  terminal.data(
    `bundle   ${made.id}: ${grouped(made.messages)} messages, ${grouped(made.attachments)} attachments, ${grouped(made.withheld)} withheld`,
  );
  terminal.data(`zip      ${made.zip} (${byteSize(made.size)})`);
  terminal.data(`pdf      ${made.pdf}`);
  terminal.data(`sha256   ${made.sha256}`);
  const { stamps = [], postponed } = made;
  if (stamps.length === 0) terminal.data(`signer   ${made.signer}; no trusted time`);
  else terminal.data(`signer   ${made.signer}`);
  for (const line of stampLines(stamps)) terminal.data(`time     ${line}`);
  if (postponed !== undefined) terminal.warn(postponed);
  if (made.timestamp === "later") {
    terminal.hint("add the time-stamp when an authority can be reached: exhibita timestamp flush");
  }
  hintUnknown(stamps, terminal);
  terminal.hint(
    `check it as the recipient will: exhibita verify ${relative(cwd, made.zip)} --root ROOT.pem`,
  );
}
