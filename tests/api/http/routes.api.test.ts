import { beforeAll, describe, expect, test } from "vitest";
import { type Role, roles } from "#core/role.ts";
import type { ChainRow } from "#server/accounts/audit/chain.ts";
import { allRoutes } from "#server/app/routes.ts";
import type { Route } from "#server/http/route.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { routeRights } from "#tests/support/route-rights.ts";

/** Routes that a stranger may call; a new one is a decision, made here. */
const openToAll = [
  "GET /api/session/provider",
  "GET /api/session/provider/return",
  "GET /api/public/releases",
  "GET /api/public/releases/latest",
  "GET /api/public/releases/:number",
  "GET /api/public/law",
  "GET /api/public/releases/:number/csv",
  "GET /api/session",
  "POST /api/session",
  "DELETE /api/session",
  "POST /api/session/unlock",
  "POST /api/session/set-up",
  "POST /api/session/device",
  "POST /api/session/pin",
  "POST /api/session/passkey-challenge",
  "POST /api/session/passkey",
  "POST /api/session/second-step",
];

onOneEngine("every route has its audience", ({ db }) => {
  const app = appWith(db);

  const nameOf = (route: Route) => `${route.method} ${route.url}`;
  const urlOf = (route: Route) => route.url.replace(/:\w+/g, "1");

  test("each states roles that exist, and no two share an address", () => {
    const names = allRoutes.map(nameOf);
    expect(new Set(names).size).toBe(names.length);
    for (const route of allRoutes) {
      if (typeof route.audience === "string") continue;
      expect(route.audience.length, nameOf(route)).toBeGreaterThan(0);
      for (const role of route.audience) expect(roles).toContain(role);
    }
  });

  test("each serves the roles that the page written by hand says, no more and no fewer", () => {
    const stated = allRoutes.map((route) => [nameOf(route), [route.audience].flat().join(" ")]);
    expect(Object.fromEntries(stated)).toEqual(routeRights);
  });

  test("only the session routes, what was released and the map under it serve a stranger", async () => {
    expect(allRoutes.filter((route) => route.audience === "public").map(nameOf)).toEqual(openToAll);
    for (const route of allRoutes.filter((one) => one.audience !== "public")) {
      const reply = await app.stranger.inject({ method: route.method, url: urlOf(route) });
      expect(reply.statusCode, nameOf(route)).toBe(401);
    }
  });

  describe("each role at each route that is not for it", () => {
    const notFor = (role: Role) =>
      allRoutes.filter(
        ({ audience }) => typeof audience !== "string" && !(audience as string[]).includes(role),
      );
    const tried: { role: Role; statuses: [string, number][]; lines: ChainRow[] }[] = [];
    beforeAll(async () => {
      for (const role of roles) {
        const caller = await app.as(role);
        const before = await lastId(db());
        const statuses: [string, number][] = [];
        for (const route of notFor(role)) {
          const reply = await caller.inject({ method: route.method, url: urlOf(route) });
          statuses.push([nameOf(route), reply.statusCode]);
        }
        tried.push({ role, statuses, lines: await linesAfter(db(), before) });
      }
    });

    test("every other role is refused by every route that does not name it", () => {
      for (const { role, statuses } of tried) {
        expect(statuses, role).toEqual(notFor(role).map((route) => [nameOf(route), 403]));
      }
    });

    test("each role's call of each route that is not for it is one line, refused", () => {
      for (const { role, lines } of tried) {
        const noted = notFor(role).flatMap(({ audit }) => ("none" in audit ? [] : [audit]));
        expect(lines, role).toMatchObject(
          noted.map((note) => ({ ...note, role, outcome: "refused", detail: '{"status": 403}' })),
        );
      }
    });
  });

  test("the OpenAPI document lists every route with its audience", async () => {
    const document = (await app.stranger.get("/api/openapi.json")).json<{
      paths: Record<string, Record<string, { "x-audience": unknown }>>;
    }>();
    for (const route of allRoutes) {
      const path = route.url.replace(/:(\w+)/g, "{$1}");
      expect(document.paths[path]?.[route.method.toLowerCase()]?.["x-audience"]).toEqual(
        route.audience,
      );
    }
  });
});
