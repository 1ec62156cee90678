import { useFetched } from "#client/api/use-resource.ts";
import { useSession } from "#client/app/session-context.ts";
import { PanelStage } from "#client/panel/PanelStage.tsx";
import { loadRelease, type Released } from "#client/panel/panel-api.ts";
import { SessionEnded } from "#client/panel/SessionEnded.tsx";
import { useLanguage } from "#client/panel/use-language.ts";
import { address, navigate, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { ReleaseLine } from "#core/wire/releases.ts";
import "#client/panel/panel.css";
import "#client/panel/blocks.css";
import "#client/panel/panel-print.css";

/** For a hall: a release and nothing else. Nothing private is ever asked for here. */
export function Panel() {
  const number = useStore(address, ({ params }) => params["release"]);
  const { resource, reload } = useFetched(`release ${number ?? "latest"}`, (signal) =>
    loadRelease(number, signal),
  );
  if ("error" in resource && resource.error.status === 401) return <SessionEnded />;
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(released) => <OneRelease {...released} />}
    </Loaded>
  );
}

function OneRelease({ reply, releases }: Released) {
  if (reply === null) {
    const [last] = releases;
    return last === undefined ? <NoneYet /> : <Withdrawn line={last} />;
  }
  if (reply.withdrawn !== null) {
    return <Withdrawn line={{ number: reply.release.number, withdrawn: reply.withdrawn }} />;
  }
  if (reply.release.months.length === 0 || reply.release.areas.length === 0) {
    return (
      <EmptyState title="Nothing to show yet">
        A month is shown once another whole month has passed since it ended.
      </EmptyState>
    );
  }
  const newer = releases.filter(({ number }) => number > reply.release.number);
  return (
    <>
      {newer.map(({ number, withdrawn }) =>
        withdrawn === null ? (
          <Banner
            key={number}
            kind="note"
            action={<Button onClick={() => show(number)}>Show release {number}</Button>}
          >
            There is a later release. This is release {reply.release.number}.
          </Banner>
        ) : (
          <Banner key={number} kind="stale">
            Release {number} was withdrawn: {withdrawn.notice} Release {reply.release.number} is
            shown.
          </Banner>
        ),
      )}
      <PanelStage key={reply.hash} reply={reply} releases={releases} onRelease={show} />
    </>
  );
}

function show(number: number): void {
  // The month of the one before may be in no other.
  const kept = Object.entries(address.get().params).filter(([name]) => name !== "month");
  replaceParams({ ...Object.fromEntries(kept), release: String(number) });
}

function NoneYet() {
  const { role } = useSession();
  const mayDraft = role === "analyst";
  return (
    <EmptyState
      title="No release yet"
      action={
        mayDraft ? (
          <Button look="filled" onClick={() => navigate("releases")}>
            Draft a release
          </Button>
        ) : null
      }
    >
      What residents may see will be here once an analyst has drafted a release and a second person
      has approved it.
    </EmptyState>
  );
}

/** Instead of its figures, which are nowhere on the page. */
function Withdrawn({ line }: { readonly line: Pick<ReleaseLine, "number" | "withdrawn"> }) {
  const { say, date, tag } = useLanguage();
  if (line.withdrawn === null) return null;
  const { on, notice } = line.withdrawn;
  return (
    <div className="panel panel--withdrawn" lang={tag}>
      <h2 className="panel__sentence">
        {say("withdrawn.heading", { number: String(line.number), date: date(on) })}
      </h2>
      <p className="panel__notice">{notice}</p>
      <p className="panel__notice">{say("withdrawn.what")}</p>
    </div>
  );
}
