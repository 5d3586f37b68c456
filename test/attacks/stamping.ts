/** Two time-stamp authorities on this machine, whose clocks say when the samples were made. */
import {
  type CheckedAuthority,
  timestampAuthority,
} from "../../src/signature/timestamp/authority.ts";
import { type ClockHouse, makeClockHouse } from "../signature/clock-house.ts";
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

/** GeneralizedTime, a minute or so after the samples' own clock. */
const STATED = "20240626080130Z";

/** Starts both; the caller closes them. */
export async function startClocks(): Promise<Clocks> {
  const roots = { house: longRoot("Clock House root"), tower: longRoot("Bell Tower root") };
  const house = makeClockHouse({ ...LONG_LIFE, root: roots.house });
  const tower = makeClockHouse({
    ...LONG_LIFE,
    root: roots.tower,
    name: "Bell Tower",
    kind: "RSA-3072",
  });
  const servers = [await serve(house), await serve(tower)] as const;
  return {
    roots,
    house: authority(servers[0]),
    tower: authority(servers[1]),
    close: () => Promise.all(servers.map((server) => server.close())),
  };
}

function serve(house: ClockHouse): Promise<Tsa> {
  return serveClockHouse(house, () => ({ time: STATED }));
}

function authority({ url }: Tsa): CheckedAuthority {
  let drawn = 0;
  return timestampAuthority(url, {
    roots: [],
    random: (bytes) => Buffer.alloc(bytes, (drawn += 1)),
    now: () => Date.parse(MADE_AT),
    signal: new AbortController().signal,
  });
}
