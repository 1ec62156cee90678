import type { FigureSource } from "#core/outcomes/figures.ts";
import { funnelStages, measureOf } from "#core/outcomes/measures.ts";
import { shareOfWhole } from "#core/outcomes/share.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import type { OutcomesReply, StageReply } from "#core/outcomes/wire/outcomes.ts";
import { figureWords, shareWords } from "#core/outcomes/words.ts";

const stageNames = ["Offered", "Booked", "Attended", "Completed"] as const;

/** Course places from offer to completion; each stage is a part of the one before, so shares have that as their base. */
export function funnel(
  source: FigureSource,
  period: Period,
  isExact: boolean,
): OutcomesReply["funnel"] {
  let last: { name: string; count: number } | null = null;
  const offered = source({ measure: funnelStages[0] }, period).count;
  const stages = funnelStages.map((measure, at): StageReply => {
    const figure = source({ measure }, period);
    const name = stageNames[at] ?? measureOf(measure).label;
    const before: { name: string; count: number } | null = last;
    const { count } = figure;
    if (count !== null) last = { name, count };
    const ofBefore = shareOfWhole(count, before?.count ?? null, isExact);
    const ofOffered = at === 0 ? null : shareOfWhole(count, offered, isExact);
    const of =
      ofBefore === null || before === null
        ? ""
        : `: ${shareWords(ofBefore)} of the ${isExact ? "" : "about "}${before.count} ${before.name.toLowerCase()}`;
    return {
      measure,
      label: name,
      count,
      ofBefore,
      ofOffered,
      words: `${figureWords(figure, isExact)}${of}`,
    };
  });
  return { stages, sentence: funnelSentence(stages, isExact) };
}

function funnelSentence(stages: readonly StageReply[], isExact: boolean): string {
  const [offered] = stages;
  if (offered === undefined || offered.count === null) {
    return "Diversion courses: no places offered are known for exactly this period.";
  }
  const about = isExact ? "" : "about ";
  const last = stages.findLast(({ count }) => count !== null);
  if (last === undefined || last === offered || last.ofOffered === null) {
    return `Diversion courses: ${about}${offered.count} places were offered.`;
  }
  return `Diversion courses: of ${about}${offered.count} places offered, ${about}${last.count} were ${last.label.toLowerCase()} (${shareWords(last.ofOffered)}).`;
}
