import { useState } from "react";
import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { useLook } from "#client/live/refresh.ts";
import { MayLeave } from "#client/outcomes/charts/ChartSection.tsx";
import { KnownChart } from "#client/outcomes/charts/KnownChart.tsx";
import { FunnelChart, ResidenceCharts } from "#client/outcomes/charts/PartCharts.tsx";
import { TrustChart } from "#client/outcomes/charts/TrustChart.tsx";
import { GivenMonths, Trends } from "#client/outcomes/trends/Trends.tsx";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { useMedia } from "#client/ui/use-media.ts";
import { demoSuffix } from "#core/demo-words.ts";
import { outcomesCsv } from "#core/outcomes/outcomes-csv.ts";
import {
  type ChangeReply,
  type FigureReply,
  type OutcomesReply,
  outcomeCalls,
} from "#core/outcomes/wire/outcomes.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDateRange } from "#core/time/words.ts";

/** The figures of one period: exact, or as they may leave; a presenter has the second alone. */
export function Snapshot() {
  const { role } = useSession();
  const params = useStore(address, (at) => at.params);
  const { from, to } = params;
  const period = from && to ? { from, to } : {};
  const form = role === "presenter" || params["view"] === "shared" ? "shared" : "exact";
  const { resource, reload } = useFetched(`outcomes ${from} ${to} ${form}`, (signal) =>
    ask(outcomeCalls.read, { query: { ...period, form } }, { signal }),
  );
  useLook("tallies", hasValue(resource) ? resource.at : null, reload);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) => <OutcomesPage reply={reply} />}
    </Loaded>
  );
}

function OutcomesPage({ reply }: { readonly reply: OutcomesReply }) {
  const { role } = useSession();
  const mark = useDemoMark();
  const { fault, isPending, run } = useSubmit();
  const takeCsv = () =>
    run(async () => {
      const { from, to } = reply;
      await ask(outcomeCalls.export, { body: { from, to } });
      downloadText(`outcomes-${from}-to-${to}${demoSuffix(mark)}.csv`, outcomesCsv(reply, mark));
    });
  return (
    <div className={reply.isExact ? "outcomes parts outcomes--exact" : "outcomes parts"}>
      <p className="outcomes__paper-note">
        Exact figures cannot be printed. Choose “Rounded for sharing”, then print.
      </p>
      <div className="row wrap end gap-3 no-print">
        <PeriodChoice key={`${reply.from} ${reply.to}`} reply={reply} />
        {role === "presenter" ? null : (
          <Segmented
            label="Figures"
            value={reply.isExact ? "exact" : "shared"}
            options={[
              { value: "exact", label: "Exact" },
              { value: "shared", label: "Rounded for sharing" },
            ]}
            onChange={(view) =>
              changeParams("outcomes", { view: view === "shared" ? view : undefined })
            }
          />
        )}
        {reply.isExact ? null : (
          <div className="row wrap end gap-3">
            <Button icon="print" onClick={() => window.print()}>
              Print
            </Button>
            <Button icon="download" disabled={isPending} onClick={takeCsv}>
              Figures (CSV)
            </Button>
          </div>
        )}
      </div>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div>
        <p className="outcomes__sentence broad lead">{reply.sentence}</p>
        <ComparedWith figure={reply.figures[0]} />
      </div>
      <FigureRow figures={reply.figures} />
      <MayLeave value={!reply.isExact}>
        <div className="outcomes__charts start grid gap-5">
          <ResidenceCharts reply={reply} />
          <KnownChart reply={reply} />
        </div>
        <FunnelChart reply={reply} />
        <OtherTotals others={reply.others} />
        <TrustChart reply={reply} />
        <Trends trends={reply.trends} />
        <GivenMonths reply={reply} />
      </MayLeave>
      <Method figures={reply.figures} notes={reply.notes} />
    </div>
  );
}

const other = "other";

