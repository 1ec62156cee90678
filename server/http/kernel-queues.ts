import { readFile } from "node:fs/promises";
import { groupsOf, plainAddress } from "#server/network.ts";

/**
 * Bytes the kernel still holds for each connection's peer, by `queueKey`. A slow peer fetches them
 * long after this process has written them, which only the kernel sees. Empty where unavailable
 * (not Linux).
 */
export async function kernelQueues(): Promise<ReadonlyMap<string, string>> {
  const tables = await Promise.all(
    ["tcp", "tcp6"].map((name) => readFile(`/proc/self/net/${name}`, "utf8").catch(() => "")),
  );
  const line =
    /^ *\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]{2} ([0-9A-F]{8}):/gm;
  const queues = new Map<string, string>();
  for (const table of tables) {
    for (const [, , port = "", from = "", fromPort = "", queue = ""] of table.matchAll(line)) {
      queues.set(`${from} ${fromPort} ${port}`, queue);
    }
  }
  return queues;
}

interface Ends {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/** As the system writes it: words of 32 bits from the back, in hexadecimal. IPv4 on a socket of IPv6 has its own twelve octets before. */
export function queueKeys({ remoteAddress = "", remotePort = 0, localPort = 0 }: Ends): string[] {
  const plain = plainAddress(remoteAddress);
  const ports = `${hex(remotePort, 4)} ${hex(localPort, 4)}`;
  if (plain.includes(".")) {
    const word = plain
      .split(".")
      .reverse()
      .map((octet) => hex(Number(octet), 2))
      .join("");
    return [`${word} ${ports}`, `0000000000000000FFFF0000${word} ${ports}`];
  }
  const groups = groupsOf(plain).map((group) => hex(Number.parseInt(group, 16), 4));
  const words = [0, 2, 4, 6].map((at) => {
    const octets = `${groups[at] ?? ""}${groups[at + 1] ?? ""}`.match(/../g) ?? [];
    return octets.reverse().join("");
  });
  return [`${words.join("")} ${ports}`];
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}
