import { riseSentences, risesHolding, wardenWaitsWords } from "#core/patrols/plan/waiting.ts";
import type { Rise } from "#core/patrols/wire/board.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { patrolPartnerOf } from "#server/patrols/patrol-partners.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import { type FieldError, Problem } from "#server/problem.ts";

/**
 * Why these wait: reports have risen at a boundary, and two people have not said yet what was done (SAFEGUARDS 11).
 * The trigger on `patrol_window` finds the same by itself.
 */
export async function waitingFaults(
  act: Act,
  tx: Transaction,
  windows: readonly Pick<WindowRow, "label" | "start" | "stops">[],
): Promise<FieldError[]> {
  const rises = await act.openRises(tx, act.asAt.date());
  const isPolice = patrolPartnerOf(act.actor) === null;
  return windows.flatMap(({ label, start, stops }) => {
    const cells = stops.map(({ cell }) => cell);
    const holding = risesHolding(rises, { date: act.zone.dateOf(start), cells });
    if (holding.length === 0) return [];
    return [
      { field: label, reason: isPolice ? riseSentences(holding).join(" ") : wardenWaitsWords },
    ];
  });
}

/** To a sergeant, who approves. */
export async function risesShown({ db, actor, asAt, openRises }: Act): Promise<readonly Rise[]> {
  if (actor.role !== "sergeant") return [];
  return db.transaction(actor, (tx) => openRises(tx, asAt.date()), { beside: true });
}

export async function refuseWaiting(
  act: Act,
  tx: Transaction,
  windows: readonly WindowRow[],
): Promise<void> {
  const faults = await waitingFaults(act, tx, windows);
  if (faults.length === 0) return;
  const why = [...new Set(faults.map(({ reason }) => reason))].join(" ");
  const others =
    faults.length < windows.length ? " Leave these patrols out to approve the others." : "";
  throw new Problem(409, "Not approved", `${why}${others}`, faults);
}
