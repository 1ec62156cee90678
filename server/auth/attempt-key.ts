import { createHmac } from "node:crypto";
import { isIPv6 } from "node:net";
import type { AttemptKind } from "#core/accounts/attempt-wait.ts";
import type { Config } from "#server/config.ts";
import { readOrMakeKey } from "#server/key-file.ts";

/** What stands for a name or an address in the database: the key to try all addresses is not in it. */
export type AttemptKeys = (kind: AttemptKind, value: string) => Buffer;

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

/** Of IPv6 the 64 bits of the network: one caller has all the addresses in it. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (!isIPv6(plain)) return plain;
  const [head = "", tail] = plain.toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail ? tail.split(":") : [];
  const between = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(between).fill("0"), ...last];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
