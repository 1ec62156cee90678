import { createAreaTree } from "#core/disclosure/area-tree.ts";
import { findJointLeaks, type JointLeak } from "#core/disclosure/joint.ts";
import { type DisclosureRule, type Shown, shownCount, tenFiveRule } from "#core/disclosure/rule.ts";
import { leastCount } from "#core/displacement/compare.ts";
import { edgeZoneMetres } from "#core/places/edge-zone.ts";
import { commandId, type PublicAreas } from "#core/places/public-areas.ts";
import type { PanelArea } from "#core/places/wire/places.ts";
import type { SpokenAssessment, SpokenPhase } from "#core/releases/answers.ts";
import {
  type EarlierRelease,
  type PublishedMonth,
  publishedMonths,
  shownFigures,
} from "#core/releases/earlier.ts";
import { forecastWords, type SealedOutcomes } from "#core/releases/forecast-words.ts";
import {
  type AreaCount,
  monthlyFigures,
  type Suppress,
} from "#core/releases/panel/monthly-figures.ts";
import type { sayableOf } from "#core/releases/panel/sayable.ts";
import { toldAnswers } from "#core/releases/told-answers.ts";
import type { LawText } from "#core/releases/wire/law.ts";
import type { ReleaseAnswer, ReleaseCommitment, ReleaseDone } from "#core/releases/wire/release.ts";
import type { DraftHistory, ReleaseContent } from "#core/releases/wire/releases.ts";
import { failure, type Result, success } from "#core/result.ts";
import { formatCount } from "#core/text/numbers.ts";
import { type Month, monthName, publicMonths } from "#core/time/months.ts";
import { dateName } from "#core/time/words.ts";

export interface ReleaseInput {
  readonly asAtDate: string;
  readonly months: readonly Month[];
  /** Whether these months were chosen: then any omission is reported. */
  readonly areNamed: boolean;
  readonly publicAreas: Pick<PublicAreas, "areas" | "outlines">;
  /** Hash of the areas counted; changes as soon as any cell changes area. */
  readonly areaSet: string;
  readonly counts: readonly AreaCount[];
  /** First day of the present boundaries where others were before; absent or null where none were. */
  readonly movedOn?: string | null;
  /** Sightings by residents in the whole command, by month. */
  readonly sightings: ReadonlyMap<Month, number>;
  /** All releases ever, withdrawn ones included. */
  readonly earlier: readonly EarlierRelease[];
  readonly done: readonly ReleaseDone[];
  /** For each operation: its assessment, or words without any count. */
  readonly answers: readonly (SpokenAssessment | ReleaseAnswer)[];
  /** Of all these operations. */
  readonly phases?: readonly SpokenPhase[];
  readonly forecast?: SealedOutcomes;
  readonly commitments: readonly ReleaseCommitment[];
  readonly sources: readonly string[];
  readonly law: readonly LawText[];
  readonly mark: string | null;
  /** Replaced only to weaken it in tests. */
  readonly suppress?: Suppress;
  readonly audit?: typeof findJointLeaks;
  readonly sayable?: typeof sayableOf;
}

export interface BuiltRelease {
  readonly content: ReleaseContent;
  readonly history: DraftHistory;
}

/**
 * Public figures of whole months, linked with all earlier releases. Each month is computed once,
 * for its first release: later ones repeat its figures, whatever was recorded or withdrawn since;
 * with other areas, or once every release that showed it was withdrawn, it is not shown again. So
 * each month has one table for all time, and reading all releases reveals no more of it than one,
 * which core/disclosure/suppress.ts protects. `findJointLeaks` rechecks the result with everything
 * released before; any leak gives a reason instead of a release.
 */
