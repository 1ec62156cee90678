import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createMetrics, serveMetrics } from "#server/app/metrics.ts";
import { type Database, wrapDatabase } from "#server/db/database.ts";
import { createRequestCounts } from "#server/http/request-counts.ts";
import { ownVersion } from "#server/version.ts";
import { openTestApp } from "#tests/support/app.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { listenLive } from "#tests/support/live.ts";
import { routeRights } from "#tests/support/route-rights.ts";

/** All that a label may say: nothing of a person, a place, a file or a query. */
const closedList: Readonly<Record<string, readonly string[]>> = {
  method: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "any"],
  route: [
    ...Object.entries(routeRights)
      .filter(([, mayCall]) => !/\b(public|signed-in|partner)\b/.test(mayCall))
      .map(([route]) => route.split(" ")[1] ?? ""),
    "/healthz",
    "/readyz",
    "shared",
  ],
  status: ["1xx", "2xx", "3xx", "4xx", "5xx"],
  outcome: ["done", "failed"],
  le: ["0.01", "0.03", "0.1", "0.3", "1", "3", "10", "30", "+Inf"],
  version: [ownVersion()],
};

/** Work of the machine, whoever asked for it; and an age, which is compared by itself. */
const ofTheProcess = /^(process|nodejs|boxster_pool|boxster_audit_head_age)_/;
const tuesday = {
  everyWeeks: 1,
  firstDate: "2021-12-07",
  start: "19:00",
  end: "21:00",
  until: null,
};

