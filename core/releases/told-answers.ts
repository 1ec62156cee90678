import {
  isAgreed,
  phaseAnswer,
  releaseAnswer,
  type SpokenAssessment,
  type SpokenPhase,
} from "#core/releases/answers.ts";
import type { EarlierRelease } from "#core/releases/earlier.ts";
import { movedNote } from "#core/releases/panel/moved-note.ts";
import { nothingSayable, type ShownFigures, sayableOf } from "#core/releases/panel/sayable.ts";
import type { ReleaseAnswer, ReleaseNote } from "#core/releases/wire/release.ts";

interface Words {
  readonly answer: ReleaseAnswer;
  /** SAFEGUARDS 11: where a fall comes with a rise. */
  readonly note: ReleaseNote | null;
}

interface ToTell {
  readonly answers: readonly (SpokenAssessment | ReleaseAnswer)[];
  readonly phases?: readonly SpokenPhase[];
  readonly sayable?: typeof sayableOf;
  readonly earlier: readonly Pick<EarlierRelease, "content">[];
}

/** What a release says of each operation and its phases, as far as the figures shown carry it. */
export function toldAnswers(input: ToTell, shown: ShownFigures): readonly Words[] {
  return wordsOf(input, shown).map((one) => stoodAlready(one, input.earlier));
}

function wordsOf(
  { answers, phases = [], sayable = sayableOf }: ToTell,
  shown: ShownFigures,
): readonly Words[] {
  const assessments = answers.filter((answer) => "treatedArea" in answer);
  const may = new Map(
    sayable(assessments, shown).map(
      (one, at) => [assessments[at] as SpokenAssessment, one] as const,
    ),
  );
  // After all operations, so that a phase takes no words from any: its numbers need reports of their own.
  const ofPhases = sayable([...assessments, ...phases], shown).slice(assessments.length);
  const told = phases.flatMap((phase, at) => {
    const words = phaseAnswer(phase, ofPhases[at] ?? nothingSayable);
    return words === null ? [] : [{ operation: phase.operation, words }];
  });
  return answers.map((answer) => {
    if (!("treatedArea" in answer)) return { answer, note: null };
    const sayableOfIt = may.get(answer) ?? nothingSayable;
    const note = movedNote(answer, sayableOfIt);
    const own = told.filter(({ operation }) => operation === answer.operation);
    return {
      answer: {
        ...releaseAnswer(answer, sayableOfIt),
        ...(own.length > 0 && { phases: own.map(({ words }) => words) }),
      },
      note: note && { operation: answer.operation, ...note },
    };
  });
}

/**
 * Earlier words on an operation and these dates are repeated verbatim: a second interval would
 * reveal how many reports came late. Only a missing note is added, since a fall beside a rise never
 * goes without one (SAFEGUARDS 11), and then the answer says it too.
 */
function stoodAlready({ note: own, answer: now }: Words, earlier: ToTell["earlier"]): Words {
  const { operation, helped } = now;
  const phases = now.phases?.map(({ name, ...words }) => {
    const said = earlier
      .flatMap(({ content }) => content.answers.filter((one) => one.operation === operation))
      .flatMap((one) => one.phases ?? [])
      .findLast(({ basis }) => basis === words.basis);
    // Never old words with a new line under them.
    return { ...(said ?? words), name };
  });
  const words = { note: own, answer: phases ? { ...now, phases } : now };
  for (const { content } of earlier.toReversed()) {
    const answer = content.answers.find(
      (one) => one.operation === operation && one.helped.basis === helped.basis,
    );
    if (answer === undefined) continue;
    const note = content.movedNotes.find(
      (one) => one.operation === operation && one.basis === helped.basis,
    );
    const { phases: _, ...said } = answer;
    // What was agreed is no count: as it holds now, beside words that stand.
    const moved = [
      ...said.moved.filter((one) => !isAgreed(one)),
      ...words.answer.moved.filter(isAgreed),
    ];
    const again = { ...said, moved, ...(phases && { phases }) };
    if (note !== undefined || words.note === null) return { answer: again, note: note ?? null };
    return { answer: { ...again, moved: words.answer.moved }, note: words.note };
  }
  return words;
}
