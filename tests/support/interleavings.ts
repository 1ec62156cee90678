import { setTimeout as wait } from "node:timers/promises";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { plansReply } from "#core/patrols/wire/board.ts";
import { type PlanReply, planReply, type WindowReply } from "#core/patrols/wire/plan.ts";
import { outreachSession, savedPlace, sessionsReply } from "#core/protected-time/wire/outreach.ts";
import { createRandom, type Random } from "#core/random.ts";
import { formatInstant, formatLocal, hourMs, minuteMs } from "#core/time/zone.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import type { TestApp, TestCaller } from "#tests/support/app.ts";
import { circleAt, london } from "#tests/support/outreach.ts";
import { addPartners } from "#tests/support/partner-care.ts";
import { fillManyReports, suggestThrough } from "#tests/support/plan-database.ts";

export interface Play {
  readonly rounds: number;
  /** How long the plan is that both act on. */
  readonly days: number;
}

/** The Saturday after the as-at day: all of it lies ahead, whatever the time of day. */
const planDays = (days: number) => ({ from: "2021-11-27", days, units: 3 });

/** What two sides did to one window at the same moment, and what came of it. */
export interface Round {
  readonly sergeant: string;
  readonly partner: string;
  /** How the sergeant was answered. */
  readonly status: number;
  /** What the window is afterwards. */
  readonly window: string;
  /** Anything that must never be; empty where all is well. */
  readonly faults: readonly string[];
}

interface Interleaving {
  readonly round: (seed: number) => Promise<Round>;
  /** The checker's word over all that is agreed at this moment. */
  readonly checked: () => Promise<readonly (string | number)[]>;
}

/** A plan with windows through two partners' places, and everybody signed in. */
async function openInterleaving(db: Database, app: TestApp, days: number): Promise<Interleaving> {
  const sergeant = await app.as("sergeant");
  const partners = [await app.as("partner", "a"), await app.as("partner", "b")] as const;
  for (const partner of partners) {
    await send(partner, "POST", "/api/outreach/calendar/confirm", {});
  }
  const { plan } = await suggestThrough(sergeant, planDays(days));
  const windows = plan.windows;
  // A place of each partner at the first stop of a zone that is gone to often.
  const busiest = mostCommon(windows.map(({ stops }) => stops[0]?.cell ?? ""));
  const spots = busiest.slice(0, 3).map((cell) => cellCentre(cell as H3Cell));
  const placesOf = async (partner: TestCaller) => {
    const ids: string[] = [];
    for (const [at, spot] of spots.entries()) {
      const body = { label: `Spot ${at + 1}`, ...circleAt(spot, 100) };
      const reply = await send(partner, "POST", "/api/outreach/places", body);
      ids.push(savedPlace.parse(reply.json()).id);
    }
    return ids;
  };
  const places = [await placesOf(partners[0]), await placesOf(partners[1])] as const;
  const inReach = windows.filter(({ stops }) => busiest.slice(0, 3).includes(stops[0]?.cell ?? ""));
  const planId = plan.id ?? "";

  const round = async (seed: number): Promise<Round> => {
    const dice = createRandom(seed);
    const window = pick(dice, inReach);
    const spot = busiest.indexOf(window.stops[0]?.cell ?? "");
    const side = dice.integer(2);
    const partner = partners[side] as TestCaller;
    const placeId = places[side]?.[spot] ?? "";
    await startAnew(db, planId);
    const before = await beforehand(dice, { partner, sergeant, placeId, planId, window });
    const rule = ruleOver(dice, window);
    const [answer, outcome] = await Promise.all([
      after(dice, () => sergeantActs(dice, sergeant, planId, window)),
      after(dice, () => partnerActs(dice, partner, { placeId, rule, sessionId: before.sessionId })),
    ]);
    const faults = await faultsAfter(db, { partner, outcome, window, planId, sergeant });
    return {
      sergeant: answer.act,
      partner: outcome.act,
      status: answer.status,
      window: faults.status,
      faults: faults.faults,
    };
  };
  const checked = async () => {
    const now = await readPlan(sergeant, planId, days);
    const standing = now.windows.filter(({ status }) => status === "agreed");
    const verdict = await db.transaction(ownerActor, (tx) =>
      checkPlan(tx, london.name, { windows: standing }),
    );
    return verdict.overlaps;
  };
  return { round, checked };
}

