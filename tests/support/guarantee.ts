import type { GuaranteeInput } from "#core/outcomes/guarantee.ts";
import { whole } from "#tests/support/tallies.ts";

const october = { from: "2021-10-01", to: "2021-10-31" };

/** October 2021 for police: 30 of 42 peak hours, 5 priorities, 60 of 400 duty hours elsewhere, 48 of 60 answers in time. */
export function guaranteeOf(given: Partial<GuaranteeInput> = {}): GuaranteeInput {
  return {
    month: "2021-10",
    isExact: true,
    team: {
      peakHours: ["20:00-02:00"],
      peak: { planned: 42 * 60, done: 30 * 60 },
      duty: 400 * 60,
      tasks: [
        { kind: "match_day", minutes: 32 * 60 },
        { kind: "court", minutes: 12 * 60 },
        { kind: "training", minutes: 16 * 60 },
      ],
    },
    priorities: { open: 5, old: 2 },
    withoutDebrief: 0,
    tallies: [
      whole("questions_received", 60, october),
      whole("questions_answered", 48, october),
      whole("questions_received", 900),
    ],
    ...given,
  };
}
