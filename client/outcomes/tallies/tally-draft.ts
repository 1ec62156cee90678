import {
  type BreakdownName,
  breakdownOf,
  type MeasureName,
  type TallyGroup,
} from "#core/outcomes/measures.ts";
import type { WrittenTally } from "#core/outcomes/wire/tallies.ts";

export const groupWords: Readonly<Record<TallyGroup, string>> = {
  outreach: "Outreach and safety",
  diversion: "Diversion",
  enforcement: "Enforcement",
};

export interface TallyDraft {
  readonly measure: MeasureName;
  readonly from: string;
  readonly to: string;
  readonly breakdown: BreakdownName | null;
  /** As typed: the whole under "", a part under "breakdown part". */
  readonly values: Readonly<Record<string, string>>;
  readonly takenFrom: string;
}

/** What is sent of a draft: the lines that are filled in. */
export function totalsOf(draft: TallyDraft): WrittenTally[] {
  const { measure, from, to, breakdown, values, takenFrom } = draft;
  const parts = breakdown === null ? [] : Object.keys(breakdownOf(breakdown).parts);
  const lines = [
    { breakdown: null, part: null, value: values[""] ?? "" },
    ...parts.map((part) => ({ breakdown, part, value: values[`${breakdown} ${part}`] ?? "" })),
  ];
  return lines
    .filter(({ value }) => value.trim() !== "")
    .map((line) => ({
      measure,
      from,
      to,
      ...line,
      ...(takenFrom.trim() === "" ? {} : { takenFrom }),
    }));
}
