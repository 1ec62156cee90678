import type { ReactNode } from "react";
import type { PlacedEdge } from "#client/displacement/compass.ts";
import { RunningChart } from "#client/displacement/RunningChart.tsx";
import { ReportMaps } from "#client/displacement/report/ReportMaps.tsx";
import { ReportTable } from "#client/displacement/report/ReportTable.tsx";
import {
  areaFacts,
  dataWords,
  phaseAnswer,
  phaseWords,
  questionWords,
} from "#client/displacement/report/report-words.ts";
import { sourcesOfMap } from "#client/map/base-map.ts";
import { Paper } from "#client/ui/Papers.tsx";
import {
  receivedSentence,
  reportedCount,
  reportedSentence,
  reportedSums,
  reportedWrongIf,
  weeklyLines,
} from "#core/displacement/report-table.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { formatDate } from "#core/time/words.ts";

export interface ReportPagesProps {
  readonly report: OperationReportReply;
  readonly places: PlacesReply;
  readonly edges: readonly PlacedEdge[];
  /** Demonstration mark, or null. */
  readonly mark: string | null;
}

/** Lower than on screen: the second page has little room. */
const reportChartPx = 92;

/** As many answers with totals as fit. */
const mostReceived = 2;

/** As many as fit; the page on data quality has them all. */
const mostCaveats = 8;

export function ReportPages(props: ReportPagesProps) {
  const { assessment, dose } = props.report;
  return (
    <>
      <Page {...props} number={1}>
        <Question {...props} />
        <Areas {...props} />
        <Data {...props} />
      </Page>
      <Page {...props} number={2}>
        <Result {...props} />
        <Displacement {...props} />
        <section>
          <h3>Patrol time</h3>
          <p>{dose.sentence}</p>
        </section>
        <section className="report-page__limits">
          <h3>Limits</h3>
          {assessment.method.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
      </Page>
    </>
  );
}

function Page({
  report: { operation, asAt },
  places,
  mark,
  number,
  children,
}: ReportPagesProps & { readonly number: 1 | 2; readonly children: ReactNode }) {
  const page = `Page ${number} of 2`;
  return (
    <Paper
      className="paper--whole report-page breaks always-light"
      label={page}
      title={`Assessment of ${operation.name}`}
      mark={mark}
      about={[
        `Revision ${operation.revision} of ${formatDate(operation.changedAt.slice(0, 10))}`,
        `As at ${formatDate(asAt)}`,
        page,
      ]}
      foot={
        number === 1
          ? `${sourcesOfMap(places).join(". ")}.`
          : `Based on reports by residents and partners. Not official statistics. Boxster, revision ${operation.revision}, as at ${formatDate(asAt)}.`
      }
    >
      {children}
    </Paper>
  );
}

function Question({ report }: ReportPagesProps) {
  const { assessment } = report;
  const { overall, treatedArea, rings } = assessment;
  const [counts = [null, null]] = reportedSums([overall, treatedArea, rings]);
  const wrongIf = reportedWrongIf(overall, counts);
  return (
    <section>
      <h3>Question</h3>
      <p>{questionWords(report)}</p>
      <p className="report-page__answer strong">{reportedSentence(overall)}</p>
      {wrongIf === null ? null : <p>{wrongIf}</p>}
      {assessment.banner === null ? null : (
        <p className="report-page__banner strong">{assessment.banner}</p>
      )}
    </section>
  );
}

function Areas(props: ReportPagesProps) {
  const { report } = props;
  const { phases } = report.operation;
  return (
    <section className="report-page__areas gives stack">
      <h3>Areas</h3>
      <ReportMaps {...props} />
      <dl className="report-facts grid">
        {areaFacts(report).map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {phases.length > 0 ? (
        <>
          <h4>Phases</h4>
          <ol className="report-phases grid">
            {phases.map((phase) => (
              <li key={phase.name}>
                {phaseWords(phase)}
                {phaseAnswer(report, phase)}
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </section>
  );
}

function Data({ report }: ReportPagesProps) {
  const shown = report.caveats.slice(0, mostCaveats);
  const more = report.caveats.length - shown.length;
  return (
    <section>
      <h3>Data</h3>
      {dataWords(report).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {shown.length > 0 ? (
        <ul className="bullets">
          {shown.map((caveat) => (
            <li key={caveat}>{caveat}</li>
          ))}
          {more > 0 ? (
            <li>{more} more data-quality issues are listed under Records, Quality.</li>
          ) : null}
        </ul>
      ) : (
        <p>No data-quality issues found.</p>
      )}
    </section>
  );
}

function Result({ report }: ReportPagesProps) {
  const { overall, treatedArea, rings, phases } = report.assessment;
  const areas = [overall, treatedArea, rings];
  const sums = reportedSums(areas);
  return (
    <section>
      <h3>Result</h3>
      <ReportTable
        caption="Treated area and rings"
        rows={areas.map((row, at) => ({ row, order: null, counts: sums[at] ?? [null, null] }))}
      />
      <RunningChart row={overall} phases={phases} height={reportChartPx} />
    </section>
  );
}

function Displacement({ edges, report }: ReportPagesProps) {
  return (
    <section>
      <h3>Displacement</h3>
      <ReportTable
        caption="Boundary zones, numbered as on the map"
        rows={edges.map(({ item, order }) => ({
          row: item,
          order,
          counts: [reportedCount(item.treated[0]), reportedCount(item.treated[1])],
        }))}
      />
      <Received edges={edges} />
      <p className="report-page__received">
        {weeklyLines(report.assessment.edges, report.stopRule).join(" ")}
      </p>
    </section>
  );
}

/** Totals from neighbours for one-sided edges; the file of numbers says why they do not serve. */
function Received({ edges }: Pick<ReportPagesProps, "edges">) {
  const given = edges.flatMap(({ item }) =>
    item.received ? [[item.name, item.received] as const] : [],
  );
  if (given.length === 0) return null;
  const used = given
    .filter(([, { outer }]) => outer !== null)
    .map((one) => receivedSentence(...one));
  const unused = given.filter(([, { outer }]) => outer === null).map(([name]) => name);
  const more = used.length - mostReceived;
  return (
    <p className="report-page__received">
      {used.slice(0, mostReceived).join(" ")}
      {more > 0 ? ` ${more} more are in the CSV file.` : ""}
      {unused.length > 0
        ? ` Received totals that do not fit these days: ${unused.join(", ")}.`
        : ""}
    </p>
  );
}
