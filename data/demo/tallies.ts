import type { BreakdownName, MeasureName } from "#core/outcomes/measures.ts";
import { comparedPeriods, endOfMonth } from "#core/outcomes/periods.ts";
import type { Tally } from "#core/outcomes/wire/tallies.ts";
import {
  asAtDate,
  cautions,
  kerbCrawlersIdentified,
  operationStart,
  sexWorkersIdentified,
} from "#data/demo/settings.ts";

const operation = { from: operationStart, to: asAtDate };
const { before, yearAgo } = comparedPeriods(operation);

/** Totals without a row behind them: the operation's published ones, and made-up ones that go with them. */
export function createTallies(): Tally[] {
  return [
    ...wholes(operation, {
      cautions,
      sex_workers_identified: sexWorkersIdentified,
      kerb_crawlers_identified: kerbCrawlersIdentified,
      conditional_cautions: 17,
      course_places_offered: 58,
      course_places_booked: 41,
      course_places_attended: 24,
      course_places_completed: 10,
      awareness_courses: 21,
      protection_warnings: 34,
      protection_notices: 12,
      reports_by_women: 26,
      referrals_to_advisers: 31,
      harm_reported_to_partners: 14,
    }),
    ...parts("sex_workers_identified", "residence", {
      within_command: 22,
      elsewhere_london: 16,
      outside_london: 11,
      not_known: 11,
    }),
    ...parts("kerb_crawlers_identified", "residence", {
      within_command: 10,
      elsewhere_london: 12,
      outside_london: 10,
      not_known: 10,
    }),
    ...parts("sex_workers_identified", "known_before", { yes: 35, no: 14, not_recorded: 11 }),
    ...parts("kerb_crawlers_identified", "known_before", { yes: 12, no: 20, not_recorded: 10 }),
    ...parts("sex_workers_identified", "age", {
      from_18: 13,
      from_25: 21,
      from_35: 15,
      from_45: 11,
    }),
    ...parts("protection_warnings", "prior_outreach", { yes: 22, no: 12, not_recorded: 0 }),
    // From before there were records of arrests and stops.
    ...wholes(before, {
      arrests: 48,
      stop_searches: 120,
      cautions: 31,
      sex_workers_identified: 52,
      kerb_crawlers_identified: 28,
    }),
    ...wholes(yearAgo, {
      arrests: 57,
      stop_searches: 133,
      cautions: 38,
      sex_workers_identified: 71,
      kerb_crawlers_identified: 33,
    }),
    // Months come last: a total over them was public first, so they are for police alone.
    ...byMonth("2021-05", {
      harm_reported_to_partners: [3, 4, 4, 3, 4, 5],
      reports_passed_on: [1, 1, 2, 2, 3, 4],
      arrests: [12, 13, 11],
      stop_searches: [34, 29, 31],
    }),
    ...byMonth("2021-08", {
      reports_by_women: [5, 7, 8],
      referrals_to_advisers: [6, 8, 10],
    }),
  ];
}

/** A value a month from the first on. */
function byMonth(
  first: string,
  values: Readonly<Partial<Record<MeasureName, readonly number[]>>>,
): Tally[] {
  return Object.entries(values).flatMap(([measure, counts]) =>
    counts.flatMap((count, at) => {
      const from = new Date(Date.UTC(2021, Number(first.slice(5)) - 1 + at, 1));
      const date = from.toISOString().slice(0, 10);
      return wholes({ from: date, to: endOfMonth(date) }, { [measure]: count });
    }),
  );
}

const takenFrom = "Made up for the demonstration";

function wholes(
  period: { readonly from: string; readonly to: string },
  values: Readonly<Partial<Record<MeasureName, number>>>,
): Tally[] {
  return Object.entries(values).map(([measure, value]) => ({
    measure: measure as MeasureName,
    ...period,
    value,
    takenFrom,
  }));
}

function parts(
  measure: MeasureName,
  breakdown: BreakdownName,
  values: Readonly<Record<string, number>>,
): Tally[] {
  return Object.entries(values).map(([part, value]) => ({
    measure,
    breakdown,
    part,
    ...operation,
    value,
    takenFrom,
  }));
}
