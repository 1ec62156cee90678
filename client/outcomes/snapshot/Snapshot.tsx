import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useLook } from "#client/live/refresh.ts";
import { loadOutcomes } from "#client/outcomes/outcomes-api.ts";
import { OutcomesPage } from "#client/outcomes/snapshot/OutcomesPage.tsx";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";

/** The figures of one period: exact, or as they may leave; a presenter has the second alone. */
export function Snapshot() {
  const { role } = useSession();
  const params = useStore(address, (at) => at.params);
  const { from, to } = params;
  const period = from && to ? { from, to } : null;
  const form = role === "presenter" || params["view"] === "shared" ? "shared" : "exact";
  const { resource, reload } = useFetched(`outcomes ${from} ${to} ${form}`, (signal) =>
    loadOutcomes({ period, form }, signal),
  );
  useLook("tallies", hasValue(resource) ? resource.at : null, reload);
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) => <OutcomesPage reply={reply} />}
    </Loaded>
  );
}
