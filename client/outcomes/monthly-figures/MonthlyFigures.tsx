import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { useLook } from "#client/live/refresh.ts";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Paper, Papers } from "#client/ui/Papers.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import { monthsOver } from "#core/outcomes/monthly-figures.ts";
import { monthlyFiguresCsv, monthlyFileName } from "#core/outcomes/outcomes-csv.ts";
import {
  type FigureLine,
  figureSections,
  guaranteeCalls,
  type HotspotDose,
  type MonthlyFiguresReply,
  type MonthlyPaper,
  monthlyFiguresCalls,
  monthlyPapers,
} from "#core/outcomes/wire/monthly-figures.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate, formatDateRange, formatMonth } from "#core/time/words.ts";
import "#client/outcomes/monthly-figures/monthly-figures.css";

const offeredMonths = 24;

interface Page {
  readonly paper: MonthlyPaper;
  readonly calls: typeof monthlyFiguresCalls | typeof guaranteeCalls;
}

const figures: Page = { paper: monthlyPapers.figures, calls: monthlyFiguresCalls };
const guarantee: Page = { paper: monthlyPapers.guarantee, calls: guaranteeCalls };

export const MonthlyFigures = () => <OneMonth key="figures" page={figures} />;
export const Guarantee = () => <OneMonth key="guarantee" page={guarantee} />;

/** Of a month that is over: exact for police, rounded on paper and in files. */
function OneMonth({ page }: { readonly page: Page }) {
  const { asAt } = useSession();
  const params = useStore(address, (at) => at.params);
  const months = monthsOver(asAt.slice(0, 10), offeredMonths);
  const month = params["month"] ?? months[0] ?? "";
  const form = params["view"] === "shared" ? "shared" : "exact";
  const { resource, reload } = useFetched(`${page.paper.title} ${month} ${form}`, (signal) =>
    ask(page.calls.read, { query: { month, form } }, { signal }),
  );
  const readAt = hasValue(resource) ? resource.at : null;
  useLook("tallies", readAt, reload);
  useLook("plan", readAt, reload);
  return (
    <>
      <div className="monthly-figures__bar row wrap end gap-3 no-print">
        <Select
          label="Month"
          value={month}
          options={(months.includes(month) ? months : [month, ...months]).map((value) => ({
            value,
            label: formatMonth(value),
          }))}
          onChange={(value) => changeParams("outcomes", { month: value })}
        />
        <Segmented
          label="Figures"
          value={form}
          options={[
            { value: "exact", label: "Exact" },
            { value: "shared", label: "Rounded for sharing" },
          ]}
          onChange={(view) =>
            changeParams("outcomes", { view: view === "shared" ? view : undefined })
          }
        />
      </div>
      <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
        {(reply) =>
          reply.isExact ? (
            <ExactFigures reply={reply} />
          ) : (
            <SharedFigures page={page} reply={reply} />
          )
        }
      </Loaded>
    </>
  );
}

interface ReplyProps {
  readonly reply: MonthlyFiguresReply;
}

function ExactFigures({ reply }: ReplyProps) {
  return (
    <div className="outcomes parts outcomes--exact">
      <p className="outcomes__paper-note">
        Exact figures cannot be printed. Choose “Rounded for sharing”, then print.
      </p>
      <p className="outcomes__sentence broad lead">{reply.sentence}</p>
      <Incomplete words={reply.incomplete} />
      <FigureLines reply={reply} />
      {reply.hotspots === null ? null : (
        <HotspotDoses hotspots={reply.hotspots} month={reply.month} />
      )}
      <Notes notes={reply.notes} />
    </div>
  );
}

/** One A4 page, and the two ways in which it leaves, each noted before. */
function SharedFigures({ page, reply }: ReplyProps & { readonly page: Page }) {
  const { asAt } = useSession();
  const mark = useDemoMark();
  const { fault, isPending, run } = useSubmit();
  const { month } = reply;
  const { paper } = page;
  const note = (form: "csv" | "paper") =>
    ask(page.calls.export, { body: { month, form } }, { keepalive: true });
  const takeCsv = () =>
    run(async () => {
      await note("csv");
      downloadText(monthlyFileName(paper, month, mark), monthlyFiguresCsv(reply, mark, paper));
    });
  return (
    <Papers
      name={`${paper.title} ${month}`}
      note={() => note("paper")}
      acts={
        <Button icon="download" disabled={isPending} onClick={takeCsv}>
          Figures (CSV)
        </Button>
      }
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Paper
        className="monthly-figures always-light"
        label={paper.title}
        title={paper.heading}
        subtitle={<p>{formatDateRange(reply.from, reply.to)}</p>}
        mark={mark}
        about={["Rounded for sharing", `As at ${formatDate(asAt.slice(0, 10))}`]}
      >
        <p className="lead">{reply.sentence}</p>
        <Incomplete words={reply.incomplete} />
        <FigureLines reply={reply} />
        <Notes notes={reply.notes} />
      </Paper>
    </Papers>
  );
}

function Incomplete({ words }: { readonly words: string | null }) {
  return words === null ? null : <p className="note">{words}</p>;
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return (
    <ul className="outcomes__notes broad stack gap-1 quiet small">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

const columns: readonly TableColumn<HotspotDose>[] = [
  { label: "Hotspot", cell: ({ place }) => place },
  { label: "Hours", isNumber: true, cell: ({ hours }) => hours.toFixed(1) },
  { label: "Visits", isNumber: true, cell: ({ visits }) => formatCount(visits) },
  { label: "Reports", isNumber: true, cell: ({ reports }) => formatCount(reports) },
];

/** Where patrol time went, for police on this screen: by place it would tell others where police were not. */
function HotspotDoses(props: {
  readonly hotspots: readonly HotspotDose[];
  readonly month: string;
}) {
  const { hotspots, month } = props;
  return (
    <section className="outcomes__others broad" aria-labelledby="hotspot-doses">
      <h2 id="hotspot-doses" className="title strong">
        Patrol time by hotspot
      </h2>
      {hotspots.length === 0 ? (
        <p className="quiet">
          No place had significantly more reports than an even spread in {formatMonth(month)}.
        </p>
      ) : (
        <div className="scroll-x">
          <SortableTable
            caption={`Patrol time by hotspot, ${formatMonth(month)}`}
            columns={columns}
            rows={hotspots}
            rowKey={({ cell }) => cell}
          />
        </div>
      )}
    </section>
  );
}

const sections = Object.entries(figureSections) as [FigureLine["section"], string][];

function FigureLines({ reply }: { readonly reply: MonthlyFiguresReply }) {
  return (
    <table className="paper-table monthly-figures__lines broad">
      <caption>
        <VisuallyHidden>Figures of the month</VisuallyHidden>
      </caption>
      {sections.map(([section, title]) => {
        const lines = reply.lines.filter((line) => line.section === section);
        return lines.length === 0 ? null : (
          <tbody key={section}>
            <tr>
              <th scope="rowgroup" colSpan={2} className="monthly-figures__section">
                {title}
              </th>
            </tr>
            {lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

function Line({
  line: { label, definition, words, beside, count },
}: {
  readonly line: FigureLine;
}) {
  return (
    <tr>
      <th scope="row" className="monthly-figures__label">
        {label} <span className="quiet small">{definition}</span>
      </th>
      <td>
        <span className={count === null ? "quiet" : "strong tabular"}>{words}</span>
        {beside === null ? null : <span className="quiet small"> {beside}</span>}
      </td>
    </tr>
  );
}
