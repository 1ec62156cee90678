import { useMemo } from "react";
import type { Placed } from "#client/displacement/compass.ts";
import { EdgeCard } from "#client/displacement/EdgeCard.tsx";
import { EdgeMap } from "#client/displacement/EdgeMap.tsx";
import { EdgeTable, rowKey } from "#client/displacement/EdgeTable.tsx";
import { EstimatePanel } from "#client/displacement/EstimatePanel.tsx";
import { HarmPanel } from "#client/displacement/HarmPanel.tsx";
import { Monthly } from "#client/displacement/Monthly.tsx";
import { PhaseTable } from "#client/displacement/PhaseTable.tsx";
import { placeEdges } from "#client/displacement/place-edges.ts";
import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import { type EdgeRow, reachOf } from "#client/displacement/verdict-words.ts";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { formatCount, formatDateRange } from "#client/ui/format.ts";
import type { DisplacementReply } from "#core/displacement/wire/displacement.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface AssessmentProps {
  readonly places: PlacesReply;
  readonly reply: DisplacementReply;
}

/** The sentence, the edges around a small map, the table, the running figure, the method. */
export function Assessment({ places, reply }: AssessmentProps) {
  const chosen = useStore(address, (at) => at.params["edge"] ?? null);
  const weights = useStore(address, (at) => at.params["harm"] ?? null);
  const edges = useMemo(() => placeEdges(places, reply), [places, reply]);
  const reach = reachOf(reply.edges);
  const rows = [reply.overall, reply.treatedArea, reply.rings, ...reply.edges];
  const row = rows.find((each) => rowKey(each) === chosen) ?? reply.overall;
  const received = reply.edges.find((edge) => edge === row)?.received;
  const choose = (edge: string | null) =>
    changeParams("displacement", { edge: edge === chosen ? undefined : (edge ?? undefined) });
  const strip = (side: Placed<EdgeRow>["side"]) => (
    <ol className={`edges edges--${side}`}>
      {edges
        .map((placed, index) => ({ ...placed, order: index + 1 }))
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
    <div className="displacement">
      {reply.banner ? <Banner kind="warning">{reply.banner}</Banner> : null}
      <header className="displacement__head">
        <p className="displacement__sentence">
          <VerdictMark verdict={reply.overall.verdict} /> {reply.overall.sentence}
        </p>
        <p className="quiet">
          Reports by residents and partners: {formatDateRange(reply.before.from, reply.before.to)} (
          {formatCount(reply.before.days)} days) before,{" "}
          {formatDateRange(reply.after.from, reply.after.to)} ({formatCount(reply.after.days)} days)
          after.
        </p>
      </header>
      <EstimatePanel assessment={reply} />
      <section className="displacement__around" aria-label="Edges, clockwise from north">
        {strip("west")}
        <div className="displacement__map">
          <EdgeMap
            places={places}
            zones={reply.zones}
            edges={edges}
            chosen={chosen}
            onChoose={choose}
          />
        </div>
        {strip("east")}
        {strip("within")}
        <ul className="displacement__key" aria-label="Legend">
          <li>
            <VerdictMark verdict="rise" /> rise
          </li>
          <li>
            <VerdictMark verdict="fall" /> fall
          </li>
          <li>
            <VerdictMark verdict="no_clear_change" /> no significant change
          </li>
          <li>
            <VerdictMark verdict="cannot_tell" /> not enough reports to tell
          </li>
          <li className="no-print">
            Outlined on the map: the treated area
            {reply.zones.control ? "; thinly, the control that was chosen by hand" : ""}.
          </li>
          <li>
            Bars: reports more or fewer than expected, 95% interval, all on one scale from{" "}
            {formatCount(reach)} fewer to {formatCount(reach)} more. One-sided: beyond the boundary
            nothing is recorded, or not for all of these days.
          </li>
        </ul>
      </section>
      {row === reply.overall ? null : <p className="displacement__chosen">{row.sentence}</p>}
      {received === undefined ? null : <p className="displacement__chosen">{received.sentence}</p>}
      <div className="displacement__table">
        <EdgeTable
          assessment={reply}
          edges={edges.map(({ item }) => item)}
          chosen={chosen}
          onChoose={choose}
        />
      </div>
      <Monthly row={row} />
      <HarmPanel
        asked={weights}
        harm={reply.harm}
        onAsk={(harm) => changeParams("displacement", { harm: harm ?? undefined })}
      />
      <PhaseTable phases={reply.phases} after={reply.after} />
      <details className="displacement__method">
        <summary>How this is worked out</summary>
        {reply.method.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </details>
    </div>
  );
}
