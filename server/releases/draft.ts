import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import type { PublicAreas } from "#core/places/public-areas.ts";
import { type BuiltRelease, buildRelease, type ReleaseInput } from "#core/releases/build.ts";
import { readCommitments } from "#core/releases/commitments.ts";
import { releaseMonths } from "#core/releases/months.ts";
import type { AreaCount } from "#core/releases/panel/monthly-figures.ts";
import type { ReleaseCommitment } from "#core/releases/wire/release.ts";
import type { DraftBody, PreviewReply, ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Result } from "#core/result.ts";
import type { Actor } from "#core/role.ts";
import { endOfMonths, type Month } from "#core/time/months.ts";
import type { ActServices } from "#server/acts/notes.ts";
import type { Transaction } from "#server/db/database.ts";
import { withOptions } from "#server/db/wrapped.ts";
import { fixedAreas } from "#server/places/fixed-areas.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { releaseAnswers } from "#server/releases/answers.ts";
import { chainFaults } from "#server/releases/chain.ts";
import { areaSetOf } from "#server/releases/hash.ts";
import {
  countResidentComplaints,
  countResidentSightings,
  type MonthCellCount,
} from "#server/releases/queries/panel.ts";
import { insertDraft, loadReleases } from "#server/releases/queries/releases.ts";
import { earlierOf } from "#server/releases/stored.ts";
import { doneOf, totalsForRelease } from "#server/releases/totals.ts";

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
      "Mend what is named of the commitments and draft it again; nothing was kept.",
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
  readonly detail: { readonly from: string; readonly to: string };
}

async function prepare(
  services: ReleaseServices,
  { from, to }: Pick<DraftBody, "from" | "to">,
  commitments: readonly ReleaseCommitment[],
): Promise<Prepared> {
  const months = releaseMonths(services.asAt.date(), { from, to });
  if (!months.ok) throw new Problem(422, "These months cannot be released", months.reason);
  const areas = fixedAreas(await placesOf({ db: services.db }));
  return {
    months: months.value,
    areNamed: from !== undefined || to !== undefined,
    areas,
    areaSet: areaSetOf(areas),
    totals: await totalsForRelease(services),
    answers: await releaseAnswers(services),
    commitments,
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
      "The releases are not as they were",
      `${fault} Nothing is drafted against releases that cannot be trusted: tell the auditor.`,
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
    madeUp: asAt.demo,
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
