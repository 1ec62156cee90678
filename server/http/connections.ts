import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { networkOf } from "#server/network.ts";
import { Problem } from "#server/problem.ts";

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

const graceMs = 10_000;
const sweepMs = 100;

/**
 * The end of the server: no new connection, requests that are under way finish, and what is not
 * done after ten seconds is cut off; its transaction is rolled back. A connection that asks nothing,
 * as browsers keep some open in advance, is waited for by nobody.
 */
export function stopGracefully(app: FastifyInstance, connections: Connections): void {
  let isStopping = false;
  const { count, endUnused, endAll } = connections;
  app.addHook("onRequest", async (_request, reply) => {
    if (!isStopping) return;
    reply.header("connection", "close").header("retry-after", 10);
    throw new Problem(503, "The server is stopping", "Try again in a minute.");
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isStopping) reply.header("connection", "close");
  });
  app.addHook("preClose", async () => {
    isStopping = true;
    endUnused();
    // A connection whose answer had begun stays open after it, unless it is ended here.
    const sweep = setInterval(() => {
      endUnused();
      if (count() === 0) clearInterval(sweep);
    }, sweepMs).unref();
    const end = setTimeout(endAll, graceMs).unref();
    app.server.once("close", () => {
      clearInterval(sweep);
      clearTimeout(end);
    });
  });
}
