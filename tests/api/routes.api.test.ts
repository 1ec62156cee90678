import { afterAll, beforeAll, expect, test } from "vitest";
import { roles } from "#core/model/role.ts";
import type { Route } from "#server/http/route.ts";
import { allRoutes } from "#server/routes/routes.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { routeRights } from "#tests/support/route-rights.ts";

/** Routes that a stranger may call; a new one is a decision, made here. */
const openToAll = [
  "POST /api/session/device",
  "POST /api/session/pin",
  "GET /api/session/provider",
  "GET /api/session/provider/return",
  "GET /api/public/releases",
  "GET /api/public/releases/latest",
  "GET /api/public/releases/:number",
  "GET /api/session",
  "POST /api/session",
  "DELETE /api/session",
  "POST /api/session/unlock",
  "POST /api/session/set-up",
];

onOneEngine("every route has its audience", ({ db }) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(db());
  });
  afterAll(() => app.close());

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

  test("only the session routes and what was released serve a stranger", async () => {
    expect(allRoutes.filter((route) => route.audience === "public").map(nameOf)).toEqual(openToAll);
    for (const route of allRoutes.filter((one) => one.audience !== "public")) {
      const reply = await app.stranger.inject({ method: route.method, url: urlOf(route) });
      expect(reply.statusCode, nameOf(route)).toBe(401);
    }
  });

  test("every other role is refused by every route that does not name it", async () => {
    for (const role of roles) {
      const caller = await app.as(role);
      for (const route of allRoutes) {
        if (typeof route.audience === "string" || route.audience.includes(role)) continue;
        const reply = await caller.inject({ method: route.method, url: urlOf(route) });
        expect(reply.statusCode, `${role} ${nameOf(route)}`).toBe(403);
      }
    }
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
