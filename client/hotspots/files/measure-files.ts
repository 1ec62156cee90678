import { lookOf } from "#client/hotspots/finding-look.ts";
import { measureHelp } from "#client/hotspots/measure-help.ts";
import { measureStatement } from "#client/hotspots/measure-statement.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import { emergingWords } from "#core/stats/emerging.ts";

type Value = string | number | null;

/**
 * What a measure adds to each place of a file. Hours and rates of patrol are not among it: dose leaves as one
 * total alone (SAFEGUARDS 6).
 */
export function measureValues(
  { measure, answer, findings }: Ranked,
  at: number,
): Record<string, Value> {
  const word = lookOf(measure, findings?.[at] ?? null)?.word ?? null;
  if (answer?.measure === "change") {
    const { before, change, changeP, changeQ } = answer.changes[at] ?? noChange;
    return {
      before,
      change: rounded(change),
      change_p: significant(changeP),
      change_q: significant(changeQ),
      change_found: word,
    };
  }
  if (answer?.measure === "emerging") {
    const category = answer.categories[at];
    return {
      pattern: word,
      category: category ? emergingWords(category) : null,
      trend_p: significant(category?.p ?? null),
      around_all_steps: answer.around[at] ?? null,
    };
  }
  return {};
}

/** The lines about the measure below the places: what was compared, by which test, with which correction. */
export function measureLines({ measure, picture }: Ranked): [string, string][] {
  const { aside } = picture;
  const named: [string, string] = ["measure", measureHelp[measure].name];
  const statement = measureStatement(aside) ?? "";
  switch (aside?.measure) {
    case "change":
      return [
        named,
        ["compared with", `${aside.range.from} to ${aside.range.to}`],
        ["test of change", statement],
      ];
    case "emerging":
      return [named, ["test of pattern", statement]];
    case "effort": {
      const hours = Math.round(aside.total / 60);
      return [named, ["patrol", `${hours} hours logged in the study area in all`]];
    }
    case "none":
      return [named, ["not answered", aside.fault]];
    case "surface":
    case undefined:
      return [named];
  }
}

const noChange = { before: 0, change: 0, changeP: null, changeQ: null } as const;

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function significant(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(6));
}
