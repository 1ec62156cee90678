import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { type PlanReply, planReply } from "#core/patrols/wire/plan.ts";
import type { LatticePlace } from "#core/protected-time/lattice.ts";
import type { Random } from "#core/random.ts";
import { addDays, hourMs, minuteMs } from "#core/time/zone.ts";
import { pushCommand } from "#server/accounts/commands/push.ts";
import type { Services } from "#server/acts/services.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { liveHub } from "#server/live/live.ts";
import { addTestAccount, sessionOf } from "#tests/support/accounts.ts";
import { addWardens, type TestCaller } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { listenLive } from "#tests/support/live.ts";
import { planAsAt } from "#tests/support/plan-database.ts";
import type { PushService } from "#tests/support/push-service.ts";

/** What partners have saved; police are shown the union of all of it and nothing else. */
export interface World {
  readonly partners: readonly {
    readonly code: "a" | "b";
    readonly name: string;
    readonly places: readonly {
      readonly label: string;
      readonly spot: LatticePlace;
      readonly times: readonly (readonly [start: string, end: string])[];
    }[];
  }[];
}

interface Night {
  readonly db: Database;
  readonly services: Services;
  readonly service: PushService;
  readonly app: FastifyInstance;
  readonly world: World;
  readonly as: (role: "sergeant" | "partner" | "warden", partner?: string) => Promise<TestCaller>;
  readonly hear: (
    name: string,
    reply: { statusCode: number; body: string },
  ) => { statusCode: number; body: string };
  readonly dice: Random;
  readonly today: string;
  readonly pass: (ms: number) => void;
}

const wardens = "enfield-wardens";
/** Longer than patrols that are lost are gathered for one message. */
const gatheredMs = 4_500;

/**
 * An evening as it is walked, by officers and wardens: taps of every kind and order, while sessions come late. All that either
 * reads, hears on an open screen, or is woken by.
 */
export async function oneNight({ db, services, service, app, ...night }: Night): Promise<void> {
  const { world, as, hear, dice, today, pass } = night;
  const sergeant = await as("sergeant");
  const body = { from: today, days: 1, units: 2, seed: 7 };
  const plan = lastPlan(
    hear("night", await sergeant.send("POST", "/api/plans/suggest", body)).body,
  );
  if (!plan) return;
  hear("night agreed", await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {}));
  await handOver(db, plan);
  const warden = await as("warden");
  const walkers = [
    { name: "sergeant", caller: sergeant, windows: plan.windows.filter(isOfPolice) },
    { name: "warden", caller: warden, windows: plan.windows.filter((one) => !isOfPolice(one)) },
  ];
  const tell = async () => {
    for (const { name, caller } of walkers) {
      for (const path of [...paths, `/api/debriefs?from=${today}&days=1`])
        hear(`${name}\u2019s ${path}`, await caller.get(path));
    }
    const own = `/api/warden/windows?from=${today}&days=2`;
    hear("own windows", await warden.get(own));
  };
  pass(6.5 * hourMs);
  await tell();
  const pockets = await openPockets(db, services, service, app);
  await lateSessions(world, as, async () => {
    await wait(gatheredMs);
    for (const line of pockets.news()) hear(line, { statusCode: 200, body: "" });
  });
  pockets.close();
  for (let quarter = 0; quarter < 20; quarter += 1) {
    await tell();
    pass(15 * minuteMs);
    for (const { name, caller, windows } of walkers) {
      const window = windows[dice.integer(windows.length)];
      const ref = { planId: plan.id, windowId: window?.id };
      const key = `00000000-0000-4000-8000-${String(dice.integer(9)).padStart(12, "0")}`;
      const arrivedAgo = dice.integer(7_200);
      const leftAgo = dice.next() < 0.5 ? null : dice.integer(arrivedAgo + 1);
      const isAnswer = dice.next() < 0.5;
      const stay = { ...ref, order: 1 + dice.integer(4), arrivedAgo, leftAgo, isAnswer };
      const send = () => caller.send("PUT", `/api/tonight/stays/${key}`, stay);
      hear(`${name}: stay`, await send());
      hear(`${name}: stay again`, await send());
      if (dice.next() < 0.2)
        hear(`${name}: no stay`, await caller.send("DELETE", `/api/tonight/stays/${key}`));
      const seen = { windows: [ref] };
      hear(`${name}: seen`, await caller.send("POST", "/api/tonight/seen", seen));
    }
  }
  for (const { name, caller, windows } of walkers) {
    for (const { id: windowId } of windows) {
      const seen = { windows: [{ planId: plan.id, windowId }] };
      hear(`${name}: seen`, await caller.send("POST", "/api/tonight/seen", seen));
    }
  }
  await tell();
}

