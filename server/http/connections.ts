import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import { arrivalsPerSecond, createArrivals } from "#server/http/arrivals.ts";
import {
  lookWhoReads,
  type Reader,
  type ReadPatience,
  unreadOf,
  waitingIn,
} from "#server/http/unread.ts";
import { networkOf, siteOf, siteShare } from "#server/network.ts";
import { Problem } from "#server/problem.ts";

export interface Room {
  readonly all: number;
  /** Per address, not behind a proxy; an IPv6 /48 has `siteShare` times as many. */
  readonly perAddress: number;
  /** Bytes unread per address (told by the proxy, if any); IPv6 /48 likewise. */
  readonly unread: number;
  /** Large replies in progress per anonymous address; IPv6 /48 likewise. */
  readonly largeAnswers: number;
}
export const usualRoom: Room = {
  all: 1_000,
  perAddress: 200,
  unread: 8 * 1024 * 1024,
  largeAnswers: 16,
};

export interface Connections {
  /** Whether this address has little enough waiting, after freeing its other connections. */
  readonly mayAsk: (socket: Socket, ip: string) => boolean;
  readonly count: () => number;
  readonly endUnused: () => void;
  readonly endAll: () => void;
}

interface Open extends Reader {
  socket: Socket;
  readonly caller: string;
  /** Who asks, as limits count it; behind a proxy once something was asked. */
  address: string;
  site: string | null;
  asks: number;
}

/** When full, an address with more than a tenth of all connections gives some up. */
const fairShare = 10;

/**
 * Tracks every connection, also during the TLS handshake, and makes room for new ones: where one
 * address, or all together, have too many, the longest idle without a request is closed, or else
 * the one whose answer has been unread for longest. So holding connections open, sending half a
 * request or not reading answers blocks nobody who asks.
 */
export function watchConnections(
  { server, log }: FastifyInstance,
  room: Room,
  isBehindProxy: boolean,
  patience: ReadPatience,
): Connections {
  const open = new Map<string, Open>();
  const isUnused = (one: Open) => one.asks === 0 && waitingIn(one) === 0;
  const cut = (one: Open) => {
    open.delete(one.caller);
    one.socket.destroy();
  };
  const cutAll = (ended: readonly Open[]) => ended.forEach(cut);
  const all = () => [...open.values()];
  const alike = (key: "address" | "site", value: string | null) =>
    value === null ? [] : all().filter((one) => one[key] === value);
  /** Frees a connection among these if needed; false when none can go. */
  const makeRoom = (among: readonly Open[], most: number, spare?: Open) => {
    if (among.length < most) return true;
    const ended = among.find(isUnused) ?? unreadOf(among)[0] ?? spare;
    if (ended !== undefined) cut(ended);
    return ended !== undefined;
  };
  const crowd = () => {
    const counts = new Map<string, number>();
    for (const { address } of open.values()) counts.set(address, (counts.get(address) ?? 0) + 1);
    const [[address, most] = ["", 0]] = [...counts].sort(([, one], [, other]) => other - one);
    return most * fairShare > room.all ? alike("address", address) : null;
  };
  const makeRoomOfAll = () => {
    if (open.size < room.all) return true;
    const most = crowd();
    return most === null ? makeRoom(all(), room.all) : makeRoom(most, most.length, most[0]);
  };
  /**
   * Whether these hold less than this much unread. If need be, others than the asker are closed:
   * first those not reading at all, then the largest holder, since one reading a little now and
   * then would keep all others of its address waiting.
   */
  const holdsLess = (among: readonly Open[], most: number, asker: Open) => {
    let held = among.reduce((sum, one) => sum + waitingIn(one), 0);
    if (held < most) return true;
    const others = among.filter((one) => one !== asker && waitingIn(one) > 0);
    const fullest = others.toSorted((one, other) => waitingIn(other) - waitingIn(one));
    for (const one of new Set([...unreadOf(others), ...fullest])) {
      if (held < most) break;
      held -= waitingIn(one);
      cut(one);
    }
    return held < most;
  };
  const arrivals = createArrivals(room.perAddress);
  const ofSites = createArrivals(room.perAddress * siteShare, arrivalsPerSecond * siteShare);
  const isFlood = (address: string, site: string | null) =>
    arrivals.isFlood(address) || (site !== null && ofSites.isFlood(site));
  server.on("connection", (socket: Socket) => {
    const address = networkOf(socket.remoteAddress ?? "");
    const site = siteOf(socket.remoteAddress ?? "");
    const hasRoom =
      (isBehindProxy ||
        (!isFlood(address, site) &&
          makeRoom(alike("address", address), room.perAddress) &&
          makeRoom(alike("site", site), room.perAddress * siteShare))) &&
      makeRoomOfAll();
    if (!hasRoom) {
      socket.destroy();
      return;
    }
    const caller = callerOf(socket);
    const one: Open = { socket, caller, address, site, asks: 0, fetched: "", still: 0 };
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
    one.socket = socket;
    one.asks += 1;
    response.once("close", () => {
      one.asks -= 1;
    });
  });
  const mayAsk = (socket: Socket, ip: string) => {
    const one = open.get(callerOf(socket));
    if (one === undefined) return true;
    one.address = networkOf(ip);
    one.site = siteOf(ip);
    return (
      holdsLess(alike("address", one.address), room.unread, one) &&
      holdsLess(alike("site", one.site), room.unread * siteShare, one)
    );
  };
  let isLooking = false;
  const look = async () => {
    arrivals.forget();
    ofSites.forget();
    // Never in parallel: a reader's pause would count twice.
    if (isLooking) return;
    isLooking = true;
    try {
      cutAll(await lookWhoReads(all(), patience));
    } catch (error) {
      log.error(error, "who reads could not be seen; looked at again soon");
    } finally {
      isLooking = false;
    }
  };
  server.once("listening", () => {
    const looking = setInterval(() => void look(), patience.lookMs).unref();
    server.once("close", () => clearInterval(looking));
  });
  return {
    mayAsk,
    count: () => open.size,
    endUnused: () => cutAll(all().filter(isUnused)),
    endAll: () => cutAll(all()),
  };
}

/** Refuses requests while the connection's own backlog exceeds its address's share. */
export function refuseUnread(app: FastifyInstance, { mayAsk }: Connections): void {
  app.addHook("onRequest", async ({ ip, raw }, reply) => {
    if (mayAsk(raw.socket, ip)) return;
    reply.header("connection", "close").header("retry-after", 10);
    throw new Problem(
      503,
      "Earlier answers are unread",
      "Too much that was sent to your address has not arrived yet. Try again in a few seconds.",
    );
  });
}

function callerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

const graceMs = 10_000;
const sweepMs = 100;

/**
 * Shuts the server down: no new connections, pending requests finish, and after ten seconds the
 * rest is cut off and its transaction rolled back. Idle connections, which browsers keep open in
 * advance, are not waited for.
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
    // A connection whose answer had begun at shutdown stays open afterwards unless it is ended
    // here.
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
