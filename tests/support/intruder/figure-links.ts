import { funnelStages } from "#core/outcomes/measures.ts";
import type { ReleaseDone, ReleaseReply } from "#core/releases/wire/release.ts";
import type { Sum } from "#tests/support/intruder/figure-solver.ts";
import { complaintsKey, doneKey, type FigureKey } from "#tests/support/intruder/reading.ts";
import { isBlank, type Written } from "#tests/support/intruder/written.ts";

export interface Links {
  readonly sums: readonly Sum[];
  /** People who dropped out between two stages, and all blanks of a whole together: wanted as any count is. */
  readonly differences: readonly string[];
}

/** What everybody knows of counts: parts add up to their whole, and a later stage is part of the one before. */
export function linksOf(replies: readonly ReleaseReply[], written: Written): Links {
  const sums = new Map<string, Sum>();
  const differences = new Set<string>();
  const addUp: AddUp = (whole, parts) => {
    const terms = new Map([[whole, -1], ...parts.map((part) => [part, 1] as const)]);
    sums.set([whole, ...parts].join(), { terms, low: 0, high: 0 });
  };
  for (const { release } of replies) {
    linkAreas(release, addUp);
    for (const row of release.done) {
      linkParts(row, release.done, { written, addUp, differences });
      linkStages(row, release.done, { addUp, differences });
    }
  }
  return { sums: [...sums.values()], differences: [...differences] };
}

type AddUp = (whole: string, parts: readonly string[]) => void;

/** Smallest areas, month by month: those that no other lies in. */
export function leafKeys(replies: readonly ReleaseReply[]): FigureKey[] {
  return replies.flatMap(({ release: { areas, months } }) => {
    const parents = new Set(areas.map(({ parent }) => parent));
    const leaves = areas.filter(({ id }) => !parents.has(id));
    return leaves.flatMap(({ id }) => months.map((month) => complaintsKey(id, month)));
  });
}

function linkAreas({ areas, months }: ReleaseReply["release"], addUp: AddUp): void {
  for (const month of months) {
    for (const { id } of areas) {
      const parts = areas.filter(({ parent }) => parent === id);
      if (parts.length === 0) continue;
      addUp(
        complaintsKey(id, month),
        parts.map((part) => complaintsKey(part.id, month)),
      );
    }
  }
}

interface Linking {
  readonly addUp: AddUp;
  readonly differences: Set<string>;
}

/** Each breakdown of a total by itself. */
function linkParts(
  whole: ReleaseDone,
  done: readonly ReleaseDone[],
  { written, addUp, differences }: Linking & { readonly written: Written },
): void {
  const parts = done.filter(
    (row) => row.measure.startsWith(`${whole.measure}:`) && isSamePeriod(row, whole),
  );
  for (const by of new Set(parts.map(({ measure }) => measure.split(":")[1]))) {
    const keys = parts.filter(({ measure }) => measure.split(":")[1] === by).map(keyOf);
    addUp(keyOf(whole), keys);
    const blank = keys.filter((key) => isBlank(written, key));
    if (blank.length < 2) continue;
    const together = `all not shown of ${keyOf(whole)} by ${by}`;
    differences.add(together);
    addUp(together, blank);
  }
}

const stages: readonly string[] = funnelStages;

function linkStages(
  stage: ReleaseDone,
  done: readonly ReleaseDone[],
  { addUp, differences }: Linking,
): void {
  const at = stages.indexOf(stage.measure);
  if (at < 0) return;
  const later = done.filter((row) => stages.indexOf(row.measure) > at && isSamePeriod(row, stage));
  for (const row of later) {
    const dropped = `${keyOf(stage)} less ${keyOf(row)}`;
    differences.add(dropped);
    addUp(keyOf(stage), [keyOf(row), dropped]);
  }
}

function isSamePeriod(a: ReleaseDone, b: ReleaseDone): boolean {
  return a.from === b.from && a.to === b.to;
}

function keyOf({ label, from, to }: ReleaseDone): FigureKey {
  return doneKey(label, from, to);
}
