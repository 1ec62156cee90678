import type { Highs } from "highs";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import type { Bounds } from "#tests/support/disclosure.ts";
import { leafKeys, linksOf } from "#tests/support/intruder/figure-links.ts";
import { rangesOfAny } from "#tests/support/intruder/figure-solver.ts";
import type { PublicForm } from "#tests/support/intruder/public-forms.ts";
import { readForm } from "#tests/support/intruder/read-form.ts";
import type { FigureKey } from "#tests/support/intruder/reading.ts";
import { tracesIn } from "#tests/support/intruder/traces.ts";
import type { Claims } from "#tests/support/intruder/word-claims.ts";
import {
  anything,
  boundsOf,
  figuresIn,
  isBlank,
  threshold,
} from "#tests/support/intruder/written.ts";

/** A release as a stranger holds it: what it says of itself, and every form of it. */
export interface HeldRelease {
  readonly reply: ReleaseReply;
  readonly forms: readonly PublicForm[];
  /** What its words about operations say. */
  readonly told?: Claims;
}

export interface Attack {
  /** Counts under the threshold of which the forms tell more than that they are. */
  readonly narrowed: readonly string[];
  /** What the forms say or draw otherwise than by the figure that is written. */
  readonly odd: readonly string[];
  /** Withheld counts that were tried. */
  readonly tried: number;
}

/**
 * A stranger who holds every form of every release, reads all that each writes and draws, and lets the solver say what
 * all of it together leaves of each withheld count. Two readers: one who knows nothing of a blank, and one who takes
 * each smallest area's for a count under the threshold. What is drawn or ordered just as the written figures are tells
 * nothing more than these; what is not is taken for a trace of the exact count. What words about operations say of the counts
 * compared holds as well. Shares no code with core/disclosure.
 */
export function attackForms(
  highs: Highs,
  held: readonly HeldRelease[],
  isSmall: (key: FigureKey) => boolean,
): Attack {
  const seen = held.flatMap(({ reply, forms }, at) =>
    forms.flatMap((form, of) =>
      readForm(form, reply.release).readings.map((reading) => ({ reading, form: `${at}.${of}` })),
    ),
  );
  const replies = held.map(({ reply }) => reply);
  const written = figuresIn(seen.map(({ reading }) => reading));
  const traces = tracesIn(seen, written);
  const links = linksOf(replies, written);
  const blanks = [...written.keys()].filter((key) => isBlank(written, key));
  const told = held.flatMap((one) => (one.told === undefined ? [] : [one.told]));
  const narrowed = new Set<string>();
  for (const blankHigh of [Number.POSITIVE_INFINITY, threshold - 1]) {
    const bounds = new Map([...written].map(([key, figures]) => [key, boundsOf(figures)]));
    const small = leafKeys(replies).filter((key) => isBlank(written, key));
    for (const key of small) tighten(bounds, key, { low: 0, high: blankHigh });
    for (const { key, ...range } of traces.bounds) tighten(bounds, key, range);
    for (const name of [...traces.scales, ...links.differences]) bounds.set(name, anything);
    for (const name of told.flatMap(({ names }) => names)) bounds.set(name, anything);
    const sums = [...links.sums, ...traces.sums, ...told.flatMap((one) => one.sums)];
    // Null: whoever took every blank for a small count sees that it is not so.
    const ranges =
      rangesOfAny(
        highs,
        { bounds, sums },
        { claims: told.flatMap(({ claims }) => claims), wanted: [...blanks, ...links.differences] },
      ) ?? new Map();
    for (const [key, range] of ranges) {
      if (isNarrow(range, isSmall(key))) narrowed.add(`${key} is ${range.low} to ${range.high}`);
    }
  }
  return { narrowed: [...narrowed], odd: traces.words, tried: blanks.length };
}

/** A small count can be each of 0 to 9; of what is not one, nobody can be led to think that it is and less. */
function isNarrow({ low, high }: Bounds, isSmall: boolean): boolean {
  const isOpen = low === 0 && high >= threshold - 1;
  return !isOpen && (isSmall || high < threshold);
}

function tighten(bounds: Map<string, Bounds>, key: string, by: Bounds): void {
  const own = bounds.get(key) ?? anything;
  bounds.set(key, { low: Math.max(own.low, by.low), high: Math.min(own.high, by.high) });
}
