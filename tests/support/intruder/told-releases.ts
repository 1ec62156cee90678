import type { ShownFigures, sayableOf } from "#core/releases/panel/sayable.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import { type Served, servedFrom } from "#tests/support/intruder/held-releases.ts";
import { complaintsKey } from "#tests/support/intruder/reading.ts";
import { randomOperations, type ToldOperation } from "#tests/support/intruder/told-operations.ts";
import { type Claims, claimsIn } from "#tests/support/intruder/word-claims.ts";
import type { History } from "#tests/support/release-histories.ts";

export interface Told extends Served {
  /** Of each release what its words say to whoever knows the operations. */
  readonly claims: readonly Claims[];
}

/** A random history in which each release from two months on speaks of operations, by this rule of what may be said. */
export function toldFrom(
  history: History,
  sayable: typeof sayableOf,
  operationsOf: typeof randomOperations = randomOperations,
): Told {
  const operations = new Map<number, ToldOperation[]>();
  const served = servedFrom(history, (input) => {
    const told = input.months.length < 2 ? [] : operationsOf(history, input.months);
    operations.set(input.months.length, told);
    const phases = told.flatMap((one) => (one.phases ?? []).map(({ spoken }) => spoken));
    return { ...input, sayable, answers: told.map(({ spoken }) => spoken), phases };
  });
  return {
    ...served,
    claims: served.replies.map((reply, at) => {
      const told = operations.get(reply.release.months.length) ?? [];
      const shown = figuresOf(served.replies.slice(0, at + 1));
      return claimsIn(
        reply,
        told,
        sayable(
          told.map(({ spoken }) => spoken),
          shown,
        ),
      );
    }),
  };
}

function figuresOf(replies: readonly ReleaseReply[]): ShownFigures {
  const areas = replies.at(-1)?.release.areas ?? [];
  const written = new Map<string, number | null>(
    replies.flatMap(({ release: { values } }) =>
      values.map(
        ({ measure, area, month, count }) => [`${measure} ${area} ${month}`, count] as const,
      ),
    ),
  );
  const months = new Set(replies.flatMap(({ release }) => release.months));
  return {
    areas,
    months: new Map(
      Array.from(months, (month) => [
        month,
        areas.map(({ id }) => written.get(complaintsKey(id, month)) ?? null),
      ]),
    ),
  };
}