/** Undoes what a round left, behind everybody's back: sessions gone, all windows suggested. */
async function startAnew(db: Database, planId: string): Promise<void> {
  await db.transaction(ownerActor, async (tx) => {
    // Deleted rows would slow every later round down.
    await tx.query("truncate outreach_session, occupancy cascade");
    await tx.query(
      `update patrol_window
       set status = 'suggested', closed_at = null
       where plan_id = $1::bigint and status <> 'suggested'`,
      [planId],
    );
  });
}

interface Sides {
  readonly partner: TestCaller;
  readonly sergeant: TestCaller;
  readonly placeId: string;
  readonly planId: string;
  readonly window: WindowReply;
}

/** What stands before both act: perhaps an agreed window, perhaps a session elsewhere that is moved. */
async function beforehand(dice: Random, { partner, sergeant, placeId, planId, window }: Sides) {
  if (dice.next() < 0.5) {
    await sergeant.send("POST", `/api/plans/${planId}/agree`, { windowIds: [window.id] });
  }
  if (dice.next() < 0.6) return { sessionId: null };
  const rule = { repeats: "once", firstDate: "2021-12-20", start: "10:00", end: "11:00" };
  const reply = await send(partner, "POST", "/api/outreach/sessions", { placeId, rule });
  return { sessionId: outreachSession.parse(reply.json()).id };
}

/** A session that lies over the window, or just touches it. */
function ruleOver(dice: Random, window: WindowReply) {
  const start = Date.parse(window.start) + (dice.integer(120) - 60) * minuteMs;
  const local = (instant: number) => formatLocal(london.toLocal(instant));
  const end = start + hourMs + dice.integer(60) * minuteMs;
  return {
    repeats: dice.next() < 0.1 ? "weekly" : "once",
    firstDate: local(start).slice(0, 10),
    start: local(start).slice(11, 16),
    end: local(end).slice(11, 16),
  };
}

async function sergeantActs(
  dice: Random,
  sergeant: TestCaller,
  planId: string,
  window: WindowReply,
): Promise<{ act: string; status: number }> {
  const path = `/api/plans/${planId}`;
  const one = { windowIds: [window.id] };
  const acts = [
    ["agree one", () => sergeant.send("POST", `${path}/agree`, one)],
    ["agree all", () => sergeant.send("POST", `${path}/agree`, {})],
    ["take back", () => sergeant.send("POST", `${path}/take-back`, one)],
    ["withdraw", () => sergeant.send("POST", `${path}/withdraw`, one)],
    [
      "change",
      () => {
        const later = (5 + dice.integer(5) * 5) * minuteMs;
        const moved = (instant: string) => formatInstant(london, Date.parse(instant) + later);
        const body = { start: moved(window.start), end: moved(window.end) };
        return sergeant.send("PATCH", `${path}/windows/${window.id}`, body);
      },
    ],
    ["briefing", () => sergeant.get(`${path}/briefing`)],
  ] as const;
  const [act, work] = dice.next() < 0.5 ? acts[0] : pick(dice, acts);
  const { statusCode } = await work();
  return { act, status: statusCode };
}

interface PartnerOutcome {
  readonly act: string;
  readonly status: number;
  readonly body: string;
}

async function partnerActs(
  dice: Random,
  partner: TestCaller,
  given: { placeId: string; rule: object; sessionId: string | null },
): Promise<PartnerOutcome> {
  const { placeId, rule, sessionId } = given;
  const body = { placeId, rule };
  const isMove = sessionId !== null && dice.next() < 0.8;
  const path = isMove ? `/api/outreach/sessions/${sessionId}/move` : "/api/outreach/sessions";
  const reply = await partner.send("POST", path, body);
  return { act: isMove ? "move" : "add", status: reply.statusCode, body: reply.body };
}

