import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { FallMayHide } from "#client/displacement/MovedPeople.tsx";
import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatProbability } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { type ControlDaysReply, controlDaysCall } from "#core/displacement/wire/control-days.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** What days left without a patrol by lot tell of patrols: the one comparison that chance has made. */
export function ControlDays() {
  const { resource, reload } = useFetched("comparison days", (signal) =>
    ask(controlDaysCall, {}, { signal }),
  );
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) =>
        reply.weeks.length === 0 ? (
          <EmptyState title="No week with comparison days has finished">
            Choose comparison days for a week in Plan, Staffing. After that week, this compares
            reports on those days with all other days at the same places.
          </EmptyState>
        ) : (
          <ControlDaysOver reply={reply} />
        )
      }
    </Loaded>
  );
}

function ControlDaysOver({ reply }: { readonly reply: ControlDaysReply }) {
  return (
    <div className="displacement stack gap-4 pad-4">
      <p className="displacement__sentence lead">
        <VerdictMark verdict={reply.verdict} /> {reply.sentence}
      </p>
      <p>
        {formatCount(reply.control.reports)} reports on {formatCount(reply.control.days)} place-days
        without patrols, {formatCount(reply.other.reports)} on {formatCount(reply.other.days)}{" "}
        others {reply.p === null ? "." : `; p ${formatProbability(reply.p)}.`}
      </p>
      <p>
        <VerdictMark verdict={reply.dose.verdict} /> {reply.dose.sentence}
      </p>
      {[reply, reply.dose].some(({ verdict }) => verdict === "fall") ? <FallMayHide /> : null}
      <section className="displacement__table scroll-x" aria-labelledby="control-weeks-title">
        <h2 id="control-weeks-title">Week by week</h2>
        <SortableTable
          caption="Reports by week with comparison days"
          columns={columns}
          rows={reply.weeks}
          rowKey={({ week }) => week}
        />
      </section>
      <details className="estimate__more">
        <summary>How this is calculated</summary>
        <p>
          Counts complaints by residents and partners, and their reports of kerb crawling. Each
          counts on the day that holds the middle of its time span. Days were chosen at random, so
          this is a randomisation test. Weeks are pooled by Mantel-Haenszel, so busy weeks with more
          comparison days make no bias. The choice is repeated 9,999 times by the same rule. p is
          the share of choices with a difference at least as large. All other days count as
          patrolled, whether a patrol came or not. With fewer than 10 reports on either side there
          is no result. Effects of a visit on later days or nearby places are not measured.
        </p>
        <p>
          Patrol time is what devices recorded, by place and day. Cells under three minutes on a day
          are not counted. Only weeks recorded on all seven days count. Patrols go where more is
          expected, so their time alone proves nothing. The random choice of days does: the estimate
          is the effect for which reports match on both kinds of days. Reports before a patrol on
          the same day count too, which hides part of an effect.
        </p>
      </details>
    </div>
  );
}

type Week = ControlDaysReply["weeks"][number];

const columns: readonly TableColumn<Week>[] = [
  { key: "week", label: "Week from", cell: ({ week }) => formatDate(week) },
  { key: "places", label: "Places", isNumber: true, cell: ({ places }) => formatCount(places) },
  {
    key: "control",
    label: "Reports on comparison days",
    isNumber: true,
    cell: ({ control }) => ofDays(control),
  },
  {
    key: "other",
    label: "Reports on other days",
    isNumber: true,
    cell: ({ other }) => ofDays(other),
  },
];

function ofDays({ reports, days }: Week["control"]): string {
  return `${formatCount(reports)} on ${formatCount(days)} place-days`;
}
