import { useEffect, useState } from "react";
import { fetchJson } from "#client/api/fetch.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { askedQuery } from "#client/hotspots/asked-query.ts";
import { StreetTable } from "#client/hotspots/streets/StreetTable.tsx";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import { WholeStreetTable } from "#client/hotspots/streets/WholeStreetTable.tsx";
import { type HotspotsView, leadingSource } from "#client/hotspots/view.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { type StreetsReply, streetsReply } from "#core/hotspots/wire/streets.ts";

export interface StreetPanelProps {
  readonly view: HotspotsView;
  readonly shown: StreetsShown;
}

/** Longer than from one frame of a drag to the next: what is overtaken is never asked for. */
const restMs = 150;

/** The list by street: stretches from one junction to the next, or whole streets. */
export function StreetPanel({ view, shown }: StreetPanelProps) {
  const query = new URLSearchParams({
    ...askedQuery(view),
    measure: view.measure === "hot" ? "gi" : "count",
  }).toString();
  const isEmpty = view[leadingSource(view)].length === 0;
  if (isEmpty) return <NothingChosen />;
  return <AskedStreets query={query} view={view} shown={shown} />;
}

function AskedStreets({ query, view, shown }: StreetPanelProps & { readonly query: string }) {
  const { resource, reload } = useFetched(query, async (signal) => {
    await rest(signal);
    return fetchJson(`/api/hotspots/streets?${query}`, streetsReply, { signal });
  });
  const reply = hasValue(resource) && resource.status !== "stale" ? resource.value : null;
  useEffect(() => {
    shown.reply.set(() => reply);
  }, [reply, shown]);
  useEffect(() => () => shown.reply.set(() => null), [shown]);
  if (resource.status === "failed" && resource.error.status === 404) {
    return <EmptyState title={resource.error.title}>{resource.error.detail}</EmptyState>;
  }
  return (
    <Loaded resource={resource} onRetry={reload}>
      {(value) => <Streets view={view} reply={value} shown={shown} />}
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

interface StreetsProps extends StreetPanelProps {
  readonly reply: StreetsReply;
}

function Streets({ view, reply, shown }: StreetsProps) {
  const [unit, setUnit] = useState<"stretches" | "streets">("stretches");
  return (
    <>
      {reply.note === null ? null : <Banner kind="note">{reply.note}</Banner>}
      {reply.rows.length === 0 ? (
        <NothingChosen />
      ) : (
        <>
          <Segmented
            label="List"
            value={unit}
            options={[
              { value: "stretches", label: "Stretches" },
              { value: "streets", label: "Whole streets" },
            ]}
            onChange={setUnit}
          />
          {unit === "stretches" ? (
            <StreetTable view={view} reply={reply} shown={shown} />
          ) : (
            <WholeStreetTable view={view} reply={reply} shown={shown} />
          )}
        </>
      )}
      <details className="worked-out small">
        <summary>How streets are tested</summary>
        <p className="quiet">{capitalised(reply.test)}.</p>
      </details>
    </>
  );
}

function NothingChosen() {
  return (
    <EmptyState title="Nothing on any street in this choice">
      Choose more kinds, a longer period or the whole week.
    </EmptyState>
  );
}
