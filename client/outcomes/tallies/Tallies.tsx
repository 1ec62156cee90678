import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { useShared } from "#client/api/use-resource.ts";
import { tallies } from "#client/outcomes/outcomes-api.ts";
import { CorrectDialog } from "#client/outcomes/tallies/CorrectDialog.tsx";
import { TallyForm } from "#client/outcomes/tallies/TallyForm.tsx";
import { TallyTable } from "#client/outcomes/tallies/TallyTable.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { StoredTallyReply } from "#core/outcomes/wire/tallies.ts";

/** Every typed total with its history; the analyst types and corrects. */
export function Tallies() {
  const resource = useShared(tallies);
  const { role } = useSession();
  const mayWrite = role === "analyst";
  const [open, setOpen] = useState<StoredTallyReply | null>(null);
  return (
    <Loaded resource={resource} onRetry={tallies.reload} skeleton={<Skeleton fill />}>
      {(reply) => (
        <div className="outcomes outcomes--exact">
          <p className="outcomes__paper-note">Exact figures are not printed.</p>
          <p className="outcomes__sentence">
            {formatQuantity(reply.tallies.length, "total")} typed. Each is shown for exactly its
            period: it is never split, never added up, and tied to no person, place or record.
          </p>
          {mayWrite ? <TallyForm bases={reply.bases} /> : null}
          {reply.tallies.length === 0 ? (
            <EmptyState title="No total is typed yet">
              {mayWrite
                ? "Type the first one above: what was counted, for which days, and how many."
                : "An analyst types totals here; they then stand among the figures of their period."}
            </EmptyState>
          ) : (
            <TallyTable rows={reply.tallies} {...(mayWrite ? { onCorrect: setOpen } : {})} />
          )}
          {open === null ? null : <CorrectDialog tally={open} onClose={() => setOpen(null)} />}
        </div>
      )}
    </Loaded>
  );
}
