import { createHash } from "node:crypto";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
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
import { done, lastPlan, oneNight, type Saved, type World } from "#tests/support/hostile-night.ts";
import { at, beside, circleAt, corner, london } from "#tests/support/outreach.ts";
import { fillReports, planAsAt } from "#tests/support/plan-database.ts";
import { pushHost, startPushService } from "#tests/support/push-service.ts";

export type { World };

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
  const service = await startPushService();
  const config = { ...opened.config, pushHosts: [pushHost] };
  const services = { ...opened, asAt, solver, config, pushNetwork: service.network };
  const limits = { strangers: 1e9, persons: 1e9, signIns: 1e9, probes: 1e9, refusals: 1e9 };
  const app = await createApp(services, { limits });
  const as = async (
    role: "sergeant" | "partner" | "warden",
    partner?: string,
  ): Promise<TestCaller> => {
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
    const pass = (ms: number) => {
      now += ms;
    };
    await oneNight({ db, services, service, app, world, as, hear, dice, today: asAt.date(), pass });
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
    await service.close();
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
