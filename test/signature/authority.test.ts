import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/model/failure.ts";
import type { AuthorityOptions } from "../../src/signature/timestamp/authority.ts";
import { timestampAuthority } from "../../src/signature/timestamp/authority.ts";
import { nonceOf, queryOf } from "../../src/signature/timestamp/query.ts";
import { TimeStampResp } from "../../src/signature/timestamp/schema.ts";
import { encode } from "../../src/signature/schema.ts";
import { granted, makeClockHouse, makeToken, replyTo } from "./clock-house.ts";
import { fixedEnvironment, NOW, trusted } from "./pki.ts";
import {
  type Answer,
  hasOpenssl,
  send,
  serve,
  serveClockHouse,
  serveOpenssl,
  type Tsa,
} from "./tsa.ts";

const DIGEST = createHash("sha256").update("a signature value").digest();
const house = makeClockHouse();

const open: Tsa[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((tsa) => tsa.close()));
});

async function running(tsa: Promise<Tsa>): Promise<Tsa> {
  const started = await tsa;
  open.push(started);
  return started;
}

function options(wishes: Partial<AuthorityOptions> = {}): AuthorityOptions {
  const { random } = fixedEnvironment();
  return {
    roots: trusted(house.root.certificate),
    random,
    now: () => NOW.getTime(),
    signal: new AbortController().signal,
    timeout: 2_000,
    pauses: [1, 1],
    ...wishes,
  };
}

/** Why a server that answers so gives no time-stamp, and how often it was asked. */
async function refusal(
  answer: Answer,
  wishes: Partial<AuthorityOptions> = {},
): Promise<{ readonly reason: string; readonly asked: number }> {
  const tsa = await running(serve(answer));
  const authority = timestampAuthority(tsa.url, options(wishes));
  const error: unknown = await authority.request(DIGEST).catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error("the authority was not refused");
  expect(error.code).toBe("timestamp-authority");
  expect(error.exit).toBe(13);
  expect(error.message).toContain(tsa.url);
  return { reason: error.message.split(`${tsa.url}: `)[1] ?? "", asked: tsa.asked() };
}

describe("an authority", () => {
  it("is asked for a token over the digest alone, with a number of its own", async () => {
    let query: Uint8Array = Buffer.alloc(0);
    let type: string | undefined;
    const tsa = await running(
      serve((bytes, response, request) => {
        query = bytes;
        type = request.headers["content-type"];
        send(response, replyTo(bytes, house));
      }),
    );
    const { token, stated, url } = await timestampAuthority(tsa.url, options()).request(DIGEST);
    expect(url).toBe(tsa.url);
    expect(type).toBe("application/timestamp-query");
    expect(query).toEqual(Buffer.from(queryOf(DIGEST, stated.nonce ?? DIGEST)));
    expect(stated).toMatchObject({ authority: "Clock House", trust: { outcome: "pass" } });
    expect(token.length).toBeGreaterThan(500);
  });

  it("numbers its queries with 8 bytes, whose top bit is clear", () => {
    for (const first of [0x00, 0x7f, 0x80, 0xff]) {
      const nonce = nonceOf(Uint8Array.of(first, 1, 2, 3, 4, 5, 6, 7));
      expect(nonce).toHaveLength(8);
      expect((nonce[0] ?? 0) >> 6).toBe(1);
    }
  });

  it("may be one that no root here vouches for", async () => {
    const tsa = await running(serveClockHouse(house));
    const { stated } = await timestampAuthority(tsa.url, options({ roots: [] })).request(DIGEST);
    expect(stated.trust.outcome).toBe("indeterminate");
  });

  it("is asked again where it was busy, and may redirect within itself", async () => {
    let round = 0;
    const tsa = await running(
      serve((query, response, request) => {
        round += 1;
        if (round === 1) response.writeHead(503).end();
        else if (request.url === "/tsa") response.writeHead(307, { location: "/new" }).end();
        else send(response, replyTo(query, house));
      }),
    );
    await timestampAuthority(tsa.url, options()).request(DIGEST);
    expect(tsa.asked()).toBe(3);
  });

  it("must have an address of the web, without a password", () => {
    for (const url of [
      "tsa.example",
      "file:///tsa",
      "ftp://tsa.example",
      "http://a:b@tsa.example",
      "",
    ]) {
      expect(() => timestampAuthority(url, options())).toThrow(
        /address of a time-stamp authority/u,
      );
    }
  });
});

const other = createHash("sha256").update("another").digest();
const ended = makeClockHouse({ validTo: new Date("2026-03-01T00:00:00Z") });
const refused = new TimeStampResp();
refused.status.status = 2;
refused.status.statusString = ["no more today\u001b[2J"];