async function faultsAfter(
  db: Database,
  given: Omit<Sides, "placeId"> & { readonly outcome: PartnerOutcome },
): Promise<{ status: string; faults: string[] }> {
  const { partner, outcome, planId, window } = given;
  const faults: string[] = [];
  if (outcome.status !== 200) faults.push(`the partner read ${outcome.status}: ${outcome.body}`);
  if (/conflict|patrol|not available|retry/i.test(outcome.body))
    faults.push("the partner read why");
  const saved = outcome.status === 200 ? outreachSession.parse(JSON.parse(outcome.body)) : null;
  const listed = sessionsReply.parse((await partner.get("/api/outreach/sessions")).json());
  if (saved && !listed.sessions.some(({ id }) => id === saved.id))
    faults.push("the session is lost");
  const state = await db.transaction(ownerActor, async (tx) => {
    const [row] = await tx.query<{ overlaps: number; closed: number; status: string }>(
      `select
         (select count(*)::int
          from occupancy patrol
          join occupancy closed on closed.cell = patrol.cell and closed.during && patrol.during
          where patrol.kind = 'patrol' and closed.kind = 'protected') as "overlaps",
         (select count(*)::int
          from occupancy
          join outreach_session on outreach_session.id = occupancy.session_id
          where outreach_session.key = $1::uuid) as "closed",
         (select status from patrol_window
          where plan_id = $2::bigint and label = $3::text) as "status"`,
      [saved?.id ?? null, planId, window.id],
    );
    return row;
  });
  if (state?.overlaps !== 0) faults.push(`${state?.overlaps} cells of a patrol lie in a session`);
  if (saved && state?.closed === 0) faults.push("the session closes nothing");
  return { status: state?.status ?? "", faults };
}

async function readPlan(sergeant: TestCaller, planId: string, days: number): Promise<PlanReply> {
  const query = `from=${planDays(days).from}&days=${days}`;
  const { plans } = plansReply.parse((await sergeant.get(`/api/plans?${query}`)).json());
  return planReply.parse(plans.find(({ id }) => id === planId));
}

/** A few milliseconds either way decide who comes first. */
async function after<Value>(dice: Random, work: () => Promise<Value>): Promise<Value> {
  const ms = dice.integer(12);
  if (ms > 2) await wait(ms - 2);
  return work();
}

async function send(caller: TestCaller, method: "POST", url: string, body: object) {
  const reply = await caller.send(method, url, body);
  if (reply.statusCode !== 200) throw new Error(`${url}: ${reply.statusCode} ${reply.body}`);
  return reply;
}

function pick<Item>(dice: Random, items: readonly Item[]): Item {
  return items[dice.integer(items.length)] as Item;
}

function mostCommon(items: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([item]) => item);
}

/** Two partners, a year of reports, and so many rounds; answers what came of each. */
export async function playRounds(
  db: Database,
  app: TestApp,
  { rounds, days }: Play,
): Promise<readonly Round[]> {
  await fillManyReports(db);
  await addPartners(app, { a: "North Van", b: "Harbour" });
  const both = await openInterleaving(db, app, days);
  const seen: Round[] = [];
  for (let seed = 1; seed <= rounds; seed += 1) {
    const round = await both.round(seed);
    if (round.faults.length > 0) throw new Error(`Seed ${seed}: ${JSON.stringify(round)}`);
    seen.push(round);
    const isChecked = seed % 50 === 0 || seed === rounds;
    const overlaps = isChecked ? await both.checked() : [];
    if (overlaps.length > 0) throw new Error(`Seed ${seed}: the checker finds ${overlaps.join()}`);
  }
  return seen;
}

/** What shows that both really met: neither side is always first, and no answer is a fault of ours. */
export function outcomesOf(seen: readonly Round[]) {
  const agrees = seen.filter(({ sergeant }) => sergeant.startsWith("agree"));
  return {
    withdrawn: agrees.filter(({ status, window }) => status === 200 && window === "unavailable")
      .length,
    refused: agrees.filter(({ status }) => status === 409).length,
    moves: seen.filter(({ partner }) => partner === "move").length,
    faults: seen.filter(({ status }) => status >= 500).length,
  };
}