export function buildRelease(input: ReleaseInput): Result<BuiltRelease> {
  const rule = tenFiveRule;
  const { areas, outlines } = input.publicAreas;
  const { areaSet, audit = findJointLeaks } = input;
  const tree = createAreaTree(areas);
  const published = publishedMonths(input.earlier, areaSet, tree.ids);
  const { movedOn = null } = input;
  const left = input.months.flatMap((month) =>
    leftOut(month, published.get(month) ?? [], { areaSet, movedOn }),
  );
  if (left.length > 0 && (input.areNamed || left.length === input.months.length)) {
    return failure(leftOutReason(left, movedOn));
  }
  const gone = new Set(left.map(({ month }) => month));
  const months = input.months.filter((month) => !gone.has(month));
  const fresh = monthlyFigures({ ...input, areas, months, rule });
  const taken: DraftHistory["taken"] = [];
  const figures = months.map((month) => {
    const again = {
      month,
      shown: fresh.get(month) ?? [],
      sightings: shownCount(input.sightings.get(month) ?? 0, rule),
    };
    const [first] = published.get(month) ?? [];
    if (first === undefined) return again;
    const { release, shown, sightings } = first;
    taken.push({ month, release, changedSince: !isSame(again, first) });
    return { month, shown, sightings };
  });
  for (const { month, shown } of figures) {
    const leaks = audit(tree, { areaSet, shown }, published.get(month) ?? [], rule);
    if (leaks[0] !== undefined) return failure(leakReason(month, leaks[0], areas));
  }
  const { asAtDate, done, commitments, sources, law, mark } = input;
  const shown = shownFigures(
    areas,
    published,
    figures.map((one) => [one.month, one.shown] as const),
  );
  const said = toldAnswers(input, shown);
  return success({
    history: { taken, left },
    content: {
      threshold: rule.threshold,
      base: rule.base,
      months,
      areas: [...areas],
      values: [
        ...figures.flatMap(({ month, shown }) =>
          areas.map(({ id }, at) => ({
            area: id,
            month,
            measure: "resident_complaints" as const,
            count: shown[at] ?? null,
          })),
        ),
        ...figures.map(({ month, sightings }) => ({
          area: commandId,
          month,
          measure: "sightings" as const,
          count: sightings,
        })),
      ],
      notes: releaseNotes({ asAtDate, months, areas, rule, left }),
      outlines: [...outlines],
      madeUp: mark !== null,
      asAt: asAtDate,
      done: [...done],
      answers: said.map(({ answer }) => answer),
      ...(input.forecast ? { forecast: forecastWords(input.forecast, months) } : {}),
      commitments: [...commitments],
      movedNotes: said.flatMap(({ note }) => (note === null ? [] : [note])),
      sources: [...sources],
      law: [...law],
      mark,
    },
  });
}

interface MonthFigures {
  readonly shown: readonly Shown[];
  readonly sightings: Shown;
}

function isSame(a: MonthFigures, b: MonthFigures): boolean {
  return a.sightings === b.sightings && a.shown.every((figure, at) => figure === b.shown[at]);
}

/** Why a month is not shown again. A withdrawn figure never returns, nor gets a replacement. */
function leftOut(
  month: Month,
  published: readonly PublishedMonth[],
  { areaSet, movedOn }: { readonly areaSet: string; readonly movedOn: string | null },
): DraftHistory["left"] {
  // Counted by other boundaries, whether or not it was released by them.
  if (movedOn !== null && `${month}-01` < movedOn) return [{ month, release: null, why: "moved" }];
  const other = published.find((one) => one.areaSet !== areaSet);
  if (other !== undefined) return [{ month, release: other.release, why: "areas" }];
  const last = published.at(-1);
  return last !== undefined && published.every(({ isWithdrawn }) => isWithdrawn)
    ? [{ month, release: last.release, why: "withdrawn" }]
    : [];
}

function leftOutReason(left: DraftHistory["left"], movedOn: string | null): string {
  const earlier = left.filter(({ why }) => why === "moved");
  if (earlier.length > 0 && movedOn !== null) {
    return `The boundaries of the area changed on ${dateName(movedOn)}. ${monthNames(earlier)}: months that began before that day cannot be released by the new boundaries, because two sets of areas could reveal single reports. Leave these months out.`;
  }
  const moved = left.filter(({ why }) => why === "areas");
  const [first] = moved;
  if (first === undefined) {
    const [withdrawn] = left;
    return `${monthNames(left)}: shown in release ${withdrawn?.release}, which was withdrawn, and in no current one. Withdrawn months do not come back, because a second figure could reveal single reports. Leave these months out.`;
  }
  return `The areas have changed since release ${first.release}. ${monthNames(moved)}: figures for the earlier areas are public, and comparing two sets of areas could reveal single reports. Leave these months out; they are in release ${first.release}.`;
}

