import { lazy, Suspense } from "react";
import { useFetched, useShared } from "#client/api/use-resource.ts";
import { operations } from "#client/displacement/operations/operations-api.ts";
import { loadReport } from "#client/displacement/report/report-api.ts";
import { places } from "#client/places/places.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { BarControls } from "#client/ui/BarControls.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { OperationReply } from "#core/displacement/wire/operations.ts";

const OneReport = lazy(async () => ({
  default: (await import("#client/displacement/report/OneReport.tsx")).OneReport,
}));

/** The assessment report of one operation: two pages for paper, and its numbers as a file. */
export function Report() {
  const asked = useStore(address, ({ params }) => params["operation"]);
  const resource = useShared(operations);
  return (
    <Loaded resource={resource} onRetry={operations.reload} skeleton={<Skeleton fill />}>
      {(reply) => {
        const started = reply.operations.filter(({ hasStarted }) => hasStarted);
        const operation = started.find(({ name }) => name === asked) ?? started[0];
        if (!operation) {
          return (
            <EmptyState title="Nothing to report yet">
              Once an operation has started, its assessment can be printed here on two pages.
            </EmptyState>
          );
        }
        return (
          <>
            <BarControls>
              <Select
                bare
                label="Operation"
                value={operation.name}
                options={started.map(({ name }) => ({ value: name, label: name }))}
                onChange={(name) =>
                  replaceParams("displacement", { part: "report", operation: name })
                }
              />
            </BarControls>
            <LoadedReport key={operation.id} operation={operation} />
          </>
        );
      }}
    </Loaded>
  );
}

function LoadedReport({ operation: { id, revision } }: { readonly operation: OperationReply }) {
  const map = useShared(places);
  const { resource, reload } = useFetched(`report ${id} ${revision}`, (signal) =>
    loadReport(id, signal),
  );
  return (
    <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
      {(base) => (
        <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
          {(report) => (
            <Suspense fallback={<Skeleton fill />}>
              <OneReport places={base} report={report} />
            </Suspense>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
