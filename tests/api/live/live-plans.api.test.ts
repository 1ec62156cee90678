import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, expect, test } from "vitest";
import { placePlanKept, placePlansReply } from "#core/place-plans/wire/place-plans.ts";
import { releasesReply } from "#core/releases/wire/releases.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { type LiveServer, listenLive, type OpenScreen } from "#tests/support/live.ts";
import { planBody } from "#tests/support/place-plans.ts";

/** Long enough for whatever was announced to have been worked through. */
const settled = 700;

const listening = ["sergeant", "analyst", "coordinator", "auditor"] as const;

onOneEngine(
  "open screens of plans and releases",
  ({ db }) => {
    const app = appWith(db);
    let server: LiveServer;
    const callers = {} as Record<(typeof listening)[number] | "a", TestCaller>;
    const screens = new Map<string, OpenScreen>();
    /** How much of what each heard was looked at. */
    const seen = new Map<string, number>();
    beforeAll(async () => {
      server = await listenLive(app.app);
      for (const role of listening) callers[role] = await app.as(role);
      callers.a = await app.as("partner", "a");
    });
    afterEach(() => {
      for (const screen of screens.values()) screen.close();
      screens.clear();
      seen.clear();
    });

    const openAll = async () => {
      for (const role of listening) {
        screens.set(role, await server.open(await server.signIn(role)));
      }
      screens.set("a", await server.open(await server.signIn("partner", "a")));
    };
    /** What each heard since the last time, once nothing more comes. */
    const heard = async () => {
      await wait(settled);
      return Object.fromEntries(
        [...screens].map(([role, { looks }]) => {
          const now = looks.slice(seen.get(role) ?? 0);
          seen.set(role, looks.length);
          return [role, [...new Set(now)].sort()];
        }),
      );
    };

    test("a kept plan is heard by those who read it, a partner's words by the coordinator alone until passed on", async () => {
      await openAll();
      const kept = await callers.sergeant.send("POST", "/api/place-plans", {
        ...planBody,
        name: "Place heard of",
      });
      const { id } = placePlanKept.parse(kept.json());
      const plans = { sergeant: ["place_plans"], analyst: ["place_plans"], auditor: [], a: [] };
      expect(await heard()).toEqual({ ...plans, coordinator: ["place_plans"] });

      await callers.coordinator.send("PUT", `/api/place-plans/${id}/shares`, { partners: ["a"] });
      const said = await callers.a.send("POST", `/api/outreach/place-plans/${id}/comments`, {
        words: "The lamps are out.",
      });
      expect(said.statusCode, said.body).toBe(200);
      const nobody = { sergeant: [], analyst: [], auditor: [], a: [] };
      expect(await heard()).toEqual({ ...nobody, coordinator: ["comments"] });

      const { plans: read } = placePlansReply.parse(
        (await callers.coordinator.get("/api/place-plans")).json(),
      );
      const comment = read.find((plan) => plan.id === id)?.sharing?.comments[0];
      const passed = await callers.coordinator.send(
        "POST",
        `/api/place-plans/${id}/comments/${comment?.id}/pass-on`,
      );
      expect(passed.statusCode, passed.body).toBe(200);
      expect(await heard()).toEqual({ ...plans, coordinator: ["comments", "place_plans"] });
    });

    test("a draft and what holds it are heard by analyst, auditor and coordinator; a partner hears that one waits, and of nothing that holds it", async () => {
      await openAll();
      const reply = await callers.analyst.send("POST", "/api/releases/drafts", {});
      const [draft] = releasesReply.parse(reply.json()).drafts;
      const all = { analyst: ["releases"], auditor: ["releases"], coordinator: ["releases"] };
      expect(await heard()).toEqual({ ...all, sergeant: [], a: ["drafts"] });
      await callers.coordinator.send("POST", `/api/releases/drafts/${draft?.id}/object`, {
        reason: "Not this month.",
      });
      expect(await heard()).toEqual({ ...all, sergeant: [], a: [] });
    });
  },
  fillDemo,
);
