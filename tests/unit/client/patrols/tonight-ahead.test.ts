import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { session as Session } from "#client/accounts/session.ts";
import type { contact as Contact } from "#client/patrols/tonight/contact.ts";
import type { tonight as Tonight } from "#client/patrols/tonight/tonight-reply.ts";
import { minuteMs } from "#core/time/zone.ts";

/** What client/public/no-eval.js asked for ahead of the code: read once, and only where it is as new as the session. */
const at = Date.parse("2021-11-26T20:00:00Z");
const reply = (ms: number, place: string) => ({
  at: new Date(ms).toISOString(),
  contact: place,
  windows: [],
});

let session: typeof Session;
let tonight: typeof Tonight;
let contact: typeof Contact;
let forget: () => void;
let asked: string[] = [];

beforeEach(() => {
  asked = [];
  vi.resetModules();
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return Response.json(reply(at, "asked by the page"));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Loads the page's modules anew, for somebody who is known to be signed in since `at`. */
async function open(ahead: Promise<Response>, agoMs = 0): Promise<void> {
  const when = performance.now() - agoMs;
  vi.stubGlobal("askedAhead", { path: "/api/tonight", at: when, reply: ahead });
  ({ session } = await import("#client/accounts/session.ts"));
  ({ tonight } = await import("#client/patrols/tonight/tonight-reply.ts"));
  ({ contact } = await import("#client/patrols/tonight/contact.ts"));
  ({ forgetEverything: forget } = await import("#client/api/private-data.ts"));
  const who: Partial<Parameters<typeof session.accept>[0]> = { now: new Date(at).toISOString() };
  session.accept(who as Parameters<typeof session.accept>[0]);
}

async function shown(): Promise<string | null | undefined> {
  tonight.ensure();
  await vi.waitFor(() => expect(tonight.store.get().status).toBe("ready"));
  const resource = tonight.store.get();
  return "value" in resource ? resource.value.contact : undefined;
}

test("an answer that came with the code is shown, as old as its question, and asked for again from then on", async () => {
  await open(Promise.resolve(Response.json(reply(at + 1, "ahead"))), 4 * minuteMs);
  expect(await shown()).toBe("ahead");
  expect(asked).toEqual([]);
  expect(contact.get()).toEqual({ state: "stale", minutes: 4 });
  tonight.reload();
  expect(await shown()).toBe("asked by the page");
  expect(asked).toEqual(["/api/tonight"]);
});

test.each([
  ["older than the session", async () => Response.json(reply(at - 1, "ahead"))],
  ["refused, under a lock or signed out", async () => new Response(null, { status: 423 })],
  ["no answer", async () => Promise.reject(new TypeError("Failed to fetch"))],
  ["not what it should be", async () => Response.json({ at: "now" })],
] as const)("one that is %s is asked for again", async (_what, answer) => {
  await open(answer());
  expect(await shown()).toBe("asked by the page");
  expect(asked).toEqual(["/api/tonight"]);
});

test("whoever comes after a sign-out is never shown it", async () => {
  await open(Promise.resolve(Response.json(reply(at + 1, "ahead"))));
  forget();
  expect(await shown()).toBe("asked by the page");
});
