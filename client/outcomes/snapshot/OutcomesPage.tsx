import { demoWords } from "#client/accounts/demo-words.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { KnownChart } from "#client/outcomes/charts/KnownChart.tsx";
import { ResidenceCharts } from "#client/outcomes/charts/ResidenceCharts.tsx";
import { FunnelChart } from "#client/outcomes/funnel/FunnelChart.tsx";
import { noteExport } from "#client/outcomes/outcomes-api.ts";
import { FigureRow } from "#client/outcomes/snapshot/FigureRow.tsx";
import { OtherTotals } from "#client/outcomes/snapshot/OtherTotals.tsx";
import { PeriodChoice } from "#client/outcomes/snapshot/PeriodChoice.tsx";
import { GivenMonths } from "#client/outcomes/trends/GivenMonths.tsx";
import { Trends } from "#client/outcomes/trends/Trends.tsx";
import { changeParams } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { outcomesCsv } from "#core/outcomes/outcomes-csv.ts";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";

/** Five figures, two charts, the funnel, and months: each picture, table and sentence reads the one reply. */
export function OutcomesPage({ reply }: { readonly reply: OutcomesReply }) {
  const { role, demo, demoHasImports } = useSession();
  const mark = demo ? demoWords(demoHasImports) : null;
  const { fault, isPending, run } = useSubmit();
  const takeCsv = () =>
    run(async () => {
      const { from, to } = reply;
      await noteExport({ from, to, form: "csv" });
      const made = mark === null ? "" : `-${mark.toLowerCase().replaceAll(" ", "-")}`;
      downloadText(`outcomes-${from}-to-${to}${made}.csv`, outcomesCsv(reply, mark));
    });
  return (
    <div className={reply.isExact ? "outcomes outcomes--exact" : "outcomes"}>
      <p className="outcomes__paper-note">
        Exact figures are not printed. On the screen choose “As it may leave”, and print that.
      </p>
      <div className="outcomes__bar no-print">
        <PeriodChoice key={`${reply.from} ${reply.to}`} reply={reply} />
        {role === "presenter" ? null : (
          <Segmented
            label="Figures"
            value={reply.isExact ? "exact" : "shared"}
            options={[
              { value: "exact", label: "Exact" },
              { value: "shared", label: "As it may leave" },
            ]}
            onChange={(view) =>
              changeParams("outcomes", { view: view === "shared" ? view : undefined })
            }
          />
        )}
        {reply.isExact ? null : (
          <div className="outcomes__ways-out">
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
      <p className="outcomes__sentence">{reply.sentence}</p>
      <FigureRow figures={reply.figures} />
      <div className="outcomes__charts">
        <ResidenceCharts reply={reply} mark={mark} />
        <KnownChart reply={reply} mark={mark} />
      </div>
      <FunnelChart reply={reply} mark={mark} />
      <OtherTotals others={reply.others} />
      <Trends trends={reply.trends} />
      <GivenMonths reply={reply} mark={mark} />
      <ul className="outcomes__notes quiet small">
        {reply.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </div>
  );
}
