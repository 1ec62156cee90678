import type { sayableOf } from "#core/releases/panel/sayable.ts";
import type { ReleaseAnswer, ReleaseReply } from "#core/releases/wire/release.ts";
import type { Sum } from "#tests/support/intruder/figure-solver.ts";
import { complaintsKey } from "#tests/support/intruder/reading.ts";
import type { Half, ToldOperation } from "#tests/support/intruder/told-operations.ts";
import { threshold } from "#tests/support/intruder/written.ts";

/** What words say of counts: one of the alternatives of each claim is true. */
export interface Claims {
  /** Counts of halves, which add up to those of their areas. */
  readonly names: readonly string[];
  readonly sums: readonly Sum[];
  readonly claims: readonly (readonly Sum[][])[];
}

/** With fewer in any number no interval is said. */
const fewestForInterval = 30;

/**
 * What a stranger reads out of the words of a release who knows where and when each number was counted, and the rule
 * by which words are left out: "fell", "rose" and "no significant change" say that each of four numbers is 10 or
 * more, an interval 30 or more, and that it cannot be told says that one of them is under 10.
 */
export function claimsIn(
  { release }: ReleaseReply,
  operations: readonly ToldOperation[],
  sayable: ReturnType<typeof sayableOf>,
): Claims {
  const claims = operations.flatMap((operation, at) => {
    const answer = release.answers.find((one) => one.operation === operation.spoken.operation);
    if (answer === undefined) throw new Error(`Nothing is said of ${operation.spoken.operation}`);
    const phases = (answer.phases ?? []).flatMap((said) => {
      const phase = operation.phases?.find(({ spoken }) => spoken.phase === said.name);
      return phase === undefined ? [] : [phaseClaim(said.text, phase)];
    });
    return [helpedClaim(answer, operation), movedClaim(answer, operation, sayable[at]), ...phases];
  });
  const parents = new Set(release.areas.map(({ parent }) => parent));
  const leaves = release.areas.filter(({ id }) => !parents.has(id));
  const names: string[] = [];
  const sums = leaves.flatMap(({ id: area }) =>
    release.months.map((month): Sum => {
      const halves = [0, 1].map((half) => nameOf({ area, half: half as Half["half"] }, month));
      names.push(...halves);
      const terms = new Map([
        [complaintsKey(area, month), -1],
        ...halves.map((one) => [one, 1] as const),
      ]);
      return { terms, low: 0, high: 0 };
    }),
  );
  return { names, sums, claims };
}

function helpedClaim({ helped: { text } }: ReleaseAnswer, operation: ToldOperation): Sum[][] {
  if (text.startsWith("Not enough is shown")) return [[]];
  const numbers = numbersOf(operation.treated, operation);
  if (text.startsWith("Not enough reports to tell")) return oneUnder(numbers);
  const least = text.includes("between") ? fewestForInterval : threshold;
  return [numbers.map((terms) => ({ terms, low: least, high: Number.POSITIVE_INFINITY }))];
}

function movedClaim(
  answer: ReleaseAnswer,
  operation: ToldOperation,
  sayable: ReturnType<typeof sayableOf>[number] | undefined,
): Sum[][] {
  const text = answer.moved.map((one) => one.text).join(" ");
  const numbers = numbersOf(operation.edge, operation);
  if (/rose near|^No significant rise/.test(text)) {
    return [numbers.map((terms) => ({ terms, low: threshold, high: Number.POSITIVE_INFINITY }))];
  }
  const isTold = text.startsWith("Not enough reports to tell");
  return isTold && sayable?.edges[0] === "verdict" ? oneUnder(numbers) : [[]];
}

/** A change is said of four numbers of 10 or more, and a rise near a line of four more; anything else says nothing. */
function phaseClaim(text: string, phase: ToldOperation): Sum[][] {
  const numbers = [
    ...(/ (?:fell|rose)[.,]/.test(text) ? numbersOf(phase.treated, phase) : []),
    ...(/rose near/.test(text) ? numbersOf(phase.edge, phase) : []),
  ];
  return [numbers.map((terms) => ({ terms, low: threshold, high: Number.POSITIVE_INFINITY }))];
}

function oneUnder(numbers: readonly ReadonlyMap<string, number>[]): Sum[][] {
  return numbers.map((terms) =>
    // A place without any cell has no reports.
    terms.size === 0 ? [] : [{ terms, low: 0, high: threshold - 1 }],
  );
}

/** Before and after, in the place and in what it is compared with. */
function numbersOf(
  place: readonly Half[],
  { control, months }: ToldOperation,
): ReadonlyMap<string, number>[] {
  return [place, control].flatMap((halves) =>
    months.map(
      (period) =>
        new Map(halves.flatMap((half) => period.map((month) => [nameOf(half, month), 1] as const))),
    ),
  );
}

function nameOf({ area, half }: Half, month: string): string {
  return `half ${half} of ${area} in ${month}`;
}
