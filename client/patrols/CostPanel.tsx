import type { ReactNode } from "react";
import { ArrivalTimesFigure, ArrivalTimesNote } from "#client/patrols/ArrivalTimes.tsx";
import {
  type BoardDesk,
  type DraftVerdict,
  judgeDraft,
  totalsWith,
} from "#client/patrols/board-desk.ts";
import { type LivingWeek, weekTotals } from "#client/patrols/living-week.ts";
import { type Heard, weekCheck } from "#client/patrols/plan-check.ts";
import {
  formatMinutes,
  formatShare,
  noConflictWords,
  stoppedWords,
} from "#client/patrols/plan-words.ts";
import type { Board } from "#client/patrols/use-board.ts";
import { useStore } from "#client/state/use-store.ts";
import { formatDecimal, formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { forecastLine } from "#core/patrols/forecast/choice.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/patrols/cost-panel.css";

/** What the week costs and what it gives, in one row; how good the plan in hand is behind a click. */
export function CostPanel({
  plan,
  week,
  heard,
  board,
  desk,
}: {
  readonly plan: PlanReply;
  readonly week: LivingWeek;
  readonly heard: Heard;
  readonly board: Board;
  readonly desk: BoardDesk | null;
}) {
  const draft = useStore(board.draft, (state) => state);
  const verdict = draft && desk ? judgeDraft(desk, draft) : null;
  const own = draft && desk && verdict ? totalsWith(desk, draft, verdict) : plan.totals;
  const totals = weekTotals(week, { ...plan, totals: own });
  return (
    <section
      className={verdict ? "cost cost--draft" : "cost"}
      aria-label="What this plan costs"
      data-draft={verdict ? true : undefined}
    >
      <dl className="cost__figures">
        <Figure name="Patrol time">{formatMinutes(totals.minutes)}</Figure>
        <Figure name="Share of forecast reports">{formatShare(totals.share)}</Figure>
        <Figure name="Most visited place">{capWords(totals)}</Figure>
        <ArrivalTimesFigure plan={plan} />
        {verdict ? (
          <Figure name="This move">
            <MoveVerdict verdict={verdict} />
          </Figure>
        ) : (
          <Figure name="Keep clear">
            <WeekCheck week={week} heard={heard} />
          </Figure>
        )}
      </dl>
      <Popover name="How good is this plan?" label="How good is this plan?" align="end">
        {() => <Quality plan={plan} />}
      </Popover>
    </section>
  );
}

function WeekCheck({ week, heard }: { readonly week: LivingWeek; readonly heard: Heard }) {
  const check = weekCheck(week.patrols, heard);
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
        <span className="cost__not-clear">
          <Icon name="warning" /> {formatQuantity(check.patrols, "patrol")} in conflict
        </span>
      );
  }
}

/** While a patrol is dragged: by what is drawn, until the server has checked it. */
function MoveVerdict({ verdict: { reason } }: { readonly verdict: DraftVerdict }) {
  if (reason === null) {
    return (
      <>
        <Icon name="check" /> {noConflictWords}
      </>
    );
  }
  return (
    <span className="cost__not-clear">
      <Icon name="warning" /> {reason}
    </span>
  );
}

/** "3 of 4 visits a day, 14 of 16 a week" */
function capWords({ dayCap, weekCap }: PlanReply["totals"]): string {
  return `${dayCap.visits} of ${dayCap.cap} visits a day, ${weekCap.visits} of ${weekCap.cap} a week`;
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="cost__figure">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Nothing is claimed of a plan that no planner has compared with others. */
function ByHand({ plan }: { readonly plan: PlanReply }) {
  const { origin, refused } = plan;
  return (
    <>
      <p>
        {origin === "last_week"
          ? "Copied from the approved patrols of the week before."
          : "Made by hand."}{" "}
        It was not compared with other plans. Suggest shows what these units could cover.
      </p>
      <ForecastLine plan={plan} />
      {refused.length > 0 ? (
        <p className="quiet">
          {formatQuantity(refused.length, "patrol")} of last week could not be copied:{" "}
          {[...new Set(refused.map(({ reason }) => reason))].join(" ")}
        </p>
      ) : null}
    </>
  );
}

function ForecastLine({ plan: { chosen, forecast } }: { readonly plan: PlanReply }) {
  if (!chosen && !forecast) return null;
  // The average says more of itself than its name: how many ways counted, and by how many months.
  const isUsual = !chosen && forecast;
  return (
    <p className="quiet">
      {isUsual ? `${forecast.method.name}.` : forecastLine(chosen ?? "forecast")}
      {forecast ? " Brackets show the 80% range." : ""}
    </p>
  );
}

function Quality({ plan }: { readonly plan: PlanReply }) {
  const { objective, bound, gap, greedy, seconds, refused, forecast } = plan;
  if (plan.origin !== "planner") return <ByHand plan={plan} />;
  if (plan.id === null) {
    return (
      <p>
        First plan: covers {formatDecimal(objective)} forecast reports. Still improving, and working
        out the most that any plan could cover.
      </p>
    );
  }
  // What was approved may have been moved since, and suggestions for its gaps have joined it.
  const isFirst = plan.agreedAt === null;
  return (
    <>
      <p>
        {isFirst ? "Covers" : "As first suggested, it covered"} {formatDecimal(objective)} forecast
        reports
        {forecast
          ? ` (${formatDecimal(forecast.reach.low)} to ${formatDecimal(forecast.reach.high)})`
          : ""}
        . Repeat visits to a place count less.{" "}
        {isFirst ? "These shifts and units" : "The shifts and units asked for then"} could cover at
        most {formatDecimal(bound)}:{" "}
        {gap <= 0.000_05
          ? `this ${isFirst ? "plan is" : "was"} the best possible.`
          : `at most ${(gap * 100).toFixed(2)}% more.`}
      </p>
      <p>A simple best-first plan would cover {formatDecimal(greedy)}.</p>
      <ForecastLine plan={plan} />
      <ArrivalTimesNote plan={plan} />
      <p className="quiet">
        "Not worth sending": covers less than a quarter of what a patrol of this week covers on
        average.
      </p>
      <p className="quiet">
        Found in {formatDecimal(seconds)} s. {stoppedWords(plan)}
      </p>
      <p className="quiet">
        A patrol is suggested where it covers at least 0.1% of a week's forecast, or one report a
        year. Its hours must be at least as busy there as others.
      </p>
      {plan.options && plan.options.staffedDates.length > 0 ? (
        <p className="quiet">
          {formatQuantity(plan.options.staffedDates.length, "day")} planned from the staffing.
        </p>
      ) : null}
      {refused.length > 0 ? (
        <p className="quiet">
          {formatQuantity(refused.length, "part")} of the shifts got no patrol:{" "}
          {[...new Set(refused.map(({ reason }) => reason))].join("; ")}.
        </p>
      ) : null}
    </>
  );
}
