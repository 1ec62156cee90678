import { afterAll, beforeAll } from "vitest";
import { routeCells } from "#core/patrols/ground/leg.ts";
import type { WindowChange, WindowChangeReply } from "#core/patrols/wire/board.ts";
import type { PlanReply, WindowReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { Act } from "#server/acts/services.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { agreePlan } from "#server/patrols/agree.ts";
import { changeWindow } from "#server/patrols/change.ts";
import { issuePlan } from "#server/patrols/issue.ts";
import { type WindowRow, windowsOfPlans } from "#server/patrols/queries/patrol-windows.ts";
import { describerOf, describeStored, storeSuggestion } from "#server/patrols/stored.ts";
import { suggestPlan } from "#server/patrols/suggest.ts";
import { takeBackPlan, withdrawPlan } from "#server/patrols/withdraw.ts";
import { testServices } from "#tests/support/app.ts";
import { at, single } from "#tests/support/outreach.ts";
import { addSession, giveCalendar, planAsAt, planFrom } from "#tests/support/plan-database.ts";

export const sergeant: Actor = { person: "sergeant of the test", role: "sergeant", partner: null };
/** Noon of the as-at day, so that no test depends on the hour it runs at. */
export const planNow = at(`${planAsAt}T12:00`);

/** A sergeant's desk on a test database that `fillManyReports` has filled: one partner with one place, a year of reports. */
export interface PlanDesk {
  /** As the sergeant. */
  readonly services: () => Act;
  readonly partner: () => Awaited<ReturnType<typeof giveCalendar>>;
  /** One day, two units, stored as the sergeant's own. */
  readonly suggest: (over?: {
    from?: string;
    days?: number;
    units?: number;
    /** Another than the sergeant. */
    as?: Actor;
    /** Whose it is, where not the sergeant's. */
    by?: string;
  }) => Promise<PlanReply>;
  readonly agree: (plan: PlanReply, labels?: readonly string[]) => Promise<PlanReply>;
  readonly withdraw: (plan: PlanReply, labels?: readonly string[]) => Promise<PlanReply>;
  readonly takeBack: (plan: PlanReply, labels?: readonly string[]) => Promise<PlanReply>;
  readonly change: (
    plan: PlanReply,
    label: string,
    change: WindowChange,
  ) => Promise<WindowChangeReply>;
  /** As paper; its number. */
  readonly print: (plan: PlanReply) => Promise<string>;
  readonly windowsOf: (plan: PlanReply) => Promise<WindowRow[]>;
  /** Active rows of `occupancy` that this plan holds. */
  readonly occupied: (plan: PlanReply) => Promise<number>;
  /** A single session of the partner, by wall clock. */
  readonly closeDuring: (from: string, to: string) => Promise<unknown>;
  /** A window whose route meets the partner's place. */
  readonly meeting: (plan: PlanReply) => WindowReply;
}

export function planDesk(db: () => Database): PlanDesk {
  let services: Act | null = null;
  let partner: Awaited<ReturnType<typeof giveCalendar>> | null = null;
  const known = <Value>(value: Value | null): Value => {
    if (value === null) throw new Error("The desk is open inside tests only");
    return value;
  };
  beforeAll(async () => {
    await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: planAsAt }));
    const opened = await testServices(db());
    const asAt = { ...opened.asAt, now: () => planNow, date: () => planAsAt, demo: true };
    services = { ...opened, asAt, actor: sergeant };
    partner = await giveCalendar(db(), planNow);
  });
  afterAll(() => services?.solver.close());

  return {
    services: () => known(services),
    partner: () => known(partner),
    suggest: async ({ as = sergeant, by = sergeant.person, ...over } = {}) => {
      const request = { from: planFrom, days: 1, units: 2, seed: 1, ...over };
      const { signal } = new AbortController();
      const suggestion = await suggestPlan({ ...known(services), actor: as }, request, { signal });
      const describer = await describerOf(known(services));
      return db().transaction(sergeant, async (tx) => {
        const made = { at: planNow, by };
        return describeStored(tx, await storeSuggestion(tx, suggestion, made), describer);
      });
    },
    agree: (plan, labels) => agreePlan(known(services), plan.id ?? "", labels),
    withdraw: (plan, labels) => withdrawPlan(known(services), plan.id ?? "", labels),
    takeBack: (plan, labels) => takeBackPlan(known(services), plan.id ?? "", labels),
    change: (plan, label, change) =>
      changeWindow(known(services), { planId: plan.id ?? "", windowId: label }, change),
    print: async (plan) =>
      (await issuePlan({ ...known(services), addDetail: () => undefined }, plan.id ?? "")).number,
    windowsOf: (plan) => db().transaction(ownerActor, (tx) => windowsOfPlans(tx, [plan.id ?? ""])),
    occupied: async (plan) => {
      const rows = await db().transaction(ownerActor, (tx) =>
        tx.query<{ count: number }>(
          `select count(*)::int as "count"
           from occupancy
           join patrol_window on patrol_window.id = occupancy.window_id
           where patrol_window.plan_id = $1::bigint and occupancy.active`,
          [plan.id],
        ),
      );
      return rows[0]?.count ?? 0;
    },
    closeDuring: (from, to) => {
      const { partnerId, place } = known(partner);
      const [date = "", start = ""] = from.split("T");
      const rule = single(date, start, to.slice(11));
      return addSession(db(), planNow, { partnerId, placeId: place.id, rule });
    },
    meeting: (plan) => {
      const cells = new Set<string>(known(partner).place.cells);
      const window = plan.windows.find(({ route }) => route.some((cell) => cells.has(cell)));
      if (!window) throw new Error("No window of the plan meets the place");
      return window;
    },
  };
}

/** Cells that a stored window occupies. */
export function routeOf(window: WindowRow) {
  return routeCells(window.stops.map((stop) => stop.cell));
}
