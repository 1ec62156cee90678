import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { networkOf } from "#server/network.ts";

/** How many connections may be open at once. */
export interface Room {
  readonly all: number;
  /** Of one address; not asked behind a proxy, from where all of them come. */
  readonly perAddress: number;
}
export const usualRoom: Room = { all: 1_000, perAddress: 200 };

export interface Connections {
  readonly count: () => number;
  /** Cuts off those without a request under way and nothing left to send. */
  readonly endUnused: () => void;
  readonly endAll: () => void;
}

interface Open {
  readonly socket: Socket;
  readonly caller: string;
  readonly address: string;
  /** Requests under way. */
  asks: number;
}

/**
 * Keeps count of every connection, also while TLS is still being agreed, and makes room for new ones: where one
 * address, or all together, have too many, the one that has asked nothing for longest is cut off. So whoever holds
 * connections open, or sends half a request, takes the place of nobody: a caller who asks is served.
 */
export function watchConnections(
  { server }: FastifyInstance,
  room: Room,
  isBehindProxy: boolean,
): Connections {
  /** By the port on the other side, in the order in which they came or last asked. */
  const open = new Map<string, Open>();
  const isUnused = ({ asks, socket }: Open) => asks === 0 && socket.writableLength === 0;
  const end = (ended: readonly Open[]) => {
    for (const { socket } of ended) socket.destroy();
  };
  /** Whether there is room for one more among these. */
  const makeRoom = (among: readonly Open[], most: number) => {
    if (among.length < most) return true;
    const oldest = among.find(isUnused);
    if (oldest === undefined) return false;
    open.delete(oldest.caller);
    oldest.socket.destroy();
    return true;
  };
  server.on("connection", (socket: Socket) => {
    const address = networkOf(socket.remoteAddress ?? "");
    const all = [...open.values()];
    const sameAddress = all.filter((one) => one.address === address);
    const hasRoom =
      (isBehindProxy || makeRoom(sameAddress, room.perAddress)) &&
      makeRoom([...open.values()], room.all);
    if (!hasRoom) {
      socket.destroy();
      return;
    }
    const caller = callerOf(socket);
    const one: Open = { socket, caller, address, asks: 0 };
    open.set(caller, one);
    socket.once("close", () => {
      if (open.get(caller) === one) open.delete(caller);
    });
  });
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    const caller = callerOf(socket);
    const one = open.get(caller);
    if (one === undefined) return;
    open.delete(caller);
    open.set(caller, one);
    one.asks += 1;
    response.once("close", () => {
      one.asks -= 1;
    });
  });
  return {
    count: () => open.size,
    endUnused: () => end([...open.values()].filter(isUnused)),
    endAll: () => end([...open.values()]),
  };
}

/** The same for a connection and for TLS upon it. */
function callerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
