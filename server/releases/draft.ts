import { demoWords } from "#core/demo-words.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { withCounted } from "#core/outcomes/figures.ts";
import { publicTallies } from "#core/outcomes/public-tallies.ts";
import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import type { PublicAreas } from "#core/places/public-areas.ts";
import { noAnswer } from "#core/releases/answers.ts";
import { type BuiltRelease, buildRelease, type ReleaseInput } from "#core/releases/build.ts";
import { readCommitments } from "#core/releases/commitments.ts";
import type { EarlierRelease } from "#core/releases/earlier.ts";
import { releaseMonths } from "#core/releases/months.ts";
import type { AreaCount } from "#core/releases/panel/monthly-figures.ts";
import type { ReleaseCommitment, ReleaseDone } from "#core/releases/wire/release.ts";
import type { DraftBody, PreviewReply, ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Result } from "#core/result.ts";
import type { Actor } from "#core/role.ts";
import { endOfMonths, type Month } from "#core/time/months.ts";
import { dateName } from "#core/time/words.ts";
import type { ActServices, Services } from "#server/acts/services.ts";
import {
  publisherActor,
  systemActor,
  type Transaction,
  withOptions,
  wrapDatabase,
} from "#server/db/database.ts";
import { hasImportedBatch } from "#server/db/emptiness.ts";
import type { AssessmentServices } from "#server/displacement/assess.ts";
import { loadOperations } from "#server/displacement/queries/operations.ts";
import { readTyped } from "#server/outcomes/outcomes.ts";
import { fixedAreas, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { chainFaults } from "#server/releases/check.ts";
import { areaSetOf } from "#server/releases/hash.ts";
import {
  countResidentComplaints,
  countResidentSightings,
  type MonthCellCount,
} from "#server/releases/queries/panel.ts";
import {
  contentOf,
  insertDraft,
  loadReleases,
  type StoredRelease,
} from "#server/releases/queries/releases.ts";
import { asAtLastPublicDay, spokenAssessment } from "#server/releases/spoken-assessment.ts";

export type ReleaseServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/** What a draft would hold, or why there can be none. Nothing is kept. */
export async function previewRelease(
  services: ReleaseServices,
  actor: Actor,
  asked: Pick<DraftBody, "from" | "to">,
): Promise<PreviewReply> {
  const made = await prepare(services, asked, []);
  const built = await withOptions(services.db, { events: true }).transaction(actor, async (tx) => {
    services.addDetail(made.detail);
    return (await build(tx, services, made)).built;
  });
  return built.ok
    ? { ...built.value, refused: null }
    : { content: null, history: { taken: [], left: [] }, refused: built.reason };
}

export interface Drafted {
  readonly id: number;
  readonly content: ReleaseContent;
}

/** Kept as a draft: from here on nothing of it changes. */
export async function draftRelease(
  services: ReleaseServices,
  actor: Actor,
  body: DraftBody,
): Promise<Drafted> {
  const { commitments, faults } = readCommitments(body.commitments, services.asAt.date());
  if (faults.length > 0) {
    throw new Problem(
      422,
      "Not drafted",
      "Nothing was saved. Correct the commitments marked and draft again.",
      faults.map(({ at, field, reason }) => ({ row: at + 1, field, reason })),
    );
  }
  const made = await prepare(services, body, commitments);
  return withOptions(services.db, { events: true }).transaction(actor, async (tx) => {
    const { built, after } = await build(tx, services, made);
    if (!built.ok) throw new Problem(422, "Not drafted", built.reason);
    const { content } = built.value;
    const id = await insertDraft(tx, {
      content: JSON.stringify(content),
      areaSet: made.areaSet,
      afterNumber: after,
      draftedOn: services.asAt.date(),
      at: services.asAt.now(),
      by: actor.person,
    });
    services.addDetail({ draft: id, ...made.detail });
    return { id, content };
  });
}

interface Prepared {
  readonly months: readonly Month[];
  readonly areNamed: boolean;
  readonly areas: PublicAreas;
  readonly areaSet: string;
  readonly totals: readonly StandingTally[];
  readonly answers: ReleaseInput["answers"];
  readonly commitments: readonly ReleaseCommitment[];
  readonly sources: readonly string[];
  readonly mark: string | null;
  readonly detail: { readonly from: string; readonly to: string };
}

async function prepare(
  services: ReleaseServices,
  { from, to }: Pick<DraftBody, "from" | "to">,
  commitments: readonly ReleaseCommitment[],
): Promise<Prepared> {
  const months = releaseMonths(services.asAt.date(), { from, to });
  if (!months.ok) throw new Problem(422, "These months cannot be released", months.reason);
  const places = await placesOf({ db: services.db });
  const areas = fixedAreas(places);
  return {
    months: months.value,
    areNamed: from !== undefined || to !== undefined,
    areas,
    areaSet: areaSetOf(areas),
    totals: await totalsForRelease(services),
    answers: await releaseAnswers(services),
    commitments,
    sources: places.reply.attributions,
    mark: services.asAt.demo
      ? demoWords(await services.db.transaction(systemActor, hasImportedBatch, { beside: true }))
      : null,
    detail: { from: months.value[0] ?? "", to: months.value.at(-1) ?? "" },
  };
}

/** Counted as the publisher, whoever asks; checked against every release up to `after`. */
async function build(
  tx: Transaction,
  { zone, asAt }: ReleaseServices,
  made: Prepared,
): Promise<{ readonly built: Result<BuiltRelease>; readonly after: number }> {
  const range = {
    timeZone: zone.name,
    from: zone.startOfDate(`${made.months[0] ?? ""}-01`),
    to: zone.startOfDate(endOfMonths(made.months)),
  };
  const { complaints, sightings } = await tx.through("publisher", async (publisher) => ({
    complaints: await countResidentComplaints(publisher, range),
    sightings: await countResidentSightings(publisher, range),
  }));
  const stored = await tx.through("public", loadReleases);
  const [fault] = chainFaults(stored);
  if (fault !== undefined) {
    throw new Problem(
      409,
      "The releases have been changed",
      `${fault} Nothing can be drafted until this is resolved. Tell the auditor.`,
    );
  }
  const built = buildRelease({
    asAtDate: asAt.date(),
    months: made.months,
    areNamed: made.areNamed,
    publicAreas: made.areas,
    areaSet: made.areaSet,
    counts: areaCounts(made.areas, complaints),
    sightings: commandTotals(areaCounts(made.areas, sightings)),
    earlier: stored.map(earlierOf),
    done: doneOf(made.totals, stored),
    answers: made.answers,
    commitments: made.commitments,
    sources: made.sources,
    mark: made.mark,
  });
  return { built, after: stored.at(-1)?.number ?? 0 };
}

function areaCounts({ areaOf }: PublicAreas, rows: readonly MonthCellCount[]): AreaCount[] {
  return rows.flatMap(({ month, cell, ward, count }) => {
    const area = areaOf(cell, ward);
    return area === undefined ? [] : [{ area, month, count }];
  });
}

function commandTotals(counts: readonly AreaCount[]): Map<Month, number> {
  const totals = new Map<Month, number>();
  for (const { month, count } of counts) totals.set(month, (totals.get(month) ?? 0) + count);
  return totals;
}

/**
 * Of each operation what tells whether it helped and whether the problem moved, as the publisher (SAFEGUARDS 4) and from nothing
 * after the last day that may be public (SAFEGUARDS 7). How much of it is put into words hangs on the figures of the release
 * (core/releases/build.ts). Beside the act that the draft is.
 */
export async function releaseAnswers(
  services: Omit<AssessmentServices, "addDetail">,
): Promise<ReleaseInput["answers"]> {
  const then = asAtLastPublicDay({
    ...services,
    db: wrapDatabase(services.db, (actor, work, options) =>
      services.db.transaction(actor, work, { ...options, beside: true }),
    ),
    addDetail: () => undefined,
  });
  const operations = await then.db.transaction(publisherActor, (tx) =>
    loadOperations(tx, then.asAt.date()),
  );
  const found: ReleaseInput["answers"][number][] = [];
  for (const { name } of operations) {
    const spoken = await spokenAssessment(then, name);
    found.push(spoken ?? noAnswer(name, dateName(then.asAt.date())));
  }
  return found;
}

/** Typed totals and, for the same periods, arrests and stops as counted. */
export async function totalsForRelease(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<readonly StandingTally[]> {
  return withCounted(await readTyped(services));
}

/**
 * What was done, as a release may say it beside every release before. Nothing of outreach, patrols or dose is among
 * it (SAFEGUARDS 4), and nothing that partners typed (SAFEGUARDS 13).
 */
export function doneOf(
  totals: readonly StandingTally[],
  earlier: readonly StoredRelease[],
): ReleaseDone[] {
  const figures = publicTallies({
    tallies: totals,
    rule: tenFiveRule,
    earlier: earlier.flatMap(saidOf),
  });
  const said = new Set(earlier.flatMap(saidOf).map(keyOf));
  const standing = earlier.filter(({ withdrawnOn }) => withdrawnOn === null);
  const stands = new Set(standing.flatMap(saidOf).map(keyOf));
  // What none but withdrawn releases have said does not come back.
  return figures.filter((figure) => !said.has(keyOf(figure)) || stands.has(keyOf(figure)));
}

function keyOf({ measure, from, to }: ReleaseDone): string {
  return `${measure} ${from} ${to}`;
}

function saidOf(release: StoredRelease): readonly ReleaseDone[] {
  return contentOf(release).done;
}

/** A stored release as later ones and the words beside them look back at it. */
function earlierOf(release: StoredRelease): EarlierRelease {
  const { number, areaSet, withdrawnOn } = release;
  return { number, areaSet, content: contentOf(release), isWithdrawn: withdrawnOn !== null };
}
