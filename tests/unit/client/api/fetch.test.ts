import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { fetchJson, fetchLines, giveUpRequests } from "#client/api/fetch.ts";

const any = AbortSignal.any;
/** What was asked with, last. */
let asked: AbortSignal | null = null;
let answer: () => Promise<Response>;

beforeEach(() => {
  // As on phones before iOS 17.4 and Chrome 116.
  Reflect.deleteProperty(AbortSignal, "any");
  vi.stubGlobal("fetch", async (_path: string, { signal }: { readonly signal: AbortSignal }) => {
    asked = signal;
    signal.throwIfAborted();
    return new Promise<Response>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
      answer().then(resolve, reject);
    });
  });
});
afterEach(() => {
  AbortSignal.any = any;
  vi.unstubAllGlobals();
});

const never = () => new Promise<Response>(() => undefined);
const isGivenUp = { name: "AbortError" };

test("a phone that cannot join signals by itself asks all the same", async () => {
  answer = async () => Response.json(1);
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  expect(await fetchJson("/api/one", z.number(), { signal })).toBe(1);
  expect(added).toHaveBeenCalledTimes(1);
  expect(removed.mock.calls).toEqual(added.mock.calls);
  expect(await fetchJson("/api/one", z.number())).toBe(1);
  expect(await fetchJson("/api/one", z.number(), { signal, keepalive: true })).toBe(1);
});

test("what is on its way is given up by its caller, or with all else as its person leaves", async () => {
  answer = never;
  const caller = new AbortController();
  const first = fetchJson("/api/one", z.number(), { signal: caller.signal });
  caller.abort();
  await expect(first).rejects.toMatchObject(isGivenUp);
  const second = fetchJson("/api/one", z.number());
  giveUpRequests();
  await expect(second).rejects.toMatchObject(isGivenUp);
  await expect(fetchJson("/api/one", z.number(), { signal: caller.signal })).rejects.toMatchObject(
    isGivenUp,
  );
});

test("it is given up while its reply is read, too", async () => {
  const seen: number[] = [];
  answer = async () =>
    new Response(
      new ReadableStream({
        start: (stream) => {
          stream.enqueue(new TextEncoder().encode("1\n"));
          asked?.addEventListener("abort", () => stream.error(asked?.reason));
        },
      }),
    );
  const lines = fetchLines("/api/lines", z.number(), (line) => seen.push(line));
  await expect.poll(() => seen).toEqual([1]);
  giveUpRequests();
  await expect(lines).rejects.toMatchObject(isGivenUp);
});
