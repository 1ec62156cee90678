import {
  arrivalSentence,
  pointsText,
  scoreText,
} from "#core/patrols/arrival-times/arrival-words.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";

interface PlanProps {
  readonly plan: PlanReply;
}

/** How hard to predict a plan's arrival times are, beside the week before. */
export function ArrivalTimesFigure({ plan: { arrivalTimes: times } }: PlanProps) {
  const before = times?.before.score ?? null;
  return (
    <div className="cost__figure shrinks" title={times ? arrivalSentence(times) : undefined}>
      <dt>Varied arrival times</dt>
      <dd>
        {times ? scoreText(times.score) : <span className="quiet">Not known yet</span>}{" "}
        {times?.score != null && before !== null ? (
          <span className="quiet small">(last week {pointsText(before)})</span>
        ) : null}
      </dd>
    </div>
  );
}

export function ArrivalTimesNote({ plan: { arrivalTimes: times, options } }: PlanProps) {
  if (!times) return null;
  return (
    <>
      <p>{arrivalSentence(times)}</p>
      <p className="quiet">
        100: whoever has watched a place for eight weeks knows no better than by chance. 0: the
        weekday or the last visit gives the half-hour.
      </p>
      {options?.varyTimes ? (
        <p className="quiet">
          Times were varied on purpose. At most 1% of what the plan covers was given up for that.
        </p>
      ) : null}
    </>
  );
}
