import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { z } from "zod";
import type { Config } from "#server/config.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { readOrMakeKey } from "#server/key-file.ts";

/* RFC 6238 as every authenticator app reads it: SHA-1, six figures, half a minute. */
const kind = { issuer: "Boxster", algorithm: "SHA1", digits: 6, period: 30 } as const;
const secretBytes = 20;
/** Steps of 30 s before and after the current one, for clocks that are off. */
const window = 1;

export interface AppSecret {
  readonly secret: string;
  /** For a camera: `otpauth://totp/...`. */
  readonly address: string;
  readonly sealed: Buffer;
}

type Part = Pick<Config, "secret" | "dataFolder">;

export function drawAppSecret(config: Part, account: { id: string; name: string }): AppSecret {
  const bytes = randomBytes(secretBytes);
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer });
  const address = new TOTP({ ...kind, label: account.name, secret }).toString();
  const groups = secret.base32.match(/.{1,4}/g) ?? [];
  return { secret: groups.join(" "), address, sealed: seal(config, account.id, bytes) };
}

const storedApp = z.object({ id: z.string(), sealedSecret: z.instanceof(Uint8Array) });

/** The confirmed app, or the one awaiting its first code. */
export const appOf = (tx: Transaction, accountId: string, isConfirmed: boolean) =>
  tx.maybe(
    storedApp,
    sql`select id, sealed_secret from authenticator_app
      where account_id = ${accountId} and (confirmed_at is not null) = ${isConfirmed}`,
  );

/** Time step of a code, or null; the database ensures single use. */
export function stepOfCode(
  config: Part,
  app: { readonly accountId: string; readonly sealedSecret: Uint8Array },
  typed: string,
  now: number,
): number | null {
  const token = typed.replaceAll(/\s/g, "");
  const bytes = unseal(config, app.accountId, Buffer.from(app.sealedSecret));
  if (!/^\d{6}$/.test(token) || bytes === null) return null;
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer });
  const totp = new TOTP({ ...kind, secret });
  const delta = totp.validate({ token, timestamp: now, window });
  return delta === null ? null : totp.counter({ timestamp: now }) + delta;
}

/** Bound to the account: useless in another row. */
function seal(config: Part, accountId: string, secret: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(config), nonce);
  cipher.setAAD(Buffer.from(`account ${accountId}`));
  const body = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]);
}

/** Null where it was sealed under another key, as after a restore on another machine. */
function unseal(config: Part, accountId: string, sealed: Buffer): Buffer | null {
  const decipher = createDecipheriv("aes-256-gcm", keyOf(config), sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(`account ${accountId}`));
  decipher.setAuthTag(sealed.subarray(-16));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  } catch {
    return null;
  }
}

/** From the configured secret if any, so that several servers share it; in no backup. */
function keyOf({ secret, dataFolder }: Part): Buffer {
  if (secret !== null) {
    return createHmac("sha256", secret).update("boxster second factor key").digest();
  }
  return readOrMakeKey({
    folder: dataFolder,
    name: "second-factor.key",
    what: "second factor key",
    without:
      "Remove it. Authenticator apps then have to be set up again, with a passkey or recovery code.",
  });
}
