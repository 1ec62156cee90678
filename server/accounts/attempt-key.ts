import { createHmac } from "node:crypto";
import type { AttemptKind } from "#core/accounts/attempt-wait.ts";
import type { Config } from "#server/config.ts";
import { readOrMakeKey } from "#server/key-file.ts";
import { networkOf } from "#server/network.ts";

/**
 * What stands for a name or an address in the database: the key to try all addresses is not in it. The same key marks
 * browsers, sessions and challenges as this server's own.
 */
export type AttemptKeys = (
  kind: AttemptKind | "browser" | "session" | "challenge",
  value: string,
) => Buffer;

const opened = new Map<string, AttemptKeys>();

/** Under the secret where there is one, so that several servers of one database count alike. */
export function attemptKeysOf(config: Pick<Config, "secret" | "dataFolder">): AttemptKeys {
  const { secret, dataFolder } = config;
  const source = secret ?? dataFolder;
  const before = opened.get(source);
  if (before) return before;
  const key =
    secret === null
      ? keyOfFolder(dataFolder)
      : createHmac("sha256", secret).update("boxster sign-in key").digest();
  const keys: AttemptKeys = (kind, value) =>
    createHmac("sha256", key)
      .update(`${kind} ${kind === "address" ? networkOf(value) : value}`)
      .digest();
  opened.set(source, keys);
  return keys;
}

function keyOfFolder(folder: string): Buffer {
  return readOrMakeKey({
    folder,
    name: "sign-in.key",
    what: "sign-in key",
    without: "Remove it: failed sign-ins are then counted from nothing.",
  });
}