const monthNames = (left: DraftHistory["left"]) =>
  left.map(({ month }) => monthName(month)).join(", ");

/** For the drafter, who sees exact figures anyway. */
function leakReason(month: Month, leak: JointLeak, areas: PublicAreas["areas"]): string {
  const nameOf = (id: string) => areas.find((area) => area.id === id)?.name ?? id;
  const held = `${monthName(month)} is held back:`;
  switch (leak.by) {
    case "sum":
      return `${held} the figures shown would reveal more about ${nameOf(leak.area)} than that it has fewer than 10.`;
    case "change":
      return `${held} ${nameOf(leak.area)} would differ from release ${leak.release}, and the difference may be a few reports.`;
    case "areas":
      return `${held} release ${leak.release} shows it for other areas.`;
  }
}

/** Footnotes of a release: the same whether or not a figure was taken over. */
export function releaseNotes(
  input: Parameters<typeof panelNotes>[0] & { readonly left: DraftHistory["left"] },
): string[] {
  return [
    ...panelNotes({ ...input, months: publicMonths(input.asAtDate) }),
    "Sightings are those residents reported, for the whole area only. Reports by partners and sightings recorded by police are not included.",
    "A month stays as first released. Later or withdrawn reports do not change it, so comparing releases reveals nothing.",
    ...leftOutNotes(input.left),
  ];
}

function leftOutNotes(left: DraftHistory["left"]): string[] {
  const releases = [...new Map(left.map((one) => [`${one.release} ${one.why}`, one])).values()];
  return releases.map(({ release: number, why }) => {
    const months = left
      .filter((one) => one.release === number && one.why === why)
      .map(({ month }) => month);
    const [first = "", last = first] = [months[0], months.at(-1)];
    const which = first === last ? monthName(first) : `${monthName(first)} to ${monthName(last)}`;
    if (why === "moved") {
      return `The boundaries of the area changed. Months from ${which} began before that and are not shown for the new areas, because comparing two sets of areas could reveal single reports.`;
    }
    return why === "areas"
      ? `The areas changed after release ${number}. Its months from ${which} are not shown again for the new areas, because comparing them could reveal single reports.`
      : `Release ${number} was withdrawn. Its months from ${which} are in no current release, and are not shown again.`;
  });
}

export function panelNotes(input: {
  readonly asAtDate: string;
  readonly months: readonly Month[];
  readonly areas: readonly PanelArea[];
  readonly rule: DisclosureRule;
}): string[] {
  const { threshold, base } = input.rule;
  const last = monthName(input.months.at(-1) ?? "");
  return [
    "Complaints made by residents, by calendar month and area. A complaint with an uncertain time counts in the month of the middle of its time span.",
    `"Not shown" means fewer than ${threshold}, or withheld so that no other figure can be worked out. "Fewer than ${threshold}" means 0 to ${threshold - 1}, the same everywhere. Months before the first figure are marked separately, because records may not go back that far.`,
    `Every figure is rounded to the nearest ${base}, so parts may not add up to the whole. There are no totals across months and no percentages.`,
    `A month is shown one whole month after it ends. As at ${dateName(input.asAtDate)} the latest is ${last}.`,
    ...areaNotes(input.areas),
    movedNoteMeaning,
  ];
}

function areaNotes(areas: readonly PanelArea[]): string[] {
  const kinds = new Set(areas.map((area) => area.kind));
  const notes: string[] = [];
  if (kinds.has("ward")) {
    notes.push(
      "Complaints recorded before the wards were brought in are placed by the ward at the centre of their map cell. These are not official ward statistics.",
    );
  }
  if (kinds.has("neighbourhood")) {
    notes.push(
      "Neighbourhoods are the places nearest to one name within a borough. They are not wards.",
    );
  }
  return notes;
}

/** Always shown, so that it does not reveal whether there is such a note. */
const movedNoteMeaning = `A note may say that reports fell in the streets of an operation and rose within ${formatCount(edgeZoneMetres)} m of a boundary. It is not about the month shown. It compares the days since the operation started with as many days before, and with the rest of the area. It counts complaints by residents, and is only made if each number compared is ${leastCount} or more.`;
