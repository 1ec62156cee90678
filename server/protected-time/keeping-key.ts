import { createHmac } from "node:crypto";
import type { Actor } from "#core/role.ts";
import type { Config } from "#server/config.ts";
import { readOrMakeKey } from "#server/key-file.ts";

type Part = Pick<Config, "secret" | "dataFolder">;

/**
 * By which a phone seals what it could not send: 32 octets, another key for each person and the same each time. What is
 * sealed lies on the phone and the key does not, so it is opened by whoever signs in as that person and by nobody else.
 */
export function keepingKeyOf(
  config: Part,
  who: { readonly actor: Actor; readonly accountId: string | null },
): Buffer {
  const { person, partner } = who.actor;
  // In the demonstration there are no accounts; a name is given to nobody else there.
  const owner = who.accountId === null ? `person ${person}` : `account ${who.accountId}`;
  return createHmac("sha256", masterKey(config)).update(`${owner} of ${partner}`).digest();
}

/** Under the secret where there is one, so that several servers of one database give the same; in no backup. */
function masterKey({ secret, dataFolder }: Part): Buffer {
  if (secret !== null) return createHmac("sha256", secret).update("boxster keeping key").digest();
  return readOrMakeKey({
    folder: dataFolder,
    name: "keeping.key",
    what: "keeping key",
    without: "Remove it: what phones keep and could not send yet is then entered again.",
  });
}
