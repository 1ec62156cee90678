import { beforeAll, describe, expect, test } from "vitest";
import type { ChainRow } from "#server/accounts/audit/chain.ts";
import { verifyChain } from "#server/accounts/audit/verify.ts";
import { allRoutes } from "#server/app/routes.ts";
import { ownerActor } from "#server/db/database.ts";
import type { Route } from "#server/http/route.ts";
import type { TestApp } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import type { SampleState } from "#tests/support/audit-sample.ts";
import { auditSamples } from "#tests/support/audit-samples.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { raiseAlert } from "#tests/support/watch.ts";

const nameOf = ({ method, url }: Route) => `${method} ${url}`;
const noted = allRoutes.flatMap((route) =>
  "none" in route.audit ? [] : [{ route, note: route.audit }],
);

/**
 * Some need an account of one's own (session-ends.api.test.ts, devices.api.test.ts, push.api.test.ts, second-factor*.api.test.ts), two persons or a
 * calendar that is out of date (partner-care.api.test.ts) or a shift that is over (debrief.api.test.ts);
 * after a new partner nobody gets a suggestion any more (accounts.api.test.ts); streets must be there first (streets.api.test.ts);
 * a patrol must have been lost (plan-lost.test.ts), and what is refused is below.
 */
const calledElsewhere = [
  "POST /api/plans/:planId/windows/:windowId/dismiss",
  "DELETE /api/sign-ins/:id",
  "POST /api/accounts/:id/second-factor/clearing",
  "POST /api/second-factor/clearings/:id/confirm",
  "DELETE /api/second-factor/clearings/:id",
  "POST /api/second-factor/told",
  "POST /api/second-factor/passkeys",
  "DELETE /api/second-factor/passkeys/:id",
  "POST /api/second-factor/app",
  "PUT /api/second-factor/app",
  "DELETE /api/second-factor/app",
  "POST /api/second-factor/recovery-codes",
  "PUT /api/push",
  "DELETE /api/push",
  "POST /api/accounts/:id/device-link",
  "DELETE /api/devices/:id",
  "POST /api/devices/link",
  "POST /api/outreach/sessions/:id/second",
  "POST /api/coordinator/partners/:code/remind",
  "POST /api/partners",
  "PUT /api/debriefs",
  "PUT /api/tonight/stays/:key",
  "POST /api/tonight/seen",
  "POST /api/warden/windows/agree",
  "POST /api/warden/windows/withdraw",
  "PATCH /api/warden/windows/:planId/:windowId",
  "GET /api/warden/briefing",
  "GET /api/warden/numbers/:number",
  "GET /api/hotspots/streets",
];

/** A number, a date, a code or a short list of codes: nothing that could carry content. */
const plain = /^[\w,.:-]{0,64}$/;

