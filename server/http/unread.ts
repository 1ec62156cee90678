import { readFile } from "node:fs/promises";
import type { Socket } from "node:net";
import { groupsOf, plainAddress } from "#server/network.ts";

export interface ReadPatience {
  readonly unreadMs: number;
  readonly lookMs: number;
}

export interface Reader {
  readonly socket: Socket;
  /** Mark of the last check: changes while anybody reads. */
  fetched: string;
  /** Consecutive checks with output waiting and nothing read. */
  still: number;
}

export function waitingIn({ socket }: Reader): number {
  return socket.writableLength;
}

/** Unread for at least two checks, longest first. */
export function unreadOf<One extends Reader>(readers: readonly One[]): One[] {
  return readers
    .filter((one) => one.still >= 2 && waitingIn(one) > 0)
    .sort((one, other) => other.still - one.still);
}

/**
 * Checks every connection once; returns those that have fetched nothing for too long. Slow readers
 * are not among them: where this process sees no progress, the kernel, which buffers megabytes per
 * connection, is asked.
 */
export async function lookWhoReads<One extends Reader>(
  readers: readonly One[],
  { unreadMs, lookMs }: ReadPatience,
): Promise<One[]> {
  const waiting = readers.filter((one) => waitingIn(one) > 0);
  for (const one of readers) if (waitingIn(one) === 0) one.still = 0;
  if (waiting.length === 0) return [];
  const queues = await kernelQueues();
  for (const one of waiting) {
    const { socket } = one;
    const left = queueKeys(socket).map((key) => queues.get(key) ?? "");
    const fetched = [socket.bytesWritten - socket.writableLength, ...left].join(" ");
    one.still = fetched === one.fetched ? one.still + 1 : 0;
    one.fetched = fetched;
  }
  return waiting.filter((one) => waitingIn(one) > 0 && one.still * lookMs >= unreadMs);
}

/**
 * Bytes the kernel still holds for each connection's peer, by `queueKey`. A slow peer fetches them
 * long after this process has written them, which only the kernel sees. Empty where unavailable
 * (not Linux).
 */
async function kernelQueues(): Promise<ReadonlyMap<string, string>> {
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

/** As the system writes it: words of 32 bits from the back, in hexadecimal. IPv4 on a socket of IPv6 has its own twelve octets before. */
function queueKeys({ remoteAddress = "", remotePort = 0, localPort = 0 }: Socket): string[] {
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
