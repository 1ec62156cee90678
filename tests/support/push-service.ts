import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PushNetwork } from "#server/accounts/push/network.ts";
import { makeCertificate } from "#tests/support/certificate.ts";

export const pushHost = "push.example.test";

export interface Pushed {
  /** The address's path, by which a test tells its phones apart. */
  readonly path: string;
  readonly at: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** What the signature vouches for; null where it does not fit its key. */
  readonly signed: { readonly aud: string; readonly exp: number; readonly sub: string } | null;
  readonly key: string;
}

export interface PushService {
  /** How a server under test gets here, whose guard lets nobody onto this machine. */
  readonly network: PushNetwork;
  readonly pushed: readonly Pushed[];
  /** Of one phone: a status, or "never" for an answer that does not come. */
  readonly answer: (path: string, status: number | "never") => void;
  readonly addressOf: (path: string) => string;
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

/** A push service on this machine that checks the signature of RFC 8292 with Node's own cryptography. */
export async function startPushService(): Promise<PushService> {
  const folder = mkdtempSync(join(tmpdir(), "boxster-push-"));
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  if (!makeCertificate(pushHost, files)) throw new Error("openssl is missing");
  const [cert, key] = [readFileSync(files.cert, "utf8"), readFileSync(files.key, "utf8")];
  rmSync(folder, { recursive: true });
  const pushed: Pushed[] = [];
  const answers = new Map<string, number | "never">();
  const server: Server = createServer({ cert, key }, (request, reply) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      const path = (request.url ?? "").slice(1);
      const { authorization = "", ...headers } = request.headers;
      pushed.push({ path, at: Date.now(), body, headers, ...readVapid(authorization) });
      const answer = answers.get(path) ?? 201;
      if (answer === "never") return;
      reply.writeHead(answer, answer === 302 ? { location: `https://${pushHost}/led-on` } : {});
      reply.end("a word that nobody may read");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    network: {
      port,
      ca: cert,
      lookup: (_host, { all }, done) =>
        all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4),
    },
    pushed,
    answer: (path, status) => void answers.set(path, status),
    addressOf: (path) => `https://${pushHost}/${path}`,
    forget: () => {
      pushed.length = 0;
      answers.clear();
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function readVapid(authorization: string): Pick<Pushed, "signed" | "key"> {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const octets = Buffer.from(key, "base64url");
  if (octets.length !== 65) return { signed: null, key };
  const [x, y] = [octets.subarray(1, 33), octets.subarray(33)].map((part) =>
    part.toString("base64url"),
  );
  const format = "jwk";
  const publicKey = createPublicKey({
    key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" },
    format,
  });
  const fits = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  const read: unknown = JSON.parse(Buffer.from(claims, "base64url").toString() || "null");
  return { signed: fits ? (read as Pushed["signed"]) : null, key };
}
