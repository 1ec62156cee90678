import { useEffect, useRef, useState } from "react";
import { signOut } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { PanelStage } from "#client/releases/panel/PanelStage.tsx";
import {
  latestStanding,
  loadRelease,
  loadReleaseLines,
  newsOf,
  type Released,
} from "#client/releases/panel/panel-api.ts";
import { address, changeParams, navigate } from "#client/state/url.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { inEnglish } from "#core/releases/presentation/language.ts";
import { isDue } from "#core/releases/wire/law.ts";
import type { ReleaseLine } from "#core/releases/wire/releases.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/releases/panel/panel.css";
import "#client/releases/panel/blocks.css";

/** For a hall: only public data is requested. */
export function Panel() {
  const number = useStore(address, ({ params }) => params["release"]);
  const { resource, reload } = useFetched(`release ${number ?? "latest"}`, (signal) =>
    loadRelease(number, signal),
  );
  if ("error" in resource && resource.error.status === 401) return <SessionEnded />;
  return (
    <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
      {(released) => <OneRelease {...released} onReload={reload} />}
    </Loaded>
  );
}

/** Retrying cannot help, signing in can; the address is kept. */
function SessionEnded() {
  return (
    <EmptyState
      title="Your session has ended"
      action={
        <Button look="filled" onClick={signOut}>
          Sign in
        </Button>
      }
    >
      Sign in again to continue.
    </EmptyState>
  );
}

function OneRelease({
  reply,
  releases: loaded,
  law,
  onReload,
}: Released & { readonly onReload: () => void }) {
  const releases = useReleaseLines(loaded);
  if (reply === null) {
    const [last] = releases;
    return last === undefined ? <NoneYet /> : <Withdrawn line={last} releases={releases} />;
  }
  if (reply.withdrawn !== null) {
    const line = { number: reply.release.number, withdrawn: reply.withdrawn };
    return <Withdrawn line={line} releases={releases} />;
  }
  if (reply.release.months.length === 0 || reply.release.areas.length === 0) {
    return (
      <EmptyState title="Nothing to show yet">
        A month is shown one whole month after it ends.
      </EmptyState>
    );
  }
  const own = reply.release.number;
  const news = newsOf(own, releases);
  const { later } = news;
  const due = law.texts.filter((text) => isDue(text, law.today));
  return (
    <>
      {/* Above what is printed, where it would push two pages to three; the handout's head says it. */}
      <div className="no-print">
        {later === null ? null : (
          <Banner
            kind="note"
            action={<Button onClick={() => show(later)}>Show release {later}</Button>}
          >
            You are viewing release {own}. A later one is available.
          </Banner>
        )}
        {news.laterWithdrawn.map(({ number, withdrawn }) => (
          <Banner key={number} kind="stale">
            Release {number} was withdrawn: {withdrawn?.notice} Release {own} is shown.
          </Banner>
        ))}
        {due.length === 0 ? null : (
          <Banner kind="stale">
            Law to read again before you rely on it, as its slides say:{" "}
            {[...new Set(due.map(({ cite, asAt }) => `${cite} (read ${formatDate(asAt)})`))].join(
              "; ",
            )}
            .
          </Banner>
        )}
      </div>
      <PanelStage
        key={reply.hash}
        reply={reply}
        releases={releases}
        law={law}
        news={news}
        onRelease={show}
        onReload={onReload}
      />
    </>
  );
}

interface Heard {
  readonly after: readonly ReleaseLine[];
  readonly lines: readonly ReleaseLine[];
}

const askEveryMs = 180_000;

/**
 * The loaded list of releases, or a newer one, so an open panel learns of a withdrawal. Polled on
 * return to the page and every few minutes; offline the loaded list stays.
 */
function useReleaseLines(loaded: readonly ReleaseLine[]): readonly ReleaseLine[] {
  const [heard, setHeard] = useState<Heard | null>(null);
  const ask = () => {
    if (document.hidden || !navigator.onLine) return;
    loadReleaseLines().then(
      (lines) => setHeard({ after: loaded, lines }),
      () => undefined,
    );
  };
  const latest = useRef(ask);
  latest.current = ask;
  useInterval(ask, askEveryMs);
  useEffect(() => {
    const onSight = () => latest.current();
    document.addEventListener("visibilitychange", onSight);
    return () => document.removeEventListener("visibilitychange", onSight);
  }, []);
  return heard?.after === loaded ? heard.lines : loaded;
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
      Public figures appear here once an analyst has drafted a release and a second person has
      approved it.
    </EmptyState>
  );
}

function Withdrawn({
  line,
  releases,
}: {
  readonly line: Pick<ReleaseLine, "number" | "withdrawn">;
  readonly releases: readonly ReleaseLine[];
}) {
  const { say, date, tag } = inEnglish;
  const latest = latestStanding(releases);
  if (line.withdrawn === null) return null;
  const { on, notice } = line.withdrawn;
  return (
    <div
      className="panel stack relative tall scrolls on-paper panel--withdrawn own-head"
      lang={tag}
    >
      <h2 className="panel__sentence strong">
        {say("withdrawn.heading", { number: String(line.number), date: date(on) })}
      </h2>
      <p className="panel__notice">{notice}</p>
      <p className="panel__notice">{say("withdrawn.what")}</p>
      {latest === null ? null : (
        <p className="no-print" lang="en">
          <Button look="filled" onClick={() => show(latest)}>
            Show the latest release
          </Button>
        </p>
      )}
    </div>
  );
}

function show(number: number): void {
  // Another release may not have the current month.
  changeParams("panel", { month: undefined, release: String(number) });
}
