import { places } from "#client/api/places.ts";
import { useFetched, useShared } from "#client/api/use-resource.ts";
import { BarControls } from "#client/app/BarControls.tsx";
import { Assessment } from "#client/displacement/Assessment.tsx";
import { loadDisplacement, loadOperations } from "#client/displacement/displacement-api.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/displacement/displacement.css";

/** One operation: did reports fall where it was, and did they rise over an edge? */
export function Displacement() {
  const asked = useStore(address, (at) => at.params["operation"]);
  const { resource, reload } = useFetched("operations", loadOperations);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {({ operations }) => {
        const operation = operations.find(({ name }) => name === asked) ?? operations[0];
        if (!operation) {
          return (
            <EmptyState title="No operation has started yet">
              Once an operation has a treated area and a start date, its before and after stand
              here, edge by edge.
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
                options={operations.map(({ name }) => ({ value: name, label: name }))}
                onChange={(name) => replaceParams({ operation: name })}
              />
            </BarControls>
            <OneOperation key={operation.name} name={operation.name} />
          </>
        );
      }}
    </Loaded>
  );
}

function OneOperation({ name }: { readonly name: string }) {
  const map = useShared(places);
  const { resource, reload } = useFetched(`displacement ${name}`, (signal) =>
    loadDisplacement(name, signal),
  );
  return (
    <Loaded resource={map} onRetry={places.reload} skeleton={<Skeleton fill />}>
      {(base) => (
        <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
          {(reply) => <Assessment places={base} reply={reply} />}
        </Loaded>
      )}
    </Loaded>
  );
}