interface Place {
  readonly id: string;
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

onOneEngine(
  "metrics",
  ({ db }) => {
    /** How far the clock of the counts is ahead. */
    const ahead = { ms: 0 };
    async function open(database: Database = db()) {
      const counts = createRequestCounts(() => Date.now() + ahead.ms);
      const app = await openTestApp(db(), { counts });
      ends.push(app.close);
      const metrics = createMetrics({ ...app.services, db: database }, counts);
      const server = await serveMetrics({ host: "127.0.0.1", port: 0 }, metrics);
      ends.push(server.close);
      const address = `http://127.0.0.1:${server.port}`;
      return {
        app,
        port: server.port,
        address,
        scrape: async () => read(await fetch(`${address}/metrics`)),
      };
    }

    test("a scrape tells what the server does, and no label of it is outside a closed list", async () => {
      const { app, scrape } = await open();
      const before = await scrape();
      const analyst = await app.as("analyst");
      expect((await analyst.get("/api/events")).statusCode).toBe(200);
      expect((await analyst.get("/api/events?place=Fore%20Street")).statusCode).toBe(400);
      const imported = await analyst.inject({
        method: "POST",
        url: "/api/imports?fileName=Smith.csv&dryRun=true&kind=complaint&source=resident",
        headers: { "content-type": "text/csv" },
        payload: "date,latitude,longitude\n2021-10-01,51.618,-0.0632\n2021-10-02,51.618,-0.0632\n",
      });
      expect(imported.statusCode).toBe(200);
      for (const url of ["/api/people/Smith", "/Fore-Street", "/api/imports/7?who=Smith"]) {
        await app.stranger.get(url);
      }
      const after = await scrape();
      const grown = (name: string) =>
        (after.values.get(name) ?? 0) - (before.values.get(name) ?? 0);
      expect({
        read: grown('boxster_http_requests_total{method="GET",route="/api/events",status="2xx"}'),
        refused: grown(
          'boxster_http_requests_total{method="GET",route="/api/events",status="4xx"}',
        ),
        timed: grown('boxster_http_request_seconds_count{route="/api/events"}'),
        within: grown('boxster_http_request_seconds_bucket{route="/api/events",le="30"}'),
        atAll: grown('boxster_http_request_seconds_bucket{route="/api/events",le="+Inf"}'),
        unknown: grown('boxster_http_requests_total{method="any",route="shared",status="4xx"}'),
        imports: grown('boxster_imports_total{outcome="done"}'),
        rows: grown("boxster_imports_rows_total"),
      }).toEqual({
        read: 1,
        refused: 1,
        timed: 2,
        within: 2,
        atAll: 2,
        unknown: 0,
        imports: 1,
        rows: 2,
      });
      expect(after.values.get("boxster_database_up")).toBe(1);
      expect(after.values.get("boxster_audit_head_age_seconds")).toBeLessThan(60);
      expect(after.values.get("process_resident_memory_bytes")).toBeGreaterThan(1e7);
      expect(after.values.get("boxster_pool_open")).toBeGreaterThan(0);
      const stray = after.labels.filter(([name, value]) => !closedList[name]?.includes(value));
      expect(stray).toEqual([]);
      // What the alerts ask for is there.
      const alerts = readFileSync(new URL("../../../deploy/alerts.yml", import.meta.url), "utf8");
      const asked = [...alerts.matchAll(/\bboxster_\w+/g)].map(([name]) => name);
      expect(asked.length).toBeGreaterThan(5);
      expect(asked.filter((name) => !new RegExp(`^${name}[ {]`, "m").test(after.text))).toEqual([]);
      expect(after.text).not.toMatch(/Smith|Fore|fileName|analyst/);
    });

    test("nothing that a partner does moves a number: of what it may call whole days are told", async () => {
      const { app, scrape } = await open();
      const analyst = await app.as("analyst");
      expect((await analyst.get("/api/events")).statusCode).toBe(200);
      const before = await scrape();
      const live = await listenLive(app.app);
      const screen = await live.open(await live.signIn("partner", "a"));
      ends.push(screen.close);
      const partner = await app.as("partner", "a");
      await partner.get("/");
      const { places } = (await partner.get("/api/outreach/places")).json<{ places: Place[] }>();
      const saved = await partner.send("POST", "/api/outreach/sessions", {
        placeId: places[0]?.id,
        rule: { ...tuesday, repeats: "weekly" },
      });
      expect(saved.statusCode, saved.body).toBe(200);
      const refused = await partner.send("POST", "/api/outreach/sessions", {});
      expect(refused.statusCode).toBe(400);
      expect((await app.stranger.get("/api/session")).statusCode).toBe(200);
      const after = await scrape();
      const said = ({ values }: typeof after) =>
        new Map([...values].filter(([name]) => !ofTheProcess.test(name)));
      expect(said(after)).toEqual(said(before));
      const age = "boxster_audit_head_age_seconds";
      expect(after.values.get(age)).toBeGreaterThan(before.values.get(age) ?? 0);
      ahead.ms = 86_400_000;
      const shared = 'boxster_http_requests_total{method="any",route="shared",status="2xx"}';
      const nextDay = await scrape();
      expect(nextDay.values.get(shared)).toBeGreaterThan(4);
      await partner.get("/api/outreach/sessions");
      expect((await scrape()).values.get(shared)).toBe(nextDay.values.get(shared));
      expect(nextDay.labels.filter(([name, value]) => !closedList[name]?.includes(value))).toEqual(
        [],
      );
    });

    test("a database that fails, or does not answer, is told so, and all else is there", async () => {
      const failing = await open(wrapDatabase(db(), () => Promise.reject(new Error("on purpose"))));
      let asked = 0;
      const hanging = await open(
        wrapDatabase(db(), () => {
          asked += 1;
          return new Promise(() => undefined);
        }),
      );
      const replies = await Promise.all([failing.scrape(), hanging.scrape(), hanging.scrape()]);
      for (const { values } of replies) {
        expect(values.get("boxster_database_up")).toBe(0);
        expect(values.has("boxster_audit_head_age_seconds")).toBe(false);
        expect(values.has("process_cpu_seconds_total")).toBe(true);
      }
      expect(asked).toBe(1);
    });

    test("nothing else is on that port, it is not on the page's, and a port in use is refused in words", async () => {
      const { app, address, port } = await open();
      const statuses = async (method: string, path: string) =>
        (await fetch(`${address}${path}`, { method })).status;
      expect(await statuses("GET", "/")).toBe(404);
      expect(await statuses("GET", "/api/session")).toBe(404);
      expect(await statuses("POST", "/metrics")).toBe(405);
      const own = await app.stranger.get("/metrics");
      expect(own.body).not.toContain("boxster_http_requests_total");
      await expect(serveMetrics({ host: "127.0.0.1", port }, async () => "")).rejects.toThrow(
        `Port ${port} is in use. Stop the other program, or set BOXSTER_METRICS_PORT to another number.`,
      );
    });

    test("a caller who holds its connection open does not hold up the end", async () => {
      const server = await serveMetrics({ host: "127.0.0.1", port: 0 }, async () => "");
      const held = connect(server.port, "127.0.0.1");
      await new Promise((resolve) => held.once("connect", resolve));
      await server.close();
      held.destroy();
    });
  },
  fillDemo,
);

async function read(reply: Response) {
  expect(reply.status).toBe(200);
  expect(reply.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await reply.text();
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const values = new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(" ");
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
  const labels = [...text.matchAll(/([a-z]+)="((?:[^"\\]|\\.)*)"/g)].map(
    ([, name = "", value = ""]) => [name, value] as const,
  );
  return { text, values, labels };
}
