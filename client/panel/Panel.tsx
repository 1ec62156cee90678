import { useFetched } from "#client/api/use-resource.ts";
import { PanelStage } from "#client/panel/PanelStage.tsx";
import { loadPanel } from "#client/panel/panel-api.ts";
import { SessionEnded } from "#client/panel/SessionEnded.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/panel/panel.css";
import "#client/panel/panel-print.css";

/** For a hall: public figures and nothing else. Nothing private is ever asked for here. */
export function Panel() {
  const { resource, reload } = useFetched("panel", loadPanel);
  if ("error" in resource && resource.error.status === 401) return <SessionEnded />;
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) =>
        reply.months.length === 0 || reply.areas.length === 0 ? (
          <EmptyState title="Nothing to show yet">
            A month is shown once another whole month has passed since it ended.
          </EmptyState>
        ) : (
          <PanelStage reply={reply} />
        )
      }
    </Loaded>
  );
}
