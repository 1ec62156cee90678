import type { Socket } from "node:net";
import { kernelQueues, queueKeys } from "#server/http/kernel-queues.ts";

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
