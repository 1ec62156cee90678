import { createHmac } from "node:crypto";
import type { Actor } from "#core/role.ts";
import type { Config } from "#server/config.ts";
import { readOrMakeKey } from "#server/key-file.ts";

type Part = Pick<Config, "secret" | "dataFolder">;

/**
 * Key with which a phone seals what it could not send: 32 bytes, different per person and stable.
 * The sealed data is on the phone and the key is not, so only the same person's sign-in opens it.
 */
export function keepingKeyOf(
  config: Part,
  who: { readonly actor: Actor; readonly accountId: string | null },
): Buffer {
  const { person, partner } = who.actor;
  // The demonstration has no accounts; names are unique there.
  const owner = who.accountId === null ? `person ${person}` : `account ${who.accountId}`;
  return createHmac("sha256", masterKey(config)).update(`${owner} of ${partner}`).digest();
}

/** From the configured secret if any, so that several servers share it; in no backup. */
function masterKey({ secret, dataFolder }: Part): Buffer {
  if (secret !== null) return createHmac("sha256", secret).update("boxster keeping key").digest();
  return readOrMakeKey({
    folder: dataFolder,
    name: "keeping.key",
    what: "keeping key",
    without: "Remove it: what phones keep and could not send yet is then entered again.",
  });
}
