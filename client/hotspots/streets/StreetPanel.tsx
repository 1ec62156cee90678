import { useEffect } from "react";
import { fetchJson } from "#client/api/fetch.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { measureOf } from "#client/hotspots/measures/list.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { askedQuery } from "#client/hotspots/state/asked-query.ts";
import { leadingSource } from "#client/hotspots/state/view.ts";
import { answersAbout } from "#client/hotspots/streets/kept-answers.ts";
import { StreetTable } from "#client/hotspots/streets/StreetTable.tsx";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import { useStore } from "#client/state/use-store.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { type StreetsReply, streetsCall } from "#core/hotspots/wire/streets.ts";
import { formatCount } from "#core/text/numbers.ts";

export interface StreetPanelProps {
  readonly shown: StreetsShown;
  /** The loaded events; answers are valid only for these. */
  readonly records: object;
}

/** Longer than one frame of a drag: intermediate states are never requested. */
const restMs = 150;

export function StreetPanel(props: StreetPanelProps) {
  const { view } = useHotspotsParts();
  const query = new URLSearchParams({
    ...askedQuery(view),
    measure: view.measure === "significance" ? "gi" : "count",
  }).toString();
  const isEmpty = view[leadingSource(view)].length === 0;
  if (isEmpty) return <NothingChosen />;
  return <AskedStreets query={query} {...props} />;
}

function AskedStreets(props: StreetPanelProps & { readonly query: string }) {
  const { query, shown, records } = props;
  const answers = answersAbout(records);
  const { resource, reload } = useFetched(`${answers.serial} ${query}`, async (signal) => {
    const known = answers.get(query);
    if (known) return known;
    await rest(signal);
    const answer = await fetchJson(`/api/hotspots/streets?${query}`, streetsCall.reply, { signal });
    if (!("noStreets" in answer)) answers.keep(query, answer);
    return answer;
  });
  const answer = hasValue(resource) && resource.status !== "stale" ? resource.value : null;
  useEffect(() => {
    const isMissing = answer !== null && "noStreets" in answer;
    shown.isMissing.set(() => isMissing);
    shown.reply.set(() => (isMissing ? null : answer));
  }, [answer, shown]);
  useEffect(() => () => shown.reply.set(() => null), [shown]);
  return (
    <Loaded resource={resource} onRetry={reload}>
      {(value) =>
        "noStreets" in value ? (
          <p className="quiet">{value.noStreets}</p>
        ) : (
          <Streets reply={value} shown={shown} />
        )
      }
    </Loaded>
  );
}

function rest(signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, restMs);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      fail(signal.reason);
    });
  });
}

interface StreetsProps extends Pick<StreetPanelProps, "shown"> {
  readonly reply: StreetsReply;
}

function Streets({ reply, shown }: StreetsProps) {
  const { view } = useHotspotsParts();
  const unit = useStore(shown.unit, (state) => state);
  const without = reply.total - reply.placed;
  return (
    <>
      {reply.note === null ? null : (
        <>
          <details className="street-note small no-print">
            <summary>{formatCount(without)} without a street: why</summary>
            <p className="quiet">{reply.note}</p>
          </details>
          <p className="print-only quiet small">{reply.note}</p>
        </>
      )}
      {reply.rows.length === 0 ? (
        <NothingChosen />
      ) : (
        <StreetTable key={unit} reply={reply} shown={shown} isWhole={unit !== "stretches"} />
      )}
      <details className="street-note small no-print">
        <summary>What this shows</summary>
        <p className="quiet">{measureOf(view.measure).help}</p>
        <p className="quiet">
          By street there are counts and significance. Change and pattern are by cell alone: a
          stretch of street has too few reports to tell them. Patrol time is logged by cell.
        </p>
        <p className="quiet">{capitalised(reply.test)}.</p>
      </details>
    </>
  );
}

function NothingChosen() {
  return (
    <EmptyState title="No reports on a street match">
      Choose more kinds, a longer period or the whole week.
    </EmptyState>
  );
}
