import type { ReactNode } from "react";
import { useFetched } from "#client/api/use-resource.ts";
import { PanelStage } from "#client/panel/PanelStage.tsx";
import { loadRelease } from "#client/panel/panel-api.ts";
import { SessionEnded } from "#client/panel/SessionEnded.tsx";
import { useLanguage } from "#client/panel/use-language.ts";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { ReleaseReply } from "#core/wire/release.ts";
import "#client/panel/panel.css";
import "#client/panel/blocks.css";
import "#client/panel/panel-print.css";

/** For a hall: the last release and nothing else. Nothing private is ever asked for here. */
export function Panel() {
  const { resource, reload } = useFetched("release", loadRelease);
  if ("error" in resource && resource.error.status === 401) return <SessionEnded />;
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(reply) => <Release reply={reply} />}
    </Loaded>
  );
}

function Release({ reply }: { readonly reply: ReleaseReply | null }): ReactNode {
  if (reply === null) {
    return (
      <EmptyState title="No release yet">
        What residents may see will be here once an analyst has drafted a release and a second
        person has approved it.
      </EmptyState>
    );
  }
  if (reply.withdrawn !== null) return <Withdrawn {...reply} withdrawn={reply.withdrawn} />;
  const { months, areas } = reply.release;
  if (months.length === 0 || areas.length === 0) {
    return (
      <EmptyState title="Nothing to show yet">
        A month is shown once another whole month has passed since it ended.
      </EmptyState>
    );
  }
  return <PanelStage key={reply.hash} reply={reply} />;
}

/** Instead of its figures, which are nowhere on the page. */
function Withdrawn({
  release,
  withdrawn,
}: ReleaseReply & { readonly withdrawn: NonNullable<ReleaseReply["withdrawn"]> }) {
  const { say, date, tag } = useLanguage();
  return (
    <div className="panel panel--withdrawn" lang={tag}>
      <h2 className="panel__sentence">
        {say("withdrawn.heading", { number: String(release.number), date: date(withdrawn.on) })}
      </h2>
      <p className="block block--strong">{withdrawn.notice}</p>
      <p className="block">{say("withdrawn.what")}</p>
    </div>
  );
}
