import type { ReactNode } from "react";
import { type DraftVerdict, judgeDraft, totalsWith } from "#client/patrols/board-desk.ts";
import { EncountersCurve } from "#client/patrols/Encounters.tsx";
import { standing, weekTotals } from "#client/patrols/living-week.ts";
import { weekCheck } from "#client/patrols/plan-check.ts";
import { openPage } from "#client/patrols/plan-pages.tsx";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import {
  formatMinutes,
  formatShare,
  noConflictWords,
  stoppedWords,
} from "#client/patrols/plan-words.ts";
import { coverageSentence } from "#client/patrols/week-words.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDecimal, formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import {
  arrivalSentence,
  pointsText,
  scoreText,
} from "#core/patrols/arrival-times/arrival-words.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/patrols/cost-panel.css";

export function CostPanel({ plan }: { readonly plan: PlanReply }) {
  const { view, board, desk } = usePlanParts();
  const draft = useStore(board.draft, (state) => state);
  const verdict = draft && desk ? judgeDraft(desk, draft) : null;
  const own = draft && desk && verdict ? totalsWith(desk, draft, verdict) : plan.totals;
  const totals = weekTotals(view.whole, { ...plan, totals: own });
  return (
    <section
      className={
        verdict
          ? "cost pad-2-4 surface line-above cost--draft row middle gap-4"
          : "cost pad-2-4 surface line-above row middle gap-4"
      }
      aria-label="What this plan costs"
      data-draft={verdict ? true : undefined}
    >
      <dl className="cost__figures gap-1-4 grid grow">
        <Figure name="Patrol time">{formatMinutes(totals.minutes)}</Figure>
        <Figure name="Most visited place">{capWords(totals)}</Figure>
        {verdict ? (
          <Figure name="Share of forecast reports">{formatShare(totals.share)}</Figure>
        ) : (
          <ArrivalTimes plan={plan} />
        )}
        {verdict ? (
          <Figure name="This move">
            <MoveVerdict verdict={verdict} />
          </Figure>
        ) : (
          <Figure name="Keep clear">
            <WeekCheck />
          </Figure>
        )}
      </dl>
      <Popover name="How good is this plan?" label="How good is this plan?" align="end">
        {() => <Quality plan={plan} />}
      </Popover>
    </section>
  );
}

function WeekCheck() {
  const { whole, heard } = usePlanParts().view;
  const check = weekCheck(whole.patrols, heard);
  switch (check.state) {
    case "none":
      return "No patrols to check";
    case "outdated":
      return "Checking...";
    case "clear":
      return (
        <>
          <Icon name="check" /> No conflict, checked {formatTimeOfDay(check.at)}
        </>
      );
    case "conflict":
      return (
        <span className="fault">
          <Icon name="warning" /> {formatQuantity(check.patrols, "patrol")} in conflict
        </span>
      );
  }
}

/** During a drag: as judged by the page, until the server has checked it. */
function MoveVerdict({ verdict: { reason } }: { readonly verdict: DraftVerdict }) {
  if (reason === null) {
    return (
      <>
        <Icon name="check" /> {noConflictWords}
      </>
    );
  }
  return (
    <span className="fault">
      <Icon name="warning" /> {reason}
    </span>
  );
}

/** "3 visits on its busiest day (limit 4), 14 this week (limit 16)" */
function capWords({ dayCap, weekCap }: PlanReply["totals"]): string {
  return `${formatQuantity(dayCap.visits, "visit")} on its busiest day (limit ${dayCap.cap}), ${weekCap.visits} this week (limit ${weekCap.cap})`;
}

