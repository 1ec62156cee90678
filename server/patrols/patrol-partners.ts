import { z } from "zod";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Squad } from "#core/patrols/ground/squad.ts";
import * as wire from "#core/patrols/wire/patrol-partners.ts";
import type { Actor } from "#core/role.ts";
import { askIfAlike } from "#server/accounts/look-alike.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, insertInto, type Sql, sql } from "#server/db/sql.ts";
import { type WindowRow, windowsById } from "#server/patrols/queries/patrol-windows.ts";
import { fixedAreas, type Places, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { codeOf } from "#server/protected-time/partners.ts";

/** A warden coordinator reads its own alone. */
export const loadPatrolPartners = (tx: Transaction) =>
  tx.rows(
    wire.patrolPartner,
    sql`select ${columnsOf(wire.patrolPartner)} from patrol_partner order by number`,
  );

export async function readPatrolPartners(act: Act) {
  // Works without boundaries.
  const choices = await placesOf(act).then(choicesOf, () => []);
  return act.db.transaction(act.actor, async (tx) => ({
    patrolPartners: await loadPatrolPartners(tx),
    choices,
  }));
}

const choicesOf = (places: Places) =>
  fixedAreas(places).areas.flatMap(({ id: code, kind, name }) =>
    kind === "command" ? [] : [{ code, name }],
  );

/** Labels have six figures at most. */
const mostPatrolPartners = 9;

export async function addPatrolPartner(act: Act, body: wire.NewPatrolPartner) {
  await refuseUnknownAreas(act, body.areas);
  return act.db.transaction(act.actor, async (tx) => {
    const made = await createPatrolPartner(tx, body, act.asAt.now());
    act.addDetail({ patrolPartner: made.code });
    return made;
  });
}

export async function createPatrolPartner(
  tx: Transaction,
  { evenAlike, areas, name, kind, kmh }: wire.NewPatrolPartner,
  now: number,
): Promise<wire.PatrolPartner> {
  await lockPatrolPartners(tx);
  const others = await loadPatrolPartners(tx);
  const code = codeOf(name);
  if (others.some((one) => one.name === name || one.code === code)) {
    throw new Problem(409, "Already exists", `There is a patrol partner "${name}" already.`);
  }
  askIfAlike(
    name,
    others.map((one) => one.name),
    evenAlike,
  );
  if (others.length >= mostPatrolPartners) {
    const detail = `There are ${mostPatrolPartners} patrol partners, which is the most.`;
    throw new Problem(409, "Not added", detail);
  }
  const made = { code, number: others.length + 1, name, kind, kmh, areas: [...areas] };
  await tx.run(insertInto("patrol_partner", { ...made, createdAt: new Date(now) }));
  return made;
}

const lockPatrolPartners = (tx: Transaction) => tx.run(sql`select pg_advisory_xact_lock(7313)`);

export async function changePatrolPartner(
  act: Act,
  code: string,
  { evenAlike, ...change }: wire.PatrolPartnerChange,
) {
  act.addDetail({ patrolPartner: code, changed: Object.keys(change).sort().join(",") });
  await refuseUnknownAreas(act, change.areas ?? []);
  return act.db.transaction(act.actor, async (tx) => {
    await lockPatrolPartners(tx);
    const all = await loadPatrolPartners(tx);
    const found = all.find((one) => one.code === code);
    if (!found) throw new Problem(404, "Not found", `There is no patrol partner "${code}".`);
    const { name = found.name, kind = found.kind, kmh = found.kmh, areas = found.areas } = change;
    const others = all.filter((one) => one !== found).map(({ name }) => name);
    if (others.includes(name)) {
      const detail = `There is a patrol partner "${name}" already.`;
      throw new Problem(409, "Already exists", detail);
    }
    if (name !== found.name) askIfAlike(name, others, evenAlike);
    await tx.run(
      sql`update patrol_partner set ${assigned({ name, kind, kmh, areas: [...areas] })} where code = ${code}`,
    );
    return { ...found, name, kind, kmh, areas };
  });
}

async function refuseUnknownAreas(act: Act, areas: readonly string[]): Promise<void> {
  if (areas.length === 0) return;
  const known = new Set(choicesOf(await placesOf(act)).map(({ code }) => code));
  const unknown = areas.filter((code) => !known.has(code));
  if (unknown.length === 0) return;
  throw new Problem(
    422,
    "Not accepted",
    "These are no boroughs or public areas of this command. Choose from the list.",
    unknown.map((code) => ({ field: "areas", reason: `unknown: "${code}"` })),
  );
}

/** What holds for their units. An area that is gone since has no cell, so that nobody stands there. */
export async function squadsOf(tx: Transaction, places: Places): Promise<Squad[]> {
  const { counted, areas } = fixedAreas(places);
  const parentOf = new Map(areas.map(({ id, parent }) => [id, parent]));
  return (await loadPatrolPartners(tx)).map(({ code, number, kmh, areas: own }): Squad => {
    const cells = counted
      .filter(({ area }) => own.includes(area) || own.includes(parentOf.get(area) ?? ""))
      .flatMap((part) => part.cells);
    return {
      patrolPartner: code,
      number,
      kmh,
      cells: own.length === 0 ? null : new Set<H3Cell>(cells),
    };
  });
}

export async function squadNumbers(tx: Transaction) {
  const all = await loadPatrolPartners(tx);
  return all.map(({ code: patrolPartner, number }) => ({ patrolPartner, number }));
}

/** Of a warden coordinator; null for everybody else. */
export function patrolPartnerOf({ role, partner }: Actor): string | null {
  return role === "warden" ? partner : null;
}

const windowId = z.object({ id: z.string() });

/** Windows of a plan that a coordinator may act on, by its own rights; null for everybody else: all of them. */
export async function ownWindowIds(
  tx: Transaction,
  actor: Actor,
  planId: string,
): Promise<ReadonlySet<string> | null> {
  if (patrolPartnerOf(actor) === null) return null;
  const rows = await tx.rows(windowId, sql`select id from patrol_window where plan_id = ${planId}`);
  return new Set(rows.map(({ id }) => id));
}

/** Planned in [from, to), or lost and walked: of police, or of a coordinator's own as its rights show them. */
export const ownPlanned = (
  tx: Transaction,
  actor: Actor,
  span: { readonly from: number; readonly to: number },
): Promise<WindowRow[]> =>
  ownWindows(
    tx,
    sql`patrol_partner is not distinct from ${patrolPartnerOf(actor)}::text
      and (status in ('agreed', 'called_off')
        or id in (select window_id from patrol_stay where not is_removed))
      and starts_at < ${new Date(span.to)} and ends_at > ${new Date(span.from)}`,
  );

/** Which they are is by the coordinator's own rights; what is expected there, for one, it may not read itself. */
export async function ownWindows(tx: Transaction, condition: Sql): Promise<WindowRow[]> {
  const own = await tx.rows(windowId, sql`select id from patrol_window where ${condition}`);
  const ids = own.map(({ id }) => id);
  return tx.through("keeper", (keeper) => windowsById(keeper, ids));
}

interface Whose {
  readonly patrolPartner: string | null;
}

/** A patrol partner's own numbers, so that they tell it nothing of how many windows others have. */
const perPartner = 10_000;

/** `w1`, `w2`, ... of police, `w10001`, ... of the first patrol partner, behind those that there are. */
export function numbered<Window extends Whose>(
  windows: readonly Window[],
  squads: readonly Pick<Squad, "patrolPartner" | "number">[] = [],
  before: readonly (Whose & { readonly label: string })[] = [],
): (Window & { readonly label: string })[] {
  const last = new Map<string | null, number>([
    [null, 0],
    ...squads.map((one) => [one.patrolPartner, one.number * perPartner] as const),
  ]);
  for (const { patrolPartner, label } of before) {
    last.set(patrolPartner, Math.max(last.get(patrolPartner) ?? 0, Number(label.slice(1))));
  }
  return windows.map((window) => {
    const number = (last.get(window.patrolPartner) ?? 0) + 1;
    last.set(window.patrolPartner, number);
    return { ...window, label: `w${number}` };
  });
}
