import type { AssessmentRow } from "#core/displacement/wire/displacement.ts";
import {
  basisOf,
  linesOf,
  type MovedInput,
  movedNote,
  tooLittleToSayIfMoved,
} from "#core/releases/panel/moved-note.ts";
import {
  type ComparedPlaces,
  fewestForInterval,
  type Sayable,
  saidOf,
} from "#core/releases/panel/sayable.ts";
import type { ReleaseAnswer } from "#core/releases/wire/release.ts";
import { dateName } from "#core/time/words.ts";

type Spoken = ReleaseAnswer["helped"];

type Interval = Pick<AssessmentRow, "verdict" | "treated" | "control" | "low" | "high">;

/** An assessment as residents are told of it, and where it counted. */
export interface SpokenAssessment
  extends Omit<MovedInput, "treatedArea" | "edges">,
    Pick<ComparedPlaces, "control"> {
  readonly operation: string;
  readonly treatedArea: MovedInput["treatedArea"] & Interval & ComparedPlaces["treatedArea"];
  readonly edges: readonly (MovedInput["edges"][number] &
    ComparedPlaces["edges"][number] & {
      /** At one of the weekly looks, and with as many reports as a verdict asks for. */
      readonly hasRisen?: boolean;
    })[];
  /** What was agreed beforehand for the case that reports rise at a boundary. */
  readonly agreed?: Spoken | null | undefined;
}

export interface SpokenPhase extends SpokenAssessment {
  readonly phase: string;
}

/** What was agreed for a rise, among what is said of whether it moved (`stopAgreedWords`). */
export const isAgreed = ({ basis }: Spoken) => basis.startsWith("Agreed on ");

/** Whether it helped and whether it moved, at the last public day, as far as it may be told. */
export function releaseAnswer(assessment: SpokenAssessment, sayable: Sayable): ReleaseAnswer {
  return {
    operation: assessment.operation,
    helped: helpedWords(assessment, sayable.core),
    moved: [withWrongIf(movedWords(assessment, sayable)), ...weeklyWords(assessment, sayable)],
  };
}

/**
 * One phase, as far as the figures shown carry it; null where they do not. Never that a number is under 10, as the
 * operation's own words say: beside those and the other phases it would bound a withheld figure.
 */
export function phaseAnswer(
  phase: SpokenPhase,
  sayable: Sayable,
): NonNullable<ReleaseAnswer["phases"]>[number] | null {
  if (sayable.core === "nothing") return null;
  const { verdict, fell } = phase.treatedArea;
  const isTold = verdict === "rise" || verdict === "fall" || fell === true;
  const text = isTold
    ? helpedText(phase.treatedArea, "verdict")
    : "No significant change can be shown in the streets of the operation.";
  // A fall never goes without the rise beside it (SAFEGUARDS 11).
  const note = movedNote(phase, sayable);
  return {
    name: phase.phase,
    ...withWrongIf({ text: note === null ? text : `${text} ${note.text}`, basis: basisOf(phase) }),
  };
}

function helpedWords(assessment: SpokenAssessment, sayable: Sayable["core"]): Spoken {
  const text = helpedText(assessment.treatedArea, sayable);
  return withWrongIf({ text, basis: basisOf(assessment) });
}

/**
 * By the words alone, and with no figure: how many reports would turn them is told to nobody outside, for beside what is
 * shown it would bound what is withheld (SAFEGUARDS 7).
 */
const wrongIf: readonly (readonly [words: RegExp, line: string])[] = [
  [/^Not enough|^Too few|cannot tell/i, ""],
  [
    /\bfell\b.*\brose near\b/,
    "people reported less readily in those streets, or more readily near the boundary, than before",
  ],
  [/rose near/, "people there only reported more readily than before"],
  [/^No significant rise/, "it moved to where people report little"],
  [
    /may be chance|^No significant/,
    "a change did not show because people reported more or less readily than before",
  ],
  [
    /\bfell\b/,
    "people reported less readily than before, or the operation itself raised reports in the rest of the area",
  ],
  [
    /\brose\b/,
    "people only reported more readily than before, or the operation itself lowered reports in the rest of the area",
  ],
];

function withWrongIf(spoken: Spoken): Spoken {
  const line = wrongIf.find(([words]) => words.test(spoken.text))?.[1];
  return line ? { ...spoken, wrongIf: `This answer would be wrong if ${line}.` } : spoken;
}

