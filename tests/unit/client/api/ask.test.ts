import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { ask, askThen } from "#client/api/ask.ts";
import { call } from "#core/contract/call.ts";

const asked: { path: string; method: string; body: unknown }[] = [];
let answer: () => Response;

beforeEach(() => {
  asked.length = 0;
  answer = () => Response.json({ id: 4 });
  vi.stubGlobal("fetch", async (path: string, { method, body }: RequestInit) => {
    const said = typeof body === "string" ? (JSON.parse(body) as unknown) : body;
    asked.push({ path, method: method ?? "GET", body: said });
    return answer();
  });
});
afterEach(() => vi.unstubAllGlobals());

const reply = z.strictObject({ id: z.int() });
const calls = {
  read: call("GET /api/plans/:code/days/:day", {
    params: { code: z.string() },
    query: z.object({ from: z.string(), to: z.string().optional() }),
    reply,
  }),
  add: call("POST /api/wards", { query: z.object({ kind: z.string() }), reply }),
  change: call("PUT /api/plans/:id", { body: z.object({ name: z.string() }), reply }),
};

test("names go into the address, the query behind it, and the body as JSON or a file as it is", async () => {
  const query = { from: "1 May", to: undefined };
  expect(await ask(calls.read, { code: "a/b&c", day: 3, query })).toEqual({ id: 4 });
  await ask(calls.change, { id: 7, body: { name: "Fore Street" } });
  const file = new Blob(["wards"]);
  await ask(calls.add, { query: { kind: "ward" } }, { file });
  expect(asked).toMatchObject([
    { path: "/api/plans/a%2Fb%26c/days/3?from=1+May", method: "GET", body: null },
    { path: "/api/plans/7", method: "PUT", body: { name: "Fore Street" } },
    { path: "/api/wards?kind=ward", method: "POST", body: file },
  ]);
});

test("a reply that is another than was said is a fault, and no value", async () => {
  answer = () => Response.json({ id: "four" });
  await expect(ask(calls.change, { id: 7, body: { name: "" } })).rejects.toThrow();
});

test("what a call may have changed is read again, whether it was done or refused", async () => {
  const reload = vi.fn();
  const askPlans = askThen(reload);
  await askPlans(calls.change, { id: 7, body: { name: "" } });
  expect(reload).toHaveBeenCalledTimes(1);
  answer = () =>
    Response.json(
      { type: "about:blank", title: "Someone else saved first", status: 409, detail: "" },
      { status: 409, headers: { "content-type": "application/problem+json" } },
    );
  const refused = askPlans(calls.change, { id: 7, body: { name: "" } });
  await expect(refused).rejects.toMatchObject({ title: "Someone else saved first" });
  expect(reload).toHaveBeenCalledTimes(2);
});
