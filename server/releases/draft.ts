import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { id as recordId } from "#core/contract/fields.ts";
import { demoWords } from "#core/demo-words.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { withCounted } from "#core/outcomes/figures.ts";
import { publicTallies } from "#core/outcomes/public-tallies.ts";
import type { StandingTally } from "#core/outcomes/typed-tally.ts";
import { firstOutcomes } from "#core/patrols/seals/record.ts";
import type { PublicAreas } from "#core/places/public-areas.ts";
import { type BuiltRelease, buildRelease, type ReleaseInput } from "#core/releases/build.ts";
import { readCommitments } from "#core/releases/commitments.ts";
import type { EarlierRelease } from "#core/releases/earlier.ts";
import { releaseMonths } from "#core/releases/months.ts";
import type { AreaCount } from "#core/releases/panel/monthly-figures.ts";
import type { ReleaseCommitment, ReleaseDone } from "#core/releases/wire/release.ts";
import type { DraftBody, PreviewReply, ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Result } from "#core/result.ts";
import { endOfMonths, type Month } from "#core/time/months.ts";
import type { Act, Services } from "#server/acts/services.ts";
import { systemActor, type Transaction, withOptions } from "#server/db/database.ts";
import { hasImportedBatch } from "#server/db/emptiness.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { readTyped } from "#server/outcomes/outcomes.ts";
import { loadSeals } from "#server/patrols/seals/store.ts";
import { fixedAreas, lastMoveOf, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { releaseAnswers } from "#server/releases/answers.ts";
import { chainFaults } from "#server/releases/check.ts";
import { areaSetOf } from "#server/releases/hash.ts";
import { readLaw } from "#server/releases/law.ts";
import { contentOf, loadReleases, type StoredRelease } from "#server/releases/store.ts";

type DraftAct = Pick<Act, "actor" | "db" | "zone" | "asAt" | "addDetail">;

/** Or why there can be none. Nothing is stored. */
export async function previewRelease(
  act: DraftAct,
  asked: Pick<DraftBody, "from" | "to">,
): Promise<PreviewReply> {
  const made = await prepare(act, asked, []);
  const reading = withOptions(act.db, { events: true });
  const built = await reading.transaction(act.actor, async (tx) => {
    act.addDetail(made.detail);
    return (await build(tx, act, made)).built;
  });
  return built.ok
    ? { ...built.value, refused: null }
    : { content: null, history: { taken: [], left: [] }, refused: built.reason };
}

/** Immutable once stored. */
export async function draftRelease(
  act: DraftAct,
  body: DraftBody,
): Promise<{ id: number; content: ReleaseContent }> {
  const { asAt } = act;
  const { commitments, faults } = readCommitments(body.commitments, asAt.date());
  if (faults.length > 0) {
    throw new Problem(
      422,
      "Not drafted",
      "Nothing was saved. Correct the commitments marked and draft again.",
      faults.map(({ at, field, reason }) => ({ row: at + 1, field, reason })),
    );
  }
  const made = await prepare(act, body, commitments);
  return withOptions(act.db, { events: true }).transaction(act.actor, async (tx) => {
    const { built, after } = await build(tx, act, made);
    if (!built.ok) throw new Problem(422, "Not drafted", built.reason);
    const { content } = built.value;
    const row = insertInto("release_draft", {
      content: JSON.stringify(content),
      areaSet: made.areaSet,
      afterNumber: after,
      draftedOn: asAt.date(),
      draftedAt: new Date(asAt.now()),
      draftedBy: act.actor.person,
    });
    const { id } = await tx.one(z.object({ id: recordId }), sql`${row} returning id`);
    act.addDetail({ draft: id, ...made.detail });
    return { id, content };
  });
}

interface Prepared {
  readonly months: readonly Month[];
  readonly areNamed: boolean;
  readonly areas: PublicAreas;
  readonly areaSet: string;
  readonly movedOn: string | null;
  readonly totals: readonly StandingTally[];
  readonly spoken: Pick<ReleaseInput, "answers" | "phases">;
  readonly commitments: readonly ReleaseCommitment[];
  readonly sources: readonly string[];
  readonly mark: string | null;
  readonly detail: { readonly from: string; readonly to: string };
}

async function prepare(
  services: DraftAct,
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
    movedOn: lastMoveOf(places),
    totals: await totalsForRelease(services),
    spoken: await releaseAnswers(services),
    commitments,
    sources: places.reply.attributions,
    mark: services.asAt.demo
      ? demoWords(await services.db.transaction(systemActor, hasImportedBatch, { beside: true }))
      : null,
    detail: { from: months.value[0] ?? "", to: months.value.at(-1) ?? "" },
  };
}

