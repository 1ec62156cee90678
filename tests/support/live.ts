import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Role } from "#core/role.ts";

/** A browser that listens, over a socket: what is injected never streams. */
export interface OpenScreen {
  /** Topics in the order in which they came. */
  readonly looks: readonly string[];
  /** All that was sent. */
  readonly text: () => string;
  readonly headers: Headers;
  readonly isOver: () => boolean;
  /** Waits until a topic came after the first `after` of them; how long that took. */
  readonly until: (topic: string, after?: number) => Promise<number>;
  readonly untilOver: () => Promise<void>;
  readonly close: () => void;
}

export interface LiveServer {
  readonly url: string;
  /** Signs in over the socket; returns the cookie. */
  readonly signIn: (role: Role, partner?: string) => Promise<string>;
  readonly open: (cookie: string, query?: string) => Promise<OpenScreen>;
}

export async function listenLive(app: FastifyInstance): Promise<LiveServer> {
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    url,
    signIn: async (role, partner) => {
      const reply = await fetch(`${url}/api/session`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ role, ...(partner && { partner }) }),
      });
      const cookie = reply.headers.getSetCookie()[0]?.split(";")[0];
      if (!cookie) throw new Error(`Sign-in failed: ${await reply.text()}`);
      return cookie;
    },
    open: (cookie, query = "") => openScreen(`${url}/api/live${query}`, cookie),
  };
}

const patienceMs = 10_000;

async function openScreen(url: string, cookie: string): Promise<OpenScreen> {
  const stop = new AbortController();
  const reply = await fetch(url, { headers: { cookie }, signal: stop.signal });
  if (!reply.ok || !reply.body) throw new Error(`${reply.status} ${await reply.text()}`);
  const looks: string[] = [];
  let text = "";
  let isOver = false;
  const read = async (body: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const part of body) {
      text += decoder.decode(part, { stream: true });
      const topics = [...text.matchAll(/event: look\ndata: (\w+)\n\n/g)].map(([, topic]) => topic);
      looks.push(...(topics.slice(looks.length) as string[]));
    }
  };
  read(reply.body)
    .catch(() => undefined)
    .finally(() => {
      isOver = true;
    });
  const until = async (isThere: () => boolean, what: string) => {
    const begun = performance.now();
    while (!isThere()) {
      if (performance.now() - begun > patienceMs)
        throw new Error(`Nothing of ${what}${isOver ? ", and it is over" : ""}: ${text}`);
      await wait(5);
    }
    return performance.now() - begun;
  };
  await until(() => text.includes("event: beat"), "the first beat");
  return {
    looks,
    headers: reply.headers,
    text: () => text,
    isOver: () => isOver,
    until: (topic, after = 0) => until(() => looks.indexOf(topic, after) >= 0, topic),
    untilOver: async () => void (await until(() => isOver, "its end")),
    close: () => stop.abort(),
  };
}