/** What a server does, and what is said of it. */
const FAULTS: readonly (readonly [string, Answer, RegExp])[] = [
  [
    "its answer is longer than any",
    (_, response) => send(response, Buffer.alloc(300 * 1024)),
    /longer than 262144 bytes$/u,
  ],
  [
    "it redirects to another host",
    (_, response) => response.writeHead(302, { location: "http://tsa.example/" }).end(),
    /^it redirects to another host$/u,
  ],
  [
    "it redirects without end",
    (_, response) => response.writeHead(302, { location: "/" }).end(),
    /^it redirects more than 3 times$/u,
  ],
  [
    "it refuses, in its own words",
    (_, response) => send(response, encode(refused)),
    /^it refused: status 2, no more today \[2J$/u,
  ],
  [
    "its answer is no reply",
    (_, response) => send(response, Buffer.from("<html>")),
    /no time-stamp reply in DER$/u,
  ],
  [
    "its answer holds no token",
    (_, response) => send(response, encode(new TimeStampResp())),
    /holds no token$/u,
  ],
  [
    "its token has another number",
    (query, response) => send(response, replyTo(query, house, { nonce: nonceOf(other) })),
    /^the time-stamp answers another query$/u,
  ],
  [
    "its token has no number",
    (_, response) => send(response, granted(makeToken(house, DIGEST))),
    /^the time-stamp answers another query$/u,
  ],
  [
    "its token is over something else",
    (_, response) => send(response, granted(makeToken(house, other))),
    /^the time-stamp is over something else$/u,
  ],
  [
    "its clock is more than a day off",
    (query, response) => send(response, replyTo(query, house, { time: "20260303093001Z" })),
    /^it says 2026-03-03.*this machine's clock/u,
  ],
  [
    "its certificate had ended",
    (query, response) => send(response, replyTo(query, ended)),
    /certificate of Clock House, valid from/u,
  ],
];

describe("an authority fails", () => {
  it.each(FAULTS)("where %s, and is not asked again for that", async (_, answer, reason) => {
    const found = await refusal(answer);
    expect(found.reason).toMatch(reason);
    expect(found.asked).toBe(reason.source.includes("3 times") ? 4 : 1);
  });

  it.each([
    [500, 3],
    [429, 3],
    [404, 1],
  ])("with HTTP %i, after %i tries", async (status, tries) => {
    expect(await refusal((_, response) => response.writeHead(status).end("no"))).toEqual({
      reason: `it answered HTTP ${status}`,
      asked: tries,
    });
  });

  it("where nobody listens", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    await new Promise((resolve) => {
      server.close(resolve);
    });
    if (address === null || typeof address === "string") throw new Error("no port");
    const authority = timestampAuthority(`http://127.0.0.1:${address.port}/`, options());
    await expect(authority.request(DIGEST)).rejects.toThrow(/cannot be reached: .*ECONNREFUSED/u);
  });

  it("where it does not answer in time", async () => {
    const { reason } = await refusal(() => undefined, { timeout: 60, pauses: [] });
    expect(reason).toBe("it did not answer within 60 ms");
  });

  it("where it answers one byte at a time for ever", async () => {
    const { reason } = await refusal(
      (_, response) => {
        const timer = setInterval(() => response.write("0"), 5);
        response.on("close", () => clearInterval(timer));
      },
      { timeout: 100, pauses: [] },
    );
    expect(reason).toBe("it did not answer within 100 ms");
  });

  it("is left at once where the work is interrupted", async () => {
    const controller = new AbortController();
    const tsa = await running(serve(() => controller.abort()));
    const authority = timestampAuthority(tsa.url, options({ signal: controller.signal }));
    await expect(authority.request(DIGEST)).rejects.toThrow(/abort/iu);
  });
});

describe.skipIf(!hasOpenssl)("openssl ts (skipped where openssl 3 is not installed)", () => {
  it.each(["P-256", "P-384", "RSA-3072"] as const)(
    "is an authority whose %s tokens are accepted",
    async (kind) => {
      const clock = makeClockHouse({ kind });
      const tsa = await running(serveOpenssl(clock));
      const authority = timestampAuthority(
        tsa.url,
        options({ roots: trusted(clock.root.certificate), now: Date.now, timeout: 20_000 }),
      );
      const { stated } = await authority.request(DIGEST);
      expect(stated.trust.outcome).toBe("pass");
      expect(stated.text).toMatch(/± 1\.5 s$/u);
      expect(stated.certificates).toHaveLength(2);
    },
  );
});
