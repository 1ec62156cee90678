import { type Fallen, hasFallen } from "#core/displacement/sentence.ts";
import type { Verdict } from "#core/displacement/wire/displacement.ts";
import { type Sayable, saidOf } from "#core/releases/panel/sayable.ts";
import type { ReleaseAnswer, ReleaseNote } from "#core/releases/wire/release.ts";
import { dateName } from "#core/time/words.ts";

/** Public words on a fall in an operation's streets with a rise at a line. No figures. */
export interface MovedNote {
  readonly text: string;
  readonly basis: string;
}

interface Judged {
  readonly verdict: Verdict;
}

interface Period {
  readonly from: string;
  readonly to: string;
}

export interface MovedInput {
  readonly treatedArea: Fallen;
  readonly overall: Fallen;
  readonly edges: readonly (Judged & {
    readonly neighbour: string;
    readonly isInternal: boolean;
  })[];
  readonly before: Period;
  readonly after: Period;
  readonly studyArea: string;
}

/**
 * SAFEGUARDS 11 in words for residents; null when nothing fell or no edge rose. What it says of
 * must end on or before `lastPublicDate`: it is public like the figures beside it.
 *
 * Where the figures shown do not carry words about the streets, or about a line while they fell, a fixed sentence
 * takes the note's place, whatever was counted there: so a fall beside a rise is never without one.
 */
export function movedNote(input: MovedInput, sayable: Sayable): MovedNote | null {
  const { treatedArea, overall } = input;
  const basis = basisOf(input);
  if (sayable.core === "nothing") return { text: tooLittleToSayIfMoved, basis };
  if (!(hasFallen(treatedArea) || hasFallen(overall))) return null;
  const risen = input.edges.filter(
    ({ verdict }, at) => saidOf(verdict, sayable.edges[at]) === "rise",
  );
  if (risen.length > 0) {
    const where = hasFallen(treatedArea) ? "in" : "in and around";
    const lines = linesOf(risen);
    return {
      text: `Reports fell ${where} the streets of the operation but rose near ${lines}: the problem may have moved.`,
      basis,
    };
  }
  return sayable.edges.includes("nothing") ? { text: tooLittleToSayIfMoved, basis } : null;
}

export const tooLittleToSayIfMoved = "Too few reports are shown to say whether the problem moved.";

/** All wordings of notes, including those of older releases. */
const noteWords =
  /: the problem may have moved\.$|^(?:Too few reports are|Not enough is) shown (?:here )?to say whether the problem moved\.$/u;

/**
 * Notes of a release approved before notes were frozen with it, from its own answers: their words
 * on a fall beside a rise, or the fixed sentence for a fall without any. Nothing else is read, so
 * they never change.
 */
export function notesInAnswers(answers: readonly ReleaseAnswer[]): ReleaseNote[] {
  return answers.flatMap(({ operation, helped, moved }) => {
    const said = moved.find(({ text }) => noteWords.test(text));
    if (said !== undefined) return [{ operation, ...said }];
    const hasFallen = /\bfell\b/u.test(helped.text);
    return hasFallen ? [{ operation, text: tooLittleToSayIfMoved, basis: helped.basis }] : [];
  });
}

export function basisOf({
  before,
  after,
  studyArea,
}: Pick<MovedInput, "before" | "after" | "studyArea">): string {
  return `Counted: complaints by residents from ${rangeName(after)}, against ${rangeName(before)} and against the rest of ${studyArea}.`;
}

/** "the boundary with Westley and the North-South boundary" */
export function linesOf(
  edges: readonly { readonly neighbour: string; readonly isInternal: boolean }[],
): string {
  return listed(
    edges.map(({ neighbour, isInternal }) =>
      isInternal ? `the ${neighbour} boundary` : `the boundary with ${neighbour}`,
    ),
  );
}

/** "1 August to 30 September 2021": a shared year is given once. */
export function rangeName({ from, to }: Period): string {
  const start = dateName(from);
  return from.slice(0, 4) === to.slice(0, 4)
    ? `${start.slice(0, -5)} to ${dateName(to)}`
    : `${start} to ${dateName(to)}`;
}

/** "a, b and c" */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
