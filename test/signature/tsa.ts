/** Time-stamp authorities on this machine: small HTTP servers that live as long as a test. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pemOf } from "../../src/signature/pem.ts";
import { type ClockHouse, replyTo, type TokenWishes } from "./clock-house.ts";

export interface Tsa {
  readonly url: string;
  /** Queries so far. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
}

/** What a server does with a query. */
export type Answer = (query: Buffer, response: ServerResponse, request: IncomingMessage) => void;

/** An authority that answers as the test says. */
export async function serve(answer: Answer): Promise<Tsa> {
  let asked = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked += 1;
      answer(Buffer.concat(chunks), response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/tsa`,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function send(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, { "content-type": "application/timestamp-reply" });
  response.end(bytes);
}

/** An authority whose clock, keys and honesty are the test's. */
export function serveClockHouse(
  house: ClockHouse,
  wishes: () => TokenWishes = () => ({}),
): Promise<Tsa> {
  return serve((query, response) => send(response, replyTo(query, house, wishes())));
}

const version = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "";

/** Whether `openssl ts` is at hand to play an authority. */
export const hasOpenssl: boolean = /^OpenSSL [3-9]/u.test(version);

/** An authority run by `openssl ts -reply`: another program's tokens, over this machine's clock. */
export async function serveOpenssl(house: ClockHouse): Promise<Tsa> {
  const folder = mkdtempSync(join(tmpdir(), "exhibita-tsa-"));
  const path = (name: string): string => join(folder, name);
  writeFileSync(path("tsa.pem"), pemOf([house.certificate]));
  writeFileSync(path("chain.pem"), pemOf([house.root.certificate]));
  const key = house.keys.privateKey.export({ type: "pkcs8", format: "pem" });
  writeFileSync(path("tsa.key"), key);
  writeFileSync(path("serial"), "01\n");
  writeFileSync(path("tsa.cnf"), configuration(path));
  const tsa = await serve((query, response) => {
    writeFileSync(path("query.tsq"), query);
    const args = ["ts", "-reply", "-config", path("tsa.cnf"), "-section", "tsa"];
    args.push("-queryfile", path("query.tsq"), "-out", path("reply.tsr"));
    const run = spawnSync("openssl", args, { encoding: "utf8" });
    if (run.status === 0) send(response, readFileSync(path("reply.tsr")));
    else response.writeHead(500).end(run.stderr);
  });
  const close = async (): Promise<void> => {
    await tsa.close();
    rmSync(folder, { recursive: true });
  };
  return { ...tsa, close };
}

function configuration(path: (name: string) => string): string {
  return [
    "[tsa]",
    `serial = ${path("serial")}`,
    `signer_cert = ${path("tsa.pem")}`,
    `certs = ${path("chain.pem")}`,
    `signer_key = ${path("tsa.key")}`,
    "signer_digest = sha256",
    "default_policy = 1.2.3.4.1",
    "digests = sha256,sha384,sha512",
    "accuracy = secs:1, millisecs:500",
    "ordering = no",
    "tsa_name = yes",
    "ess_cert_id_chain = no",
    "ess_cert_id_alg = sha256",
    "",
  ].join("\n");
}
