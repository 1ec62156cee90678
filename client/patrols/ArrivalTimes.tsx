import {
  arrivalSentence,
  pointsText,
  scoreText,
  trendSentence,
} from "#core/patrols/arrival-times/arrival-words.ts";
import type { ArrivalTimes, PlanReply } from "#core/patrols/wire/plan.ts";
import "#client/patrols/arrival-times.css";

/** How hard to predict a plan's arrival times are, beside the weeks before: a bar each, this plan's the last. */
export function ArrivalTimesFigure({ plan }: { readonly plan: PlanReply }) {
  const times = plan.arrivalTimes;
  const before = times?.weeks.at(-1)?.score ?? null;
  return (
    <div className="cost__figure shrinks" title={times ? arrivalSentence(times) : undefined}>
      <dt className="arrivals">
        Varied arrival times
        {times ? <Weeks times={times} /> : null}
      </dt>
      <dd>
        {times ? scoreText(times.score) : <span className="quiet">Not known yet</span>}{" "}
        {times?.score != null && before !== null ? (
          <span className="quiet arrivals__before">(last week {pointsText(before)})</span>
        ) : null}
      </dd>
    </div>
  );
}

function Weeks({ times }: { readonly times: ArrivalTimes }) {
  return (
    <span className="arrivals__weeks" role="img" aria-label={trendSentence(times)}>
      {times.weeks.map(({ from, score }) => (
        <Bar key={from} score={score} isNow={false} />
      ))}
      <Bar score={times.score} isNow={true} />
    </span>
  );
}

function Bar({ score, isNow }: { readonly score: number | null; readonly isNow: boolean }) {
  const kind = score === null ? "arrivals__bar--none" : isNow ? "arrivals__bar--now" : "";
  return (
    <span
      className={`arrivals__bar ${kind}`}
      style={{ blockSize: `${Math.round(100 * (score ?? 0))}%` }}
    />
  );
}

/** What the figure means, and what was given for it. */
export function ArrivalTimesNote({ plan }: { readonly plan: PlanReply }) {
  const { arrivalTimes: times, options } = plan;
  if (!times) return null;
  return (
    <>
      <p>{arrivalSentence(times)}</p>
      <p className="quiet">
        100: whoever has watched a place for eight weeks knows no better than by chance. 0: the
        weekday or the last visit gives the half-hour away.
      </p>
      {times.score === null ? null : <p className="quiet">{trendSentence(times)}</p>}
      {options?.varyTimes ? (
        <p className="quiet">
          Times were varied on purpose. At most 1% of what the plan covers was given up for that.
        </p>
      ) : null}
    </>
  );
}
