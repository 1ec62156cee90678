import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import type { Callers } from "#server/http/limits.ts";
import { networkOf, siteOf, siteShare } from "#server/network.ts";

/** Bytes; larger replies fill more than one slice of the stream. */
const large = 64 * 1024;

/**
 * At most so many concurrent large answers per address for callers who are not signed in; the next
 * begins once one was fetched, or cut off unread. For a connection nobody reads, the kernel buffers
 * megabytes before it stops, all encrypted first.
 */
export function takeTurns(app: FastifyInstance, callers: Callers, most: number): void {
  const networks = createTurns(most);
  const sites = createTurns(most * siteShare);
  app.addHook("onSend", async (request, reply, payload) => {
    const length = Number(reply.getHeader("content-length") ?? 0);
    if (length <= large || request.method === "HEAD" || callers.of(request) !== null) {
      return payload;
    }
    await networks.wait(networkOf(request.ip), reply.raw);
    const site = siteOf(request.ip);
    if (site !== null) await sites.wait(site, reply.raw);
    return payload;
  });
}

function createTurns(most: number) {
  const places = new Map<string, { underWay: number; readonly waiting: Set<() => void> }>();
  const wait = (key: string, response: ServerResponse): Promise<void> => {
    if (response.closed) return Promise.resolve();
    const place = places.get(key) ?? { underWay: 0, waiting: new Set() };
    places.set(key, place);
    return new Promise((resolve) => {
      const begin = () => {
        place.underWay += 1;
        response.off("close", leave);
        response.once("close", end);
        resolve();
      };
      const leave = () => {
        place.waiting.delete(begin);
        resolve();
      };
      const end = () => {
        place.underWay -= 1;
        const [next] = place.waiting;
        if (next !== undefined) {
          place.waiting.delete(next);
          next();
        } else if (place.underWay === 0) {
          places.delete(key);
        }
      };
      if (place.underWay < most) {
        begin();
      } else {
        place.waiting.add(begin);
        response.once("close", leave);
      }
    });
  };
  return { wait };
}