interface FigureProps {
  readonly name: string;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

function Figure({ name, title, children }: FigureProps) {
  return (
    <div className="cost__figure shrinks" title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How hard to predict a plan's arrival times are, beside the week before. */
function ArrivalTimes({ plan: { arrivalTimes: times } }: { readonly plan: PlanReply }) {
  const before = times?.before.score ?? null;
  return (
    <Figure name="Varied arrival times" title={times ? arrivalSentence(times) : undefined}>
      {times ? scoreText(times.score) : <span className="quiet">Not known yet</span>}{" "}
      {times?.score != null && before !== null ? (
        <span className="quiet small">(last week {pointsText(before)})</span>
      ) : null}
    </Figure>
  );
}

function Quality({ plan }: { readonly plan: PlanReply }) {
  const { whole } = usePlanParts().view;
  if (plan.id === null) return <p>Still improving.</p>;
  const isOwn = plan.origin === "planner";
  return (
    <>
      {standing(whole.patrols).length > 0 ? <p>{coverageSentence(plan, whole)}</p> : null}
      <p>{isOwn ? boundSentence(plan) : madeSentence(plan)}</p>
      {plan.forecast ? (
        <p>
          {plan.forecast.method.name}.
          {plan.forecast.method.leftOut ? ` ${plan.forecast.method.leftOut}` : ""}
        </p>
      ) : null}
      <Button onClick={() => openPage("forecast")}>How the forecast did</Button>
      {plan.options?.encounters ? <EncountersCurve encounters={plan.options.encounters} /> : null}
      <details>
        <summary>How this is calculated</summary>
        <p>
          Brackets show the 80% range, which takes 8 months with reports to learn. Repeat visits to
          a place count less.
        </p>
        {isOwn ? (
          <>
            <p>
              A simple best-first plan would cover {formatDecimal(plan.greedy)} reports. Found in{" "}
              {formatDecimal(plan.seconds)} s. {stoppedWords(plan)}
            </p>
            <p>
              A patrol is suggested where it would meet one report a year, or a quarter of what the
              best one brings. Its hours are at least as busy there as others.
            </p>
          </>
        ) : null}
        <p>
          "Almost nothing": less than a quarter of what a patrol of this week covers on average.
        </p>
        {plan.arrivalTimes ? (
          <>
            <p>{arrivalSentence(plan.arrivalTimes)}</p>
            <p className="quiet">
              100: whoever has watched a place for eight weeks knows no better than by chance. 0:
              the weekday or the last visit gives the half-hour.
              {plan.options?.varyTimes
                ? " Times were varied on purpose. At most 1% of what the plan covers was given up for that."
                : null}
            </p>
          </>
        ) : null}
        {plan.options && plan.options.staffedDates.length > 0 ? (
          <p>
            {formatQuantity(plan.options.staffedDates.length, "day")} planned from the staffing.
          </p>
        ) : null}
        <Refused plan={plan} />
      </details>
    </>
  );
}

/** "No plan with these shifts could do more than 2% better." */
function boundSentence({ agreedAt, gap }: PlanReply): string {
  const [could, shifts] =
    agreedAt === null ? ["could", "these shifts"] : ["could have", "the shifts asked for then"];
  const done = agreedAt === null ? "do" : "done";
  if (gap <= 0.000_05) return `No plan with ${shifts} ${could} ${done} better.`;
  return `No plan with ${shifts} ${could} ${done} more than ${formatShare(gap)} better.`;
}

/** Nothing is claimed of a plan that no planner has compared with others. */
function madeSentence({ origin }: PlanReply): string {
  const how =
    origin === "last_week" ? "Copied from the approved patrols of the week before" : "Made by hand";
  return `${how}; not compared with other plans. Suggest shows what these units could cover.`;
}

function Refused({ plan: { origin, refused } }: { readonly plan: PlanReply }) {
  if (refused.length === 0) return null;
  const reasons = [...new Set(refused.map(({ reason }) => reason))];
  return (
    <p>
      {origin === "planner"
        ? `${formatQuantity(refused.length, "shift")} got no patrol: ${reasons.join("; ")}.`
        : `${formatQuantity(refused.length, "patrol")} of last week could not be copied: ${reasons.join(" ")}`}
    </p>
  );
}
