import { fetchJson } from "#client/api/fetch.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatProbability } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { type ControlDaysReply, controlDaysReply } from "#core/displacement/wire/control-days.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** What days left without a patrol by lot tell of patrols: the one comparison that chance has made. */
export function ControlDays() {
  const { resource, reload } = useFetched("control days", loadControlDays);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) =>
        reply.weeks.length === 0 ? (
          <EmptyState title="No week with control days is over yet">
            Draw control days for a week in Plan, Staffing. Once that week is over, reports on the
            days left out stand here beside those on all other days of the same places.
          </EmptyState>
        ) : (
          <ControlDaysOver reply={reply} />
        )
      }
    </Loaded>
  );
}

function loadControlDays(signal: AbortSignal): Promise<ControlDaysReply> {
  return fetchJson("/api/displacement/control-days", controlDaysReply, { signal });
}

function ControlDaysOver({ reply }: { readonly reply: ControlDaysReply }) {
  return (
    <div className="displacement">
      <p className="displacement__sentence">
        <VerdictMark verdict={reply.verdict} /> {reply.sentence}
      </p>
      <p>
        {formatCount(reply.control.reports)} reports in {formatCount(reply.control.days)} days of
        one place that were left out, {formatCount(reply.other.reports)} in{" "}
        {formatCount(reply.other.days)} others
        {reply.p === null ? "." : `; p ${formatProbability(reply.p)}.`}
      </p>
      <section className="displacement__table" aria-labelledby="control-weeks-title">
        <h2 id="control-weeks-title">Week by week</h2>
        <SortableTable
          caption="Reports by week with control days"
          columns={columns}
          rows={reply.weeks}
          rowKey={({ week }) => week}
        />
      </section>
      <details className="estimate__more">
        <summary>How it is compared</summary>
        <p>
          Complaints by residents and partners and their reports of kerb crawling, by the day that
          holds the middle of their time. Days were drawn by lot, so the draw itself is the test: it
          is made anew 9,999 times by the same rule, and p is the share of draws that set the days
          left out as far apart from the others. A day that was not drawn counts as one with
          patrols, whether one came or not. With fewer than 10 reports on either side nothing can be
          told. What a visit does to the days after it, or to places next to it, is in neither side.
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
    label: "Reports on days left out",
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
  return `${formatCount(reports)} in ${formatCount(days)} place days`;
}