/** Counted as the publisher; checked against all releases up to `after`. */
async function build(
  tx: Transaction,
  { zone, asAt }: DraftAct,
  made: Prepared,
): Promise<{ readonly built: Result<BuiltRelease>; readonly after: number }> {
  const range = {
    timeZone: zone.name,
    from: zone.startOfDate(`${made.months[0] ?? ""}-01`),
    to: zone.startOfDate(endOfMonths(made.months)),
  };
  const { complaints, sightings } = await tx.through("publisher", async (publisher) => ({
    complaints: await countByResidents(publisher, "complaint", range),
    sightings: await countByResidents(publisher, "sighting", range),
  }));
  const stored = await tx.through("public", loadReleases);
  const seals = await loadSeals(tx);
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
    movedOn: made.movedOn,
    counts: areaCounts(made.areas, complaints),
    sightings: commandTotals(areaCounts(made.areas, sightings)),
    earlier: stored.map(earlierOf),
    done: doneOf(made.totals, stored),
    ...made.spoken,
    forecast: {
      outcomes: firstOutcomes(seals),
      head: seals.at(-1)?.hash ?? null,
      isReplayed: seals.some(({ isReplayed }) => isReplayed),
    },
    commitments: made.commitments,
    sources: made.sources,
    law: readLaw(),
    mark: made.mark,
  });
  return { built, after: stored.at(-1)?.number ?? 0 };
}

const monthCount = z.object({
  /** `YYYY-MM` */
  month: z.string(),
  cell: eventCell,
  ward: z.string().nullable(),
  count: z.int(),
});

const ofKind = { complaint: sql`kind = 'complaint'`, sighting: sql`kind = 'sighting'` };

/**
 * By local month, cell and ward: the only statement behind public figures. It reads `event` and
 * merges of events, nothing else (SAFEGUARDS 4), and only residents' reports (SAFEGUARDS 7).
 * Sightings are public only for the whole command.
 */
export function countByResidents(
  tx: Transaction,
  kind: keyof typeof ofKind,
  range: { readonly timeZone: string; readonly from: number; readonly to: number },
) {
  const [from, to] = [new Date(range.from), new Date(range.to)];
  return tx.rows(
    monthCount,
    sql`with counted as (
        select cell, ward, starts_at + (ends_at - starts_at) / 2 as middle
        from event
        where ${ofKind[kind]}
          and source = 'resident'
          and starts_at < ${to}
          and ends_at >= ${from}
          and not exists (
            select from event_match
            where event_match.event_id = event.id and event_match.merged_into is not null
          )
      )
      select to_char(middle at time zone ${range.timeZone}::text, 'YYYY-MM') as month, cell, ward,
        count(*) as count
      from counted
      where middle >= ${from} and middle < ${to}
      group by 1, 2, 3 order by 1, 2, 3`,
  );
}

function areaCounts(
  { areaOf }: PublicAreas,
  rows: readonly z.infer<typeof monthCount>[],
): AreaCount[] {
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

export async function totalsForRelease(
  services: Pick<Services, "db" | "zone" | "asAt">,
): Promise<readonly StandingTally[]> {
  return withCounted(await readTyped(services));
}

/**
 * Activity figures that a release may state, given every release before. Nothing of outreach,
 * patrols or dose (SAFEGUARDS 4), and nothing that partners typed (SAFEGUARDS 13).
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
  const standing = earlier.filter(({ withdrawn }) => withdrawn === null);
  const stands = new Set(standing.flatMap(saidOf).map(keyOf));
  // A figure stated only by withdrawn releases does not return.
  return figures.filter((figure) => !said.has(keyOf(figure)) || stands.has(keyOf(figure)));
}

function keyOf({ measure, from, to }: ReleaseDone): string {
  return `${measure} ${from} ${to}`;
}

function saidOf(release: StoredRelease): readonly ReleaseDone[] {
  return contentOf(release).done;
}

function earlierOf(release: StoredRelease): EarlierRelease {
  const { number, areaSet, withdrawn } = release;
  return { number, areaSet, content: contentOf(release), isWithdrawn: withdrawn !== null };
}