onOneEngine(
  "every call has its line",
  ({ db }) => {
    const app = appWith(db);
    const seen: ChainRow[] = [];
    beforeAll(async () => {
      // Of residents' reports alone: with a partner's among them nothing would cross the line.
      await raiseAlert(db(), { residents: 12 });
      await raiseAlert(db());
    });

    const lineOf = async (act: () => Promise<unknown>) => {
      const before = await lastId(db());
      await act();
      return linesAfter(db(), before);
    };

    test("every route with a note is called below, and a route without one says why", () => {
      const called = [...auditSamples.map(({ route }) => route), ...calledElsewhere];
      expect(new Set(called)).toEqual(new Set(noted.map(({ route }) => nameOf(route))));
      for (const route of allRoutes) {
        if ("none" in route.audit)
          expect(route.audit.none.length, nameOf(route)).toBeGreaterThan(8);
      }
    });

    test("each signed-in call leaves exactly one line: who, verb, act, purpose, outcome, about what", async () => {
      const state: SampleState = {};
      const callers = new Map<string, Awaited<ReturnType<TestApp["as"]>>>();
      for (const sample of auditSamples) {
        const { as, call, keep, says } = sample;
        const caller = callers.get(as) ?? (await app.as(as));
        callers.set(as, caller);
        const before = await lastId(db());
        const reply = await call(caller, state);
        expect(reply.statusCode, `${sample.route}: ${reply.body.slice(0, 300)}`).toBe(200);
        keep?.(reply, state);
        const { note } = noted.find(({ route }) => nameOf(route) === sample.route) ?? {};
        const lines = await linesAfter(db(), before);
        expect(lines, sample.route).toMatchObject([
          {
            role: as,
            person: as === "partner" ? "demonstration partner a" : `demonstration ${as}`,
            partner: { partner: "a", warden: "enfield-wardens" }[as as string] ?? null,
            verb: note?.verb,
            purpose: sample.purpose ?? note?.purpose,
            outcome: "done",
          },
        ]);
        const detail = JSON.parse(lines[0]?.detail ?? "{}") as Record<string, unknown>;
        expect(Object.keys(detail).sort(byText), sample.route).toEqual(
          says.split(" ").filter(Boolean).sort(byText),
        );
        seen.push(...lines);
      }
    });

    test("a line holds no personal data beyond person and role: no name, label, place or content", async () => {
      expect(seen.length).toBe(auditSamples.length);
      for (const line of seen) {
        for (const [name, value] of Object.entries(
          JSON.parse(line.detail) as Record<string, unknown>,
        )) {
          expect(name, line.act).toMatch(/^[a-zA-Z]{2,20}$/);
          expect(String(value), `${line.act}: ${name}`).toMatch(plain);
          // An H3 cell is fifteen hexadecimal digits.
          expect(String(value), `${line.act}: ${name}`).not.toMatch(/^8[0-9a-f]{14}$/);
        }
      }
      const all = JSON.stringify(seen);
      for (const word of ["elm", "oak", "of-somebody", "Fore Street", "Edmonton"]) {
        expect(all).not.toContain(word);
      }
      const names = await db().transaction(ownerActor, (tx) =>
        tx.query<{ word: string }>(
          "select name as word from partner union select label from saved_place",
        ),
      );
      for (const { word } of names) expect(all).not.toContain(word);
    });

    // Each role's call of each route that is not for it: routes.api.test.ts.
    describe("refusals", () => {
      test("a stranger has no line: there is no person", async () => {
        const lines = await lineOf(async () => {
          for (const { route } of noted) {
            const url = route.url.replace(/:\w+/g, "1");
            await app.stranger.inject({ method: route.method, url });
          }
        });
        expect(lines).toEqual([]);
      });

      test("whoever asks again and again whether a time is free leaves a line each time", async () => {
        const sergeant = await app.as("sergeant");
        const made = await sergeant.send("POST", "/api/plans/suggest", {
          from: "2021-12-03",
          days: 2,
          units: 2,
          seed: 3,
        });
        const last = JSON.parse(made.body.trim().split("\n").at(-1) ?? "") as {
          plan: { id: string; windows: { id: string; start: string; end: string }[] };
        };
        const [window] = last.plan.windows;
        const lines = await lineOf(async () => {
          for (let probe = 0; probe < 5; probe += 1) {
            const later = (at: string | undefined) =>
              new Date(Date.parse(at ?? "") + (probe + 6) * 3_600_000).toISOString();
            const reply = await sergeant.send(
              "PATCH",
              `/api/plans/${last.plan.id}/windows/${window?.id}`,
              { start: later(window?.start), end: later(window?.end) },
            );
            expect(reply.json()).toMatchObject({ ok: false });
          }
        });
        expect(lines.map(({ outcome }) => outcome)).toEqual(Array(5).fill("refused"));
        for (const { detail } of lines) {
          // The times asked for would tell, line by line, what is closed.
          expect(Object.keys(JSON.parse(detail) as object)).toEqual(["plan", "window"]);
        }
      });

      test("what is not there, not understood or in conflict is a line with its status", async () => {
        const sergeant = await app.as("sergeant");
        const analyst = await app.as("analyst");
        const of = async (act: () => Promise<unknown>) =>
          (await lineOf(act)).map(({ outcome, detail }) => ({
            outcome,
            status: (JSON.parse(detail) as { status?: number }).status,
          }));
        const refused = (status: number) => [{ outcome: "refused", status }];
        expect(await of(() => analyst.send("DELETE", "/api/imports/999999"))).toEqual(refused(404));
        expect(await of(() => sergeant.send("POST", "/api/plans/999999/agree", {}))).toEqual(
          refused(404),
        );
        const lost = "/api/plans/999999/windows/w1/dismiss";
        expect(await of(() => sergeant.send("POST", lost, { dismissed: true }))).toEqual(
          refused(409),
        );
        expect(await of(() => sergeant.get("/api/hotspots?from=1"))).toEqual(refused(400));
        expect(await of(() => analyst.get("/api/displacement?operation=none"))).toEqual(
          refused(404),
        );
        expect(
          await of(() =>
            sergeant.send("POST", "/api/plans/suggest", { from: "2021-01-04", days: 1, units: 1 }),
          ),
        ).toEqual(refused(422));
        const upload = (query: string, payload: string) =>
          analyst.inject({
            method: "POST",
            url: `/api/imports?fileName=x.csv${query}`,
            headers: { "content-type": "application/octet-stream" },
            payload,
          });
        expect(await of(() => upload("", '"never closed'))).toEqual(refused(422));
      });

      test("a dry run leaves its line though all else of it is taken back", async () => {
        const analyst = await app.as("analyst");
        const lines = await lineOf(() =>
          analyst.inject({
            method: "POST",
            url: "/api/imports?fileName=x.csv&dryRun=true",
            headers: { "content-type": "application/octet-stream" },
            payload:
              "Date,Latitude,Longitude,Kind,Category\n2021-06-05,51.6179,-0.0631,complaint,asb",
          }),
        );
        expect(lines).toMatchObject([{ act: "import a file", outcome: "done" }]);
        expect(JSON.parse(lines[0]?.detail ?? "")).toMatchObject({ dryRun: true, batch: null });
      });
    });

    test("the chain that came of all this holds", async () => {
      const auditor = { person: "an auditor", role: "auditor", partner: null } as const;
      expect(await verifyChain(db(), auditor)).toMatchObject({ ok: true });
    });
  },
  fillDemo,
);

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
