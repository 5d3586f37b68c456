/** Two time-stamp authorities on this machine, whose clocks stand still. */
import {
  type CheckedAuthority,
  timestampAuthority,
} from "../../src/signature/timestamp/authority.ts";
import { type ClockHouse, generalized, makeClockHouse } from "../signature/clock-house.ts";
import type { Authority } from "../signature/pki.ts";
import { serveClockHouse, type Tsa } from "../signature/tsa.ts";
import { LONG_LIFE, longRoot } from "./keys.ts";
import { MADE_AT } from "./reference.ts";

export interface Clocks {
  readonly roots: { readonly house: Authority; readonly tower: Authority };
  readonly house: CheckedAuthority;
  readonly tower: CheckedAuthority;
  readonly close: () => Promise<unknown>;
}

/** A minute and a half after the samples' own clock. */
const STATED = new Date(Date.parse(MADE_AT) + 90_000);

/** Starts both, and lets them say this time; the caller closes them. */
export async function startClocks(stated: Date = STATED): Promise<Clocks> {
  const roots = { house: longRoot("Clock House root"), tower: longRoot("Bell Tower root") };
  const house = makeClockHouse({ ...LONG_LIFE, root: roots.house });
  const tower = makeClockHouse({
    ...LONG_LIFE,
    root: roots.tower,
    name: "Bell Tower",
    kind: "RSA-3072",
  });
  const servers = [await serve(house, stated), await serve(tower, stated)] as const;
  return {
    roots,
    house: authority(servers[0], stated),
    tower: authority(servers[1], stated),
    close: () => Promise.all(servers.map((server) => server.close())),
  };
}

function serve(house: ClockHouse, stated: Date): Promise<Tsa> {
  return serveClockHouse(house, () => ({ time: generalized(stated) }));
}

function authority({ url }: Tsa, stated: Date): CheckedAuthority {
  let drawn = 0;
  return timestampAuthority(url, {
    roots: [],
    random: (bytes) => Buffer.alloc(bytes, (drawn += 1)),
    now: () => stated.getTime(),
    signal: new AbortController().signal,
  });
}
