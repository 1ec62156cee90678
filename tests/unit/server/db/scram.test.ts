import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { scramVerifier } from "#server/db/scram.ts";

/** The example of RFC 7677, section 3: user "user", password "pencil". */
const salt = "W22ZaJ0SNY7soEsUEjb6gQ==";
const nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
const message = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=${salt},i=4096,c=biws,r=${nonce}`;
const clientProof = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
const serverSignature = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

test("the verifier accepts the proof of RFC 7677's example and signs as its server does", () => {
  const verifier = scramVerifier("pencil", Buffer.from(salt, "base64"));
  const [, stored = "", server = ""] =
    /^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$([^:]+):(.+)$/.exec(verifier) ?? [];
  const signature = createHmac("sha256", Buffer.from(server, "base64")).update(message);
  expect(signature.digest("base64")).toBe(serverSignature);
  const mask = createHmac("sha256", Buffer.from(stored, "base64")).update(message).digest();
  const clientKey = Buffer.from(clientProof, "base64").map((octet, at) => octet ^ (mask[at] ?? 0));
  expect(createHash("sha256").update(clientKey).digest("base64")).toBe(stored);
});

test("each verifier has a salt of its own", () => {
  expect(scramVerifier("pencil")).not.toBe(scramVerifier("pencil"));
});
