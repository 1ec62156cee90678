import { type ReactNode, useMemo } from "react";
import { ControlLine, ControlNumbers } from "#client/displacement/ControlLine.tsx";
import { type PlacedEdge, placeEdges } from "#client/displacement/compass.ts";
import { EdgeMap } from "#client/displacement/EdgeMap.tsx";
import { EdgeCard, edgeColumns, rowKey } from "#client/displacement/EdgeTable.tsx";
import { HarmPanel } from "#client/displacement/HarmPanel.tsx";
import { Monthly } from "#client/displacement/Monthly.tsx";
import { MovedPeople } from "#client/displacement/MovedPeople.tsx";
import { inPhase } from "#client/displacement/phase-view.ts";
import {
  type AssessedRow,
  answerColumns,
  type EdgeRow,
  estimateWords,
  intervalWords,
  placeboWords,
  reachOf,
  scatterWords,
  VerdictMark,
} from "#client/displacement/VerdictMark.tsx";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { leastPhaseDays } from "#core/displacement/phases.ts";
import { reportedSentence } from "#core/displacement/report-table.ts";
import { wrongIfWords } from "#core/displacement/tipping.ts";
import type { AssessmentReply, DisplacementReply } from "#core/displacement/wire/displacement.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDateRange, formatMonth } from "#core/time/words.ts";
import "#client/displacement/estimate.css";

export interface AssessmentProps {
  readonly places: PlacesReply;
  readonly reply: DisplacementReply;
  readonly stopRule: ReactNode;
}

