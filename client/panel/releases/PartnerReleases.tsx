import { useState } from "react";
import { useShared } from "#client/api/use-resource.ts";
import { releases } from "#client/panel/releases/releases-api.ts";
import { WaitingDrafts } from "#client/panel/releases/WaitingDrafts.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import "#client/panel/releases/releases.css";

/** On a partner's own page: asked for on demand, so that the page loads nothing more than before. */
export function PartnerReleases() {
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="releases--partner" aria-label="Figures for residents">
      <h2>Figures for residents</h2>
      <p className="quiet">
        Before figures go public you can read them, and hold them if they could harm somebody.
      </p>
      {isOpen ? <Waiting /> : <Button onClick={() => setOpen(true)}>Show what waits</Button>}
    </section>
  );
}

function Waiting() {
  const shown = useShared(releases);
  return (
    <Loaded resource={shown} onRetry={releases.reload}>
      {({ drafts }) => <WaitingDrafts drafts={drafts} reader="partner" />}
    </Loaded>
  );
}
