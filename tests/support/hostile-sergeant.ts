import { createHash } from "node:crypto";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { type PlanReply, planReply, type WindowReply } from "#core/patrols/wire/plan.ts";
import type { LatticePlace } from "#core/protected-time/lattice.ts";
import { createRandom, type Random } from "#core/random.ts";
import { addDays, formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import { createApp } from "#server/app/app.ts";
import { type Database, ownerActor, systemActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import type { SolveLimits } from "#server/patrols/solver/highs.ts";
import type { PlanSolver } from "#server/patrols/solver/solver.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { type TestCaller, testServices } from "#tests/support/app.ts";
import { at, beside, circleAt, corner, london } from "#tests/support/outreach.ts";
import { fillReports, planAsAt } from "#tests/support/plan-database.ts";

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

const [lng, lat] = corner;

/** One partner with two places; the hatch is closed from 19:30 to 22:30. */
export const oneVan: World = {
  partners: [
    {
      code: "a",
      name: "North Van",
      places: [
        { label: "Tuesday van", spot: circleAt(corner), times: [["20:10", "21:50"]] },
        { label: "By the oak", spot: circleAt(beside, 120), times: [["20:10", "21:50"]] },
      ],
    },
  ],
};

/** The same hatch to the cell and the half hour, of two partners, other venues, sizes, minutes and numbers. */
export const twoVans: World = {
  partners: [
    {
      code: "a",
      name: "Harbour and Friends",
      places: [
        {
          label: "By the elm",
          // About 150 m from the corner, in its lattice cell.
          spot: circleAt([lng - 0.0008, lat - 0.0013], 145),
          times: [
            ["20:00", "22:00"],
            ["20:25", "21:31"],
          ],
        },
      ],
    },
    {
      code: "b",
      name: "Lantern",
      places: [
        {
          label: "Green gate",
          spot: circleAt([beside[0] + 0.0012, beside[1] + 0.0007]),
          times: [["20:03", "21:59"]],
        },
        // Of the first cell and a smaller class, so that it adds nothing to the hatch.
        {
          label: "The arch",
          spot: circleAt([lng - 0.001, lat - 0.0005], 25),
          times: [["20:29", "21:40"]],
        },
      ],
    },
  ],
};

/** Another hatch: shows that the comparison can fail. */
export const elsewhere: World = {
  partners: [
    {
      code: "a",
      name: "North Van",
      places: [
        {
          label: "Tuesday van",
          spot: circleAt([lng - 0.006, lat + 0.004], 100),
          times: [["20:10", "21:50"]],
        },
      ],
    },
  ],
};

export interface Attack {
  /** Suggestions, changes, agreements, numbers, papers and questions. */
  readonly steps: number;
  /** Of those, how many are suggestions. */
  readonly suggestions: number;
  /** Weeks that are planned, agreed, printed and exported after that. */
  readonly weeks: number;
  /** Of each as many days, from its Saturday on. */
  readonly daysOfWeek: number;
}

/**
 * A plan that runs out of time is whatever the machine got to: plans are compared that ended by how much was
 * proven of them, and so by the same work in both worlds.
 */
const byWorkAlone: SolveLimits = { gap: 0.05, seconds: 600 };

/** What every world has in common. */
export function fillAttacked(db: Database): Promise<void> {
  return fillReports(db);
}

/** Every answer that a sergeant gets who tries all there is, in the order in which they come; on what `fillAttacked` fills. */
export async function attack(db: Database, world: World, plan: Attack): Promise<string[]> {
  await db.transaction(systemActor, (tx) => writeSetting(tx, "demo", { asAt: planAsAt }));
  const opened = await testServices(db);
  let now = at(`${planAsAt}T12:00`);
  const asAt = {
    now: () => now,
    date: () => london.dateOf(now),
    demo: true,
    clock: () => Date.now(),
    refresh: async () => undefined,
  };
  const solver: PlanSolver = {
    ...opened.solver,
    solve: (job) => opened.solver.solve({ ...job, limits: byWorkAlone }),
  };
  const services = { ...opened, asAt, solver };
  const limits = { strangers: 1e9, persons: 1e9, signIns: 1e9, probes: 1e9, refusals: 1e9 };
  const app = await createApp(services, { limits });
  const as = async (role: "sergeant" | "partner", partner?: string): Promise<TestCaller> => {
    const payload = { role, ...(partner && { partner }) };
    const reply = await app.inject({ method: "POST", url: "/api/session", payload });
    const cookies = Object.fromEntries(reply.cookies.map((one) => [one.name, one.value]));
    const inject: TestCaller["inject"] = (options) => app.inject({ cookies, ...options });
    return {
      inject,
      get: (url) => inject({ method: "GET", url }),
      send: (method, url, body) =>
        inject({ method, url, ...(body === undefined ? {} : { payload: body as object }) }),
    };
  };
  try {
    const partners = await settle(db, world, now, as);
    const confirm = async () => {
      for (const partner of partners) {
        await partner.send("POST", "/api/outreach/calendar/confirm", {});
      }
    };
    const answers: string[] = [];
    const hear = (name: string, reply: { statusCode: number; body: string }) => {
      answers.push(`${name} ${reply.statusCode} ${shortened(told(reply.body))}`);
      return reply;
    };
    const sergeant = await as("sergeant");
    const dice = createRandom(2);
    await probe({ sergeant, hear, dice, today: asAt.date() }, plan);
    const night = { sergeant, hear, dice, today: asAt.date(), late: () => lateSessions(world, as) };
    await oneNight({
      ...night,
      pass: async (ms) => {
        now += ms;
      },
    });
    for (let week = 1; week <= plan.weeks; week += 1) {
      now += 7 * 24 * hourMs;
      await db.transaction(systemActor, (tx) => extendClosures(tx, { zone: london, now }));
      await confirm();
      const caller = await as("sergeant");
      await oneWeek({ sergeant: caller, hear, today: asAt.date(), week, days: plan.daysOfWeek });
    }
    return answers;
  } finally {
    await app.close();
    await opened.solver.close();
  }
}

async function settle(
  db: Database,
  world: World,
  now: number,
  as: (role: "partner", partner: string) => Promise<TestCaller>,
): Promise<TestCaller[]> {
  const callers: TestCaller[] = [];
  for (const { code, name, places } of world.partners) {
    await db.transaction(ownerActor, (tx) => createPartner(tx, { code, name, now }));
    const caller = await as("partner", code);
    for (const { label, spot, times } of places) {
      const place = { label, ...spot };
      const { id } = (await done(caller.send("POST", "/api/outreach/places", place))) as Saved;
      for (const [start, end] of times) {
        const rule = { repeats: "weekly", firstDate: "2021-11-23", start, end };
        await done(caller.send("POST", "/api/outreach/sessions", { placeId: id, rule }));
      }
    }
    await caller.send("POST", "/api/outreach/calendar/confirm", {});
    callers.push(caller);
  }
  return callers;
}

interface Saved {
  readonly id: string;
}

async function done(call: Promise<{ statusCode: number; body: string }>): Promise<unknown> {
  const { statusCode, body } = await call;
  if (statusCode !== 200) throw new Error(body);
  return JSON.parse(body);
}

interface Sergeant {
  readonly sergeant: TestCaller;
  readonly hear: (
    name: string,
    reply: { statusCode: number; body: string },
  ) => { statusCode: number; body: string };
  readonly today: string;
}

/** Whatever can be asked, dragged and agreed, around the place and the hours that are hatched. */
async function probe(
  { sergeant, hear, today, dice }: Sergeant & { readonly dice: Random },
  { steps, suggestions }: Attack,
): Promise<void> {
  const plans: PlanReply[] = [];
  const every = Math.ceil(steps / suggestions);
  const near = disk(cellAt(corner, 10), 7);
  for (let step = 0; step < steps; step += 1) {
    if (step % every === 0) {
      const reply = hear(
        "suggest",
        await suggest(sergeant, dice, addDays(today, dice.integer(13))),
      );
      const plan = lastPlan(reply.body);
      if (plan) plans.push(plan);
      continue;
    }
    const plan = plans.at(-1 - dice.integer(Math.min(3, plans.length)));
    const window = plan?.windows[dice.integer(plan.windows.length)];
    const isQuestion = dice.next() < 0.4 || plan === undefined || window === undefined;
    if (isQuestion) hear("ask", await ask(sergeant, dice, near, today));
    else await trick({ sergeant, hear, today, dice }, plan, window);
  }
}

function suggest(sergeant: TestCaller, dice: Random, from: string) {
  const body = { from, days: 1, units: 1 + dice.integer(2), seed: dice.integer(1_000) };
  return sergeant.send("POST", "/api/plans/suggest", body);
}

/** Any cell around, most often on the evening of a session, to the minute. */
function ask(sergeant: TestCaller, dice: Random, near: readonly H3Cell[], today: string) {
  const day = dice.next() < 0.7 ? "2021-11-30" : addDays(today, dice.integer(17));
  const from = at(`${day}T17:00`) + dice.integer(7 * 60) * minuteMs;
  return sergeant.send("POST", "/api/keep-clear/ask", {
    cell: near[dice.integer(near.length)],
    from: formatInstant(london, from),
    to: formatInstant(london, from + (1 + dice.integer(120)) * minuteMs),
  });
}

async function trick(
  { sergeant, hear, dice }: Sergeant & { readonly dice: Random },
  plan: PlanReply,
  window: WindowReply,
): Promise<void> {
  const path = `/api/plans/${plan.id}`;
  const chosen = dice.next();
  if (chosen < 0.75) {
    const change = dragged(dice, window);
    hear("drag", await sergeant.send("PATCH", `${path}/windows/${window.id}`, change));
    return;
  }
  const one = { windowIds: [window.id] };
  const acts = [
    ["agree", () => sergeant.send("POST", `${path}/agree`, one)],
    ["agree all", () => sergeant.send("POST", `${path}/agree`, {})],
    ["take back", () => sergeant.send("POST", `${path}/take-back`, one)],
    ["briefing", () => sergeant.get(`${path}/briefing`)],
    ["calendar", () => sergeant.get(`${path}/calendar.ics`)],
    ["number", () => sergeant.get(`/api/plans/numbers/${plan.number}`)],
    ["hatch", () => sergeant.get("/api/keep-clear")],
    ["notices", () => sergeant.get("/api/keep-clear/notices")],
    ["plans", () => sergeant.get(`/api/plans?from=${plan.from}&days=7`)],
  ] as const;
  const [name, call] = acts[dice.integer(acts.length)] as (typeof acts)[number];
  hear(name, await call());
}

/** Minute by minute, stretched, in other hands or without a stop. */
function dragged(dice: Random, window: WindowReply) {
  const by = (dice.integer(360) - 180) * minuteMs;
  const longer = (dice.integer(60) - 30) * minuteMs;
  const moved = (instant: string, more: number) =>
    formatInstant(london, Date.parse(instant) + more);
  return {
    start: moved(window.start, by),
    end: moved(window.end, by + longer),
    ...(dice.next() < 0.2 && { unit: 1 + dice.integer(3) }),
    ...(dice.next() < 0.3 && { stops: window.stops.slice(1).map(({ cell }) => cell) }),
  };
}

/** What the world closes each week, today as well; and behind what police are shown, of one partner more. */
async function lateSessions(
  { partners }: World,
  as: (role: "partner", partner: string) => Promise<TestCaller>,
): Promise<void> {
  for (const { code, places } of partners) {
    const caller = await as("partner", code);
    const { places: saved } = (await done(caller.get("/api/outreach/places"))) as {
      places: { id: string; label: string }[];
    };
    const save = (label: string, firstDate: string, start: string, end: string) => {
      const placeId = saved.find((one) => one.label === label)?.id;
      const rule = { repeats: "once", firstDate, start, end };
      return done(caller.send("POST", "/api/outreach/sessions", { placeId, rule }));
    };
    for (const { label, times } of places) {
      for (const [start, end] of times) await save(label, planAsAt, start, end);
      if (code === "b") await save(label, addDays(planAsAt, 60), "18:00", "23:00");
    }
  }
}

/** An evening as it is walked: taps of every kind and order, while sessions come late. */
async function oneNight({
  sergeant,
  hear,
  dice,
  today,
  late,
  pass,
}: Sergeant & {
  readonly dice: Random;
  readonly late: () => Promise<void>;
  readonly pass: (ms: number) => Promise<void>;
}) {
  const body = { from: today, days: 1, units: 2, seed: 7 };
  const plan = lastPlan(
    hear("night", await sergeant.send("POST", "/api/plans/suggest", body)).body,
  );
  if (!plan) return;
  hear("night agreed", await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {}));
  const tell = async () => {
    hear("tonight", await sergeant.get("/api/tonight"));
    hear("tonight's notices", await sergeant.get("/api/keep-clear/notices"));
    hear("tonight's debrief", await sergeant.get(`/api/debriefs?from=${today}&days=1`));
  };
  await pass(6.5 * hourMs);
  await tell();
  await late();
  for (let quarter = 0; quarter < 20; quarter += 1) {
    await tell();
    await pass(15 * minuteMs);
    const window = plan.windows[dice.integer(plan.windows.length)];
    const ref = { planId: plan.id, windowId: window?.id };
    const key = `00000000-0000-4000-8000-${String(dice.integer(9)).padStart(12, "0")}`;
    const arrivedAgo = dice.integer(7_200);
    const leftAgo = dice.next() < 0.5 ? null : dice.integer(arrivedAgo + 1);
    const stay = { ...ref, order: 1 + dice.integer(4), arrivedAgo, leftAgo };
    hear("stay", await sergeant.send("PUT", `/api/tonight/stays/${key}`, stay));
    hear("stay again", await sergeant.send("PUT", `/api/tonight/stays/${key}`, stay));
    if (dice.next() < 0.2)
      hear("no stay", await sergeant.send("DELETE", `/api/tonight/stays/${key}`));
    hear("seen", await sergeant.send("POST", "/api/tonight/seen", { windows: [ref] }));
  }
  for (const { id: windowId } of plan.windows) {
    const windows = [{ planId: plan.id, windowId }];
    hear("seen", await sergeant.send("POST", "/api/tonight/seen", { windows }));
  }
  await tell();
}

/** A Monday: suggest, agree all that can be, print it and take the calendar along. */
async function oneWeek({
  sergeant,
  hear,
  today,
  week,
  days,
}: Sergeant & { readonly week: number; readonly days: number }) {
  const body = { from: addDays(today, 1), days, units: 2, seed: week };
  const plan = lastPlan(hear("week", await sergeant.send("POST", "/api/plans/suggest", body)).body);
  if (!plan) return;
  const path = `/api/plans/${plan.id}`;
  hear("week agreed", await sergeant.send("POST", `${path}/agree`, {}));
  hear("week's briefing", await sergeant.get(`${path}/briefing`));
  hear("week's calendar", await sergeant.get(`${path}/calendar.ics`));
  hear("week's hatch", await sergeant.get("/api/keep-clear"));
}

function lastPlan(body: string): PlanReply | null {
  const last = body.trim().split("\n").at(-1) ?? "";
  const message = last.startsWith("{")
    ? (JSON.parse(last) as { type?: string; plan?: object })
    : {};
  if (message.type !== "plan") return null;
  const plan = planReply.parse(message.plan);
  if (plan.stopped === "time") throw new Error("A plan ran out of time: it cannot be compared");
  return plan;
}

/** Without what differs by the machine alone: how long it took, and numbers drawn at random. */
function told(body: string): string {
  return body
    .split("\n")
    .filter((line) => !line.startsWith('{"type":"progress"') && !line.startsWith("DTSTAMP"))
    .join("\n")
    .replace(/"seconds":[\d.e-]+/g, '"seconds":0')
    .replace(/"instance":"[^"]*"/g, "")
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, "(key)");
}

/** Long ones by their fingerprint: a year of them is kept. */
function shortened(text: string): string {
  return text.length < 600
    ? text
    : `${text.slice(0, 80)}… ${createHash("sha256").update(text).digest("hex")}`;
}