export function Assessment({ places, reply: whole, stopRule }: AssessmentProps) {
  const named = useStore(address, (at) => at.params["phase"] ?? null);
  const phase = whole.phases.find(({ name }) => name === named) ?? null;
  const reply = useMemo(() => (phase ? inPhase(whole, phase) : whole), [whole, phase]);
  const chosen = useStore(address, (at) => at.params["edge"] ?? null);
  const weights = useStore(address, (at) => at.params["harm"] ?? null);
  const edges = useMemo(() => placeEdges(places, reply), [places, reply]);
  const reach = reachOf(reply.edges);
  const rows = [
    reply.overall,
    reply.treatedArea,
    reply.rings,
    ...edges.map(({ item }): AssessedRow | EdgeRow => item),
  ];
  const row = rows.find((each) => rowKey(each) === chosen) ?? reply.overall;
  const received = reply.edges.find((edge) => edge === row)?.received;
  const choose = (edge: string | null) =>
    changeParams("displacement", { edge: edge === chosen ? undefined : (edge ?? undefined) });
  const strip = (side: PlacedEdge["side"]) => (
    <ol className={`edges stack gap-2 edges--${side}`}>
      {edges
        .filter((placed) => placed.side === side)
        .map(({ item, order }) => (
          <EdgeCard
            key={item.neighbour}
            edge={item}
            order={order}
            reach={reach}
            isChosen={item.neighbour === chosen}
            onChoose={() => choose(item.neighbour)}
          />
        ))}
    </ol>
  );
  return (
    <div className="displacement stack gap-4 pad-4">
      {whole.phases.length > 0 ? (
        <Segmented
          label="Phase"
          value={phase?.name ?? wholeOperation}
          options={[
            { value: wholeOperation, label: "Whole operation" },
            ...whole.phases.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={(name) => changeParams("displacement", { phase: name || undefined })}
        />
      ) : null}
      {reply.banner ? <Banner kind="warning">{reply.banner}</Banner> : null}
      <header>
        <p className="displacement__sentence lead">
          <VerdictMark verdict={reply.overall.verdict} /> {reply.overall.sentence}
        </p>
        <WrongIf row={reply.overall} />
        <p className="quiet">
          Reports by residents and partners, {formatDateRange(reply.after.from, reply.after.to)}{" "}
          against {formatDateRange(reply.before.from, reply.before.to)}.
        </p>
      </header>
      {stopRule}
      <EstimatePanel assessment={reply} />
      <MovedPeople claims={reply} />
      <section className="displacement__around grid" aria-label="Boundaries, clockwise from north">
        {strip("west")}
        <div className="displacement__map clips framed no-print">
          <EdgeMap
            places={places}
            zones={reply.zones}
            edges={edges}
            chosen={chosen}
            onChoose={choose}
            sentence={[reply.banner, reportedSentence(reply.overall)].filter(Boolean).join(" ")}
          />
        </div>
        {strip("east")}
        {strip("within")}
        <ul className="displacement__key gap-1-4 row wrap small quiet" aria-label="Legend">
          <li className="row middle gap-1 no-print">
            Outlined on the map: treated area
            {reply.zones.control ? ". Thin outline: the chosen comparison area" : ""}.
          </li>
          <li className="row middle gap-1">
            Bars: {formatCount(reach)} fewer to {formatCount(reach)} more than expected, with 95%
            intervals.
          </li>
        </ul>
      </section>
      {row === reply.overall ? null : (
        <>
          <p className="displacement__chosen lead">{row.sentence}</p>
          <WrongIf row={row} />
        </>
      )}
      {received === undefined ? null : (
        <p className="displacement__chosen lead">{received.sentence}</p>
      )}
      <p className="print-only quiet small">
        Exact counts stay on the screen. The report has what may go on paper.
      </p>
      <div className="stack gap-4 no-print">
        <div className="displacement__table scroll-x">
          <SortableTable
            caption="Reports before and after, by area and boundary"
            columns={edgeColumns}
            rows={rows}
            rowKey={rowKey}
            selectedKey={chosen}
            onSelect={(pressed) => choose(pressed && rowKey(pressed))}
          />
        </div>
        <Monthly row={row} phases={whole.phases} banner={reply.banner} />
        {phase ? null : (
          <HarmPanel
            asked={weights}
            harm={reply.harm}
            onAsk={(harm) => changeParams("displacement", { harm: harm ?? undefined })}
          />
        )}
        <PhaseTable phases={whole.phases} after={whole.after} />
      </div>
    </div>
  );
}

/** What would make the sentence above it false. */
function WrongIf({ row }: { readonly row: AssessedRow | EdgeRow }) {
  const words = wrongIfWords(row);
  return words === null ? null : <p className="small">{words}</p>;
}

const wholeOperation = "";

function EstimatePanel({ assessment }: { readonly assessment: AssessmentReply }) {
  const { overall, before, after, controlCheck, notes, method } = assessment;
  return (
    <section
      className="estimate surface grid gap-1 framed pad-3-4"
      aria-label="Estimate for the treated area and its rings"
    >
      <ControlLine check={controlCheck} />
      {notes.length > 0 ? (
        <ul className="estimate__notes bullets" aria-label="What was excluded or shortened">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      <details className="estimate__more broad no-print">
        <summary>How this is calculated</summary>
        <Figures row={overall} />
        <p>
          Compared: {formatCount(before.days)} days before with {formatCount(after.days)} days
          after.
        </p>
        <ControlNumbers check={controlCheck} />
        {method.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </details>
    </section>
  );
}

function Figures({ row }: { readonly row: AssessedRow }) {
  const interval = intervalWords(row);
  return (
    <dl className="estimate__figures row wrap">
      <div>
        <dt>Vs expected, 95% interval</dt>
        <dd className="estimate__interval">{interval ?? "not enough reports to tell"}</dd>
      </div>
      <div>
        <dt>Best estimate</dt>
        <dd>{interval === null ? "none" : estimateWords(row.wdd)}</dd>
      </div>
      <div>
        <dt>First month of change</dt>
        <dd>{changeWords(row)}</dd>
      </div>
      <div className="estimate__scatter">
        <dt>Month-to-month variation before</dt>
        <dd>{scatterWords(row.dispersion)}</dd>
      </div>
      <div className="estimate__scatter">
        <dt>Elsewhere, with nothing done</dt>
        <dd>{placeboWords(row.placebo)}</dd>
      </div>
    </dl>
  );
}

function changeWords({ changedFrom, verdict }: AssessedRow): string {
  if (changedFrom !== null) return formatMonth(changedFrom);
  return verdict === "cannot_tell" ? "not enough reports to tell" : "none";
}

function PhaseTable({ phases, after }: Pick<AssessmentReply, "phases" | "after">) {
  if (phases.length === 0) return null;
  return (
    <section className="displacement__table scroll-x" aria-labelledby="phases-title">
      <h2 id="phases-title">Phase by phase</h2>
      <p className="quiet small">
        Treated area and rings together. Each phase is compared per day with the same period before,
        adjusted for testing several phases.
      </p>
      <SortableTable
        caption="Reports by phase"
        columns={columns(after.to)}
        rows={phases}
        rowKey={({ name, from }) => `${name} ${from}`}
      />
    </section>
  );
}

type Phase = AssessmentReply["phases"][number];

function noIntervalWords({ days }: Phase): string {
  if (days >= leastPhaseDays) return "not enough to compare";
  return days === 0 ? "" : "too short to compare";
}

const columns = (lastDay: string): readonly TableColumn<Phase>[] => [
  { label: "Phase", cell: ({ name }) => name },
  {
    label: "Days counted",
    cell: ({ from, to, days }) =>
      days === 0 ? <span className="quiet">none</span> : formatDateRange(from, to),
  },
  {
    label: "Reports",
    isNumber: true,
    cell: (phase) =>
      phase.days === 0 ? (
        <span className="quiet">{phase.from > lastDay ? "not started" : "not in these days"}</span>
      ) : (
        formatCount(phase.treated[1])
      ),
  },
  ...answerColumns(noIntervalWords),
];