const paths = ["/api/tonight", "/api/keep-clear/notices", "/api/keep-clear"];

/** Every second patrol is walked by wardens. */
const isOfPolice = ({ id }: PlanReply["windows"][number]) => Number(id.slice(1)) % 2 === 1;

async function handOver(db: Database, { id, windows }: PlanReply): Promise<void> {
  await addWardens(db, wardens);
  const theirs = windows.filter((one) => !isOfPolice(one)).map((one) => one.id);
  await db.transaction(ownerActor, (tx) =>
    tx.query(
      `update patrol_window set patrol_partner = $3::text, unit = 100 + unit
        where plan_id = $1::bigint and label = any($2::text[])`,
      [id, theirs, wardens],
    ),
  );
}

/** Phones in pockets and screens that are left open: what came to each since it was last asked. */
async function openPockets(
  db: Database,
  services: Services,
  service: PushService,
  app: FastifyInstance,
) {
  await runCommand(services, pushCommand, {
    positionals: ["setup"],
    values: { contact: "mailto:desk@example.test" },
  });
  await liveHub(services);
  for (const [name, more] of [
    ["o.phone", {}],
    ["w.phone", { role: "warden", patrolPartner: wardens }],
  ] as const) {
    await addTestAccount(db, { name, ...more, withoutPassword: true });
    const caller = await sessionOf({ services, app } as Parameters<typeof sessionOf>[0], name);
    const endpoint = service.addressOf(name);
    await done(caller.send("PUT", "/api/push", { endpoint }));
  }
  const server = await listenLive(app);
  const roles = ["sergeant", "warden"] as const;
  const screens = await Promise.all(
    roles.map(async (role) => ({ role, screen: await server.open(await server.signIn(role)) })),
  );
  let heard = screens.map(() => 0);
  return {
    /** Nothing where nothing came: how many sessions there were is no news. */
    news: () => {
      const looks = screens.map(({ role, screen }, at) => {
        const topics = [...new Set(screen.looks.slice(heard[at]))].sort();
        return `${role} hears ${topics.join(" ")}`;
      });
      heard = screens.map(({ screen }) => screen.looks.length);
      const pushes = service.pushed.map(
        ({ path, body: sent, headers }) =>
          `${path} ${sent.length} ${JSON.stringify(headers["content-length"])}`,
      );
      service.forget();
      const all = [...looks.filter((line) => !line.endsWith("hears ")), ...pushes.sort()];
      return all.length === 0 ? [] : [`news: ${all.join("; ")}`];
    },
    close: () => {
      for (const { screen } of screens) screen.close();
    },
  };
}

/** What the world closes each week, today as well; and behind what police are shown, of one partner more. */
async function lateSessions(
  { partners }: World,
  as: (role: "partner", partner: string) => Promise<TestCaller>,
  settle: () => Promise<void>,
): Promise<void> {
  for (const { code, places } of partners) {
    const caller = await as("partner", code);
    const { places: saved } = (await done(caller.get("/api/outreach/places"))) as {
      places: { id: string; label: string }[];
    };
    const save = async (label: string, firstDate: string, start: string, end: string) => {
      const placeId = saved.find((one) => one.label === label)?.id;
      const rule = { repeats: "once", firstDate, start, end };
      await done(caller.send("POST", "/api/outreach/sessions", { placeId, rule }));
      await settle();
    };
    for (const { label, times } of places) {
      for (const [start, end] of times) await save(label, planAsAt, start, end);
      if (code === "b") await save(label, addDays(planAsAt, 60), "18:00", "23:00");
    }
  }
}

export interface Saved {
  readonly id: string;
}

export async function done(call: Promise<{ statusCode: number; body: string }>): Promise<unknown> {
  const { statusCode, body } = await call;
  if (statusCode !== 200) throw new Error(body);
  return JSON.parse(body);
}

export function lastPlan(body: string): PlanReply | null {
  const last = body.trim().split("\n").at(-1) ?? "";
  const message = last.startsWith("{")
    ? (JSON.parse(last) as { type?: string; plan?: object })
    : {};
  if (message.type !== "plan") return null;
  const plan = planReply.parse(message.plan);
  if (plan.stopped === "time") throw new Error("A plan ran out of time: it cannot be compared");
  return plan;
}