/** The weekly looks, of edges alone that words may be said about, and what was agreed for the case. No week: figures are by month. */
function weeklyWords(assessment: SpokenAssessment, sayable: Sayable): Spoken[] {
  const { agreed = null } = assessment;
  const risen = assessment.edges.filter(
    ({ hasRisen }, at) => hasRisen && (sayable.edges[at] ?? "nothing") !== "nothing",
  );
  const said = agreed ? [agreed] : [];
  if (risen.length === 0) return said;
  const next = agreed ? "" : " Nobody had agreed beforehand what would be done then.";
  const text = `Checked week by week, reports rose near ${linesOf(risen)} at some time since the start.${next}`;
  const basis = `Counted: complaints by residents, at the end of each whole week from ${dateName(assessment.after.from)}. Even where nothing changed, up to one operation in twenty would show such a rise. It does not say why reports rose.`;
  return [{ text, basis }, ...said];
}

/** For an operation without an assessment at the last public day, so that the gap is explained. */
export function noAnswer(operation: string, lastPublicDay: string): ReleaseAnswer {
  const basis = `Nothing after ${lastPublicDay} is counted, and there is not enough before it to compare.`;
  return {
    operation,
    helped: { text: "Cannot tell yet whether it helped.", basis },
    moved: [{ text: "Cannot tell yet whether the problem moved.", basis }],
  };
}

function helpedText(
  { verdict, fell, low, high, treated, control }: Interval & { readonly fell?: boolean },
  sayable: Sayable["core"],
): string {
  if (sayable === "nothing")
    return "Not enough is shown for these streets to say whether it helped.";
  if (verdict === "cannot_tell" || low === null || high === null) {
    return "Not enough reports to tell whether it helped.";
  }
  const isLarge =
    sayable === "interval" && [...treated, ...control].every((count) => count >= fewestForInterval);
  const between = isLarge ? `: ${intervalWords(low, high)}` : "";
  if (verdict === "fall") return `Reports in the streets of the operation fell${between}.`;
  if (verdict === "rise") return `Reports in the streets of the operation rose${between}.`;
  // The note on a fall beside a rise says "fell" as soon as either interval does: the two must not contradict.
  return fell === true
    ? `Reports in the streets of the operation fell, but they vary so much from month to month that it may be chance${between}.`
    : `No significant change in the streets of the operation${between}. The difference may be chance.`;
}

/** Ranges are widened to multiples of 20: narrower ones would reveal a few reports. */
const intervalStep = 20;

function intervalWords(low: number, high: number): string {
  const from = Math.floor(low / intervalStep) * intervalStep;
  const to = Math.ceil(high / intervalStep) * intervalStep;
  const than = "reports than the rest of the area would lead us to expect";
  if (from >= 0) return `between ${from} and ${to} more ${than}`;
  if (to <= 0) return `between ${-to} and ${-from} fewer ${than}`;
  return `between ${-from} fewer and ${to} more ${than}`;
}

function movedWords(assessment: SpokenAssessment, sayable: Sayable): Spoken {
  const note = movedNote(assessment, sayable);
  // Beside a fall with a line that cannot be reported on, the note stays, and more can be said
  // here.
  if (note !== null && (sayable.core === "nothing" || note.text !== tooLittleToSayIfMoved))
    return note;
  const basis = basisOf(assessment);
  const seen = assessment.edges.filter(
    ({ verdict }, at) => saidOf(verdict, sayable.edges[at]) !== "cannot_tell",
  );
  const risen = seen.filter(({ verdict }) => verdict === "rise");
  if (seen.length === 0) {
    return { text: "Not enough reports to tell whether the problem moved.", basis };
  }
  const rest = assessment.edges.length - seen.length;
  const unseen =
    rest === 0
      ? ""
      : ` Near ${rest} of ${assessment.edges.length} boundaries there are not enough reports to tell.`;
  if (risen.length > 0) {
    return {
      text: `Reports rose near ${linesOf(risen)}${besideRise(assessment.treatedArea)}.${unseen}`,
      basis,
    };
  }
  return {
    text: `No significant rise near the boundaries with enough reports to tell. That does not prove that nothing moved.${unseen}`,
    basis,
  };
}

/** The operation's streets, beside a rise at a line; for a fall `movedNote` speaks instead. */
function besideRise({ verdict, low, high }: SpokenAssessment["treatedArea"]): string {
  if (verdict === "cannot_tell" || low === null || high === null) {
    return "; there are not enough reports to tell whether they fell in the streets of the operation";
  }
  return verdict === "rise"
    ? ", and in the streets of the operation too"
    : ", while there was no significant fall in the streets of the operation";
}
