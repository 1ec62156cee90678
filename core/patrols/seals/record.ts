import { ratiosToBestCount } from "#core/patrols/forecast/backtest.ts";
import {
  countNames,
  type OutcomeContent,
  outcomeContent,
  type SealContent,
  type SealEntry,
  type SealedWeek,
  type SealRecord,
  type SealsReply,
  sealContent,
} from "#core/patrols/wire/forecast-seals.ts";
import { addDays } from "#core/time/zone.ts";

/** Of an entry as it is kept; throws for one that is none. */
export const readSeal = (content: string): SealContent => sealContent.parse(JSON.parse(content));
export const readOutcome = (content: string): OutcomeContent =>
  outcomeContent.parse(JSON.parse(content));

type Kept = Pick<SealEntry, "number" | "kind" | "week" | "isReplayed" | "at" | "content" | "hash">;

/** Every week from the first sealed one to the one after the last day, the last first; a week without a seal is told. */
export function sealsReply(entries: readonly Kept[], today: string): SealsReply {
  const seals = new Map(
    entries.filter(({ kind }) => kind === "seal").map((one) => [one.week, one]),
  );
  const weeks = weeksBetween([...seals.keys()], today).map((week): SealedWeek => {
    const seal = seals.get(week);
    const own = entries.filter((one) => one.kind === "outcome" && one.week === week);
    const [first, last] = [own[0], own.at(-1)];
    return {
      week,
      isReplayed: seal?.isReplayed ?? false,
      sealedAt: seal?.at ?? null,
      expected: seal ? readSeal(seal.content).expected : null,
      outcome: first ? scoreOf(first) : null,
      later: last && last !== first ? scoreOf(last) : null,
    };
  });
  const head = entries.at(-1);
  return {
    weeks: weeks.toReversed(),
    record: recordOf(firstOutcomes(entries)),
    head: head ? { number: head.number, hash: head.hash } : null,
  };
}

function scoreOf({ content }: Kept) {
  const { asAt, total, scores } = readOutcome(content);
  return { asAt, total, scores };
}

/** Mondays from the first of these to the last, and on to the one of this day. */
export function weeksBetween(sealed: readonly string[], today: string): string[] {
  const sorted = [...sealed].sort();
  const weeks: string[] = [];
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return weeks;
  for (let week = first; week <= last || week <= today; week = addDays(week, 7)) weeks.push(week);
  return weeks;
}

/** The first score of each week counts, whatever was corrected since. */
export function firstOutcomes(entries: readonly Pick<Kept, "kind" | "week" | "content">[]) {
  const first = new Map<string, OutcomeContent>();
  for (const { kind, week, content } of entries) {
    if (kind === "outcome" && !first.has(week)) first.set(week, readOutcome(content));
  }
  return [...first.values()].filter(({ total }) => total > 0);
}

export function recordOf(outcomes: readonly OutcomeContent[]): SealRecord {
  const paiOf = (held: number, { total }: OutcomeContent, cells: number) => ({
    pai: held / total / cells,
  });
  const rowsOf = (pick: (score: OutcomeContent["scores"][number]) => number) =>
    outcomes.map((one) => one.scores.map((score) => paiOf(pick(score), one, score.cells)));
  const ratios = ratiosToBestCount(
    rowsOf(({ forecast }) => forecast),
    countNames.map((name) => rowsOf(({ counts }) => counts[name])),
  );
  return {
    weeks: outcomes.length,
    reports: outcomes.reduce((sum, { total }) => sum + total, 0),
    shares: (outcomes[0]?.scores ?? []).map(({ share }, at) => {
      const signs = outcomes.map(({ scores }) => {
        const score = scores[at];
        return score ? Math.sign(score.forecast - score.counts["count-12"]) : 0;
      });
      const times = (sign: number) => signs.filter((one) => one === sign).length;
      return {
        share,
        more: times(1),
        same: times(0),
        fewer: times(-1),
        toBestCount: ratios[at] ?? null,
      };
    }),
  };
}
