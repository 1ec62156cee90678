import { Suspense, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { releases } from "#client/releases/drafts/releases-api.ts";
import { publishedSentence, useWaiting } from "#client/releases/drafts/WaitingLine.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/releases/drafts/releases.css";

const WaitingDrafts = lazily(
  async () => (await import("#client/releases/drafts/WaitingDrafts.tsx")).WaitingDrafts,
);

export function ReleasesNews() {
  const shown = useWaiting();
  if (!hasValue(shown) || shown.value.drafts.length === 0) return null;
  return (
    <Banner kind="note">
      {publishedSentence(shown.value.drafts)} Read them first, under "More".
    </Banner>
  );
}

export function PartnerReleases() {
  const shown = useWaiting();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="stack gap-2 shrinks" aria-label="Figures for residents">
      <h2>Figures for residents</h2>
      <p className="quiet">
        Read figures before they are published, and hold them if they could harm someone.
      </p>
      <Loaded resource={shown} onRetry={releases.reload} skeleton={<Skeleton lines={1} />}>
        {({ drafts }) => (
          <>
            {drafts.length === 0 ? (
              <p className="quiet">No drafts waiting.</p>
            ) : (
              <p>
                <strong>{publishedSentence(drafts)}</strong>
              </p>
            )}
            {drafts.length > 0 && !isOpen ? (
              <Button onClick={() => setOpen(true)}>Show drafts</Button>
            ) : null}
            {drafts.length > 0 && isOpen ? (
              <Suspense fallback={<Skeleton lines={4} />}>
                <WaitingDrafts drafts={drafts} reader="partner" />
              </Suspense>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}
