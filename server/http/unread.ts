import type { Socket } from "node:net";
import { kernelQueues, queueKeys } from "#server/http/kernel-queues.ts";

/** How long an answer may wait without any of it being fetched. */
export interface ReadPatience {
  readonly unreadMs: number;
  /** How often the server looks. */
  readonly lookMs: number;
}

/** A connection as far as its answers are read. */
export interface Reader {
  /** What answers are written to: of TLS the one upon the connection. */
  readonly socket: Socket;
  /** How much had been fetched at the last look; another word as long as anybody reads. */
  fetched: string;
  /** At how many looks in a row something waited and none of it had been fetched. */
  still: number;
}

/** Octets that wait in this process. */
export function waitingIn({ socket }: Reader): number {
  return socket.writableLength;
}

/** Those whose answers nobody has fetched anything of, twice or more that the server looked; the longest first. */
export function unreadOf<One extends Reader>(readers: readonly One[]): One[] {
  return readers
    .filter((one) => one.still >= 2 && waitingIn(one) > 0)
    .sort((one, other) => other.still - one.still);
}

/**
 * Looks once at every connection; answers with those that have fetched nothing for too long. However slow, whoever fetches
 * something is not among them: where this process sees no progress, the system is asked, which holds megabytes for a line.
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
