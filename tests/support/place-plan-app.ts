import { beforeAll, expect } from "vitest";
import * as wire from "#core/place-plans/wire/place-plans.ts";
import type { Database } from "#server/db/database.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { pinQuery, planBody } from "#tests/support/place-plans.ts";

/** The server with a caller of each role that has to do with place plans, and what they ask it. */
export function placePlanApp(db: () => Database) {
  const app = appWith(db);
  const callers = {} as Record<
    "sergeant" | "analyst" | "coordinator" | "auditor" | "a" | "b",
    TestCaller
  >;
  let count = 0;
  beforeAll(async () => {
    for (const role of ["sergeant", "analyst", "coordinator", "auditor"] as const) {
      callers[role] = await app.as(role);
    }
    callers.a = await app.as("partner", "a");
    callers.b = await app.as("partner", "b");
  });

  const plansOf = async (caller: TestCaller) =>
    wire.placePlansReply.parse((await caller.get("/api/place-plans")).json()).plans;
  const one = async (caller: TestCaller, id: number): Promise<wire.PlacePlanReply> => {
    const found = (await plansOf(caller)).find((plan) => plan.id === id);
    if (!found) throw new Error(`Plan ${id} is not listed`);
    return found;
  };
  const add = async (more: object = {}) => {
    count += 1;
    const body = { ...planBody, name: `Place ${count}`, ...more };
    const reply = await callers.sergeant.send("POST", "/api/place-plans", body);
    expect(reply.statusCode, reply.body).toBe(200);
    return wire.placePlanKept.parse(reply.json());
  };
  const put = (caller: TestCaller, id: number, body: object) =>
    caller.send("PUT", `/api/place-plans/${id}`, body);
  const pin = async (id: number, cell: string | null, query: object = pinQuery) =>
    callers.analyst.send("POST", `/api/place-plans/${id}/figures`, { query, cell });
  const sharedOf = async (caller: TestCaller) =>
    wire.sharedPlansReply.parse((await caller.get("/api/outreach/place-plans")).json()).plans;
  const share = (id: number, partners: readonly string[]) =>
    callers.coordinator.send("PUT", `/api/place-plans/${id}/shares`, { partners });
  const comment = (caller: TestCaller, id: number, words: string) =>
    caller.send("POST", `/api/outreach/place-plans/${id}/comments`, { words });

  const services = () => app.services;
  return { services, callers, plansOf, one, add, put, pin, sharedOf, share, comment };
}
