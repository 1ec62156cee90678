import { demoSuffix } from "#core/demo-words.ts";
import { type Shown, shownCount, tenFiveRule } from "#core/disclosure/rule.ts";
import { yearsBefore } from "#core/records/retention.ts";
import { csvFile } from "#core/table/write-csv.ts";
import type { WordsFault } from "#core/text/free-words.ts";
import { formatDate } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

export const complaintOutcomes = {
  upheld: "Upheld",
  partly_upheld: "Partly upheld",
  not_upheld: "Not upheld",
  withdrawn: "Withdrawn",
  passed_on: "Passed to another body",
} as const;
export type ComplaintOutcome = keyof typeof complaintOutcomes;

export interface ComplaintDates {
  readonly receivedOn: string;
  readonly acknowledgedOn: string | null;
  readonly outcome: ComplaintOutcome | null;
  readonly toldOn: string | null;
}

/**
 * Data Protection Act 2018 s. 164A(3), in force from 19 June 2026. Counted from the day after
 * receipt, as the Information Commissioner does, but never extended past a weekend.
 */
export const acknowledgeDays = 30;

export const acknowledgeBy = (receivedOn: string) => addDays(receivedOn, acknowledgeDays);

/** After the outcome is told: the time for a claim (Limitation Act 1980 ss. 2 and 9). */
export const complaintYears = 6;

export const complaintStates = ["overdue", "due", "open", "closed"] as const;
export type ComplaintState = (typeof complaintStates)[number];

/** An outcome told within the time needs no acknowledgement beside it. */
export function complaintState(
  { receivedOn, acknowledgedOn, toldOn }: ComplaintDates,
  asAt: string,
): ComplaintState {
  if (toldOn !== null) return "closed";
  if (acknowledgedOn !== null) return "open";
  return asAt > acknowledgeBy(receivedOn) ? "overdue" : "due";
}

/** "DP-2026-0007" */
export const complaintReference = (year: number, number: number) =>
  `DP-${year}-${String(number).padStart(4, "0")}`;

export function checkComplaint(
  { receivedOn, acknowledgedOn, outcome, toldOn }: ComplaintDates,
  asAt: string,
): readonly WordsFault[] {
  const faults: WordsFault[] = [];
  const judge = (field: keyof ComplaintDates, date: string | null, first: string, name: string) => {
    if (date === null) return;
    const reason =
      date > asAt
        ? `${formatDate(date)} is in the future.`
        : date < first
          ? `Choose ${formatDate(first)} or later${name}.`
          : null;
    if (reason) faults.push({ field, reason });
  };
  judge("receivedOn", receivedOn, yearsBefore(asAt, complaintYears), "");
  judge("acknowledgedOn", acknowledgedOn, receivedOn, ", when it was received");
  const before = acknowledgedOn === null ? ", when it was received" : ", when it was acknowledged";
  judge("toldOn", toldOn, acknowledgedOn ?? receivedOn, before);
  if (outcome !== null && toldOn === null)
    faults.push({ field: "toldOn", reason: "Enter when the outcome was told." });
  if (outcome === null && toldOn !== null)
    faults.push({ field: "outcome", reason: "Choose an outcome, or leave the date empty." });
  return faults;
}

/** Overdue first, then by when to acknowledge, then what waits for an outcome, the closed last. */
export function byUrgency<
  Complaint extends ComplaintDates & { readonly state: ComplaintState; readonly reference: string },
>(complaints: readonly Complaint[]): Complaint[] {
  const rank = ({ state }: Complaint) => complaintStates.indexOf(state);
  return complaints.toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      (other.toldOn ?? "").localeCompare(one.toldOn ?? "") ||
      one.receivedOn.localeCompare(other.receivedOn) ||
      one.reference.localeCompare(other.reference),
  );
}

export function overdueWords(count: number): string | null {
  if (count === 0) return null;
  return count === 1 ? "1 data complaint is overdue." : `${count} data complaints are overdue.`;
}

const firstYear = 2026;

/**
 * For the public page: whole years by date of receipt, as long as none of them is erased, each by
 * the 10-5 rule, for one complaint in a small place can point at whoever made it.
 */
export function yearCounts(
  received: readonly string[],
  asAt: string,
): readonly { readonly year: number; readonly count: Shown }[] {
  const now = Number(asAt.slice(0, 4));
  const from = Math.max(firstYear, now - complaintYears + 1);
  return Array.from({ length: Math.max(0, now - from) }, (_, at) => {
    const year = from + at;
    const count = received.filter((date) => date.startsWith(`${year}-`)).length;
    return { year, count: shownCount(count, tenFiveRule) };
  });
}

type Listed = ComplaintDates & { readonly reference: string; readonly state: ComplaintState };

export function complaintsCsv(complaints: readonly Listed[], mark: string | null): string {
  return csvFile([
    ...(mark === null ? [] : [[mark]]),
    ["reference", "received", "acknowledge_by", "acknowledged", "outcome", "told", "state"],
    ...complaints.map(({ reference, receivedOn, acknowledgedOn, outcome, toldOn, state }) => [
      reference,
      receivedOn,
      acknowledgeBy(receivedOn),
      acknowledgedOn ?? "",
      outcome ?? "",
      toldOn ?? "",
      state,
    ]),
  ]);
}

export const complaintsFileName = (asAt: string, mark: string | null) =>
  `data-complaints-${asAt}${demoSuffix(mark)}.csv`;