function PeriodChoice({ reply }: { readonly reply: OutcomesReply }) {
  const { asAt } = useSession();
  const [from, setFrom] = useState(reply.from);
  const [to, setTo] = useState(reply.to);
  const choose = (period: { readonly from: string; readonly to: string }) =>
    changeParams("outcomes", { from: period.from, to: period.to });
  const own = `${reply.from} ${reply.to}`;
  const typed = reply.periods.map((period) => ({
    value: `${period.from} ${period.to}`,
    label: formatDateRange(period.from, period.to),
  }));
  const isTyped = typed.some(({ value }) => value === own);
  const isBackwards = to < from;
  return (
    <Form className="row wrap end grow gap-3" onSend={() => isBackwards || choose({ from, to })}>
      <Select
        label="Period with manual totals"
        value={isTyped ? own : other}
        options={[
          ...(isTyped ? [] : [{ value: other, label: formatDateRange(reply.from, reply.to) }]),
          ...typed,
        ]}
        onChange={(value) => {
          const [first = "", last = ""] = value.split(" ");
          if (value !== other) choose({ from: first, to: last });
        }}
      />
      {reply.isExact ? (
        <>
          <TextField
            label="From"
            type="date"
            value={from}
            max={asAt.slice(0, 10)}
            onChange={setFrom}
          />
          <TextField
            label="To"
            type="date"
            value={to}
            max={asAt.slice(0, 10)}
            onChange={setTo}
            error={isBackwards ? "This is before the first day. Change one of them." : undefined}
          />
          <Button type="submit" disabled={from === reply.from && to === reply.to}>
            Show
          </Button>
        </>
      ) : null}
    </Form>
  );
}

function FigureRow({ figures }: { readonly figures: readonly FigureReply[] }) {
  return (
    <ul className="figures grid gap-3" aria-label="Five figures">
      {figures.map((figure) => (
        <li
          key={figure.measure}
          className="figures__card whole framed stack gap-2 shrinks pad-3"
          data-measure={figure.measure}
        >
          <h2 className="figures__label strong body">{figure.label}</h2>
          {figure.count === null ? (
            <p className="figures__none">{figure.words}</p>
          ) : (
            <p className="figures__count strong tabular">
              {figure.words.startsWith("about ") ? (
                <span className="figures__about">about </span>
              ) : null}
              {formatCount(figure.count)}
            </p>
          )}
          {figure.typedBeside === null ? null : (
            <p className="note">
              Manual total for the same days: {formatCount(figure.typedBeside)}. Records give{" "}
              {figure.words}. One of them is wrong.
            </p>
          )}
          <Change name="Before" change={figure.before} />
          <Change name="A year ago" change={figure.yearAgo} />
        </li>
      ))}
    </ul>
  );
}

function ComparedWith({ figure }: { readonly figure: FigureReply | undefined }) {
  if (!figure) return null;
  const [before, yearAgo] = [figure.before, figure.yearAgo].map(({ from, to }) =>
    formatDateRange(from, to),
  );
  return (
    <p className="quiet">
      Before: {before}. A year ago: {yearAgo}.
    </p>
  );
}

const marks = { rise: "▲", fall: "▼", no_clear_change: "–", cannot_tell: "·" } as const;

function Change({ name, change }: { readonly name: string; readonly change: ChangeReply }) {
  return (
    <p className={`figures__change row gap-2 figures__change--${change.verdict}`}>
      <span className="figures__mark still" aria-hidden="true">
        {marks[change.verdict]}
      </span>
      <span>
        <span className="quiet">{name}:</span> {change.brief}
      </span>
    </p>
  );
}

function Method(props: {
  readonly figures: readonly FigureReply[];
  readonly notes: readonly string[];
}) {
  return (
    <details className="outcomes__method" open={useMedia("print")}>
      <summary>How this is calculated</summary>
      <ul className="outcomes__notes broad stack gap-1">
        {props.figures.map((figure) => (
          <li key={figure.measure}>
            <strong>{figure.label}.</strong> {figure.definition}{" "}
            {figure.count === null ? null : figure.sourceWords} {figure.before.words}.{" "}
            {figure.yearAgo.words}.
          </li>
        ))}
        {props.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}

type Other = OutcomesReply["others"][number];

const columns: readonly TableColumn<Other>[] = [
  { label: "Total", cell: ({ label }) => label },
  { label: "In this period", isNumber: true, cell: ({ words }) => words },
];

function OtherTotals({ others }: { readonly others: readonly Other[] }) {
  if (others.length === 0) return null;
  return (
    <section className="outcomes__others broad" aria-labelledby="other-totals">
      <h2 id="other-totals">Other totals of this period</h2>
      <div className="scroll-x">
        <SortableTable
          caption="Other totals of this period"
          columns={columns}
          rows={others}
          rowKey={({ measure }) => measure}
        />
      </div>
    </section>
  );
}
