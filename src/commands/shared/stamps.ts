import type { Terminal } from "../../terminal/terminal.ts";
import type { StampMade } from "../../workflow/bundling/request.ts";
import { texts } from "../frame/flags.ts";

/** `--timestamp-url`, which may be given more than once. */
export const timestampUrlFlag: ReturnType<typeof texts> = texts(
  "URL",
  "RFC 3161 authority that is to confirm the time; the only network use, and only a digest is sent",
);

/** The stamps as a person reads them: each authority once, with its first time. */
export function stampLines(stamps: readonly StampMade[]): readonly string[] {
  const first = new Map(stamps.toReversed().map((stamp) => [stamp.authority, stamp]));
  return [...first.values()]
    .toReversed()
    .map(({ time, authority, url }) => `${time}, confirmed by ${authority} (${url})`);
}

/** Says which authorities no root trusted here vouches for: whoever verifies needs their root. */
export function hintUnknown(stamps: readonly StampMade[], terminal: Terminal): void {
  const unknown = new Set(
    stamps.filter(({ trusted }) => !trusted).map(({ authority }) => authority),
  );
  for (const authority of unknown) {
    terminal.hint(
      `no root trusted here vouches for ${authority}: get its root certificate, then exhibita key trust`,
    );
  }
}
