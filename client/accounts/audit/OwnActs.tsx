import { loadOwnActs, useActs } from "#client/accounts/audit/audit-api.ts";
import { detailWords, momentOf, purposeWords } from "#client/accounts/audit/audit-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/accounts/audit/audit.css";

export function OwnActs({ onClose }: { readonly onClose: () => void }) {
  const acts = useActs("own", loadOwnActs);
  return (
    <Dialog title="Your activity" onClose={onClose}>
      <div className="own-acts stack gap-3">
        <p className="quiet">
          What the log holds about you, newest first. Auditors see the same. It never holds what you
          read or wrote.
        </p>
        <Loaded resource={acts.first} onRetry={acts.reload} skeleton={<Skeleton lines={6} />}>
          {() =>
            acts.rows.length === 0 ? (
              <EmptyState title="Nothing yet" />
            ) : (
              <ul className="own-acts__rows stack" aria-label="Your activity, newest first">
                {acts.rows.map((row) => (
                  <li key={row.id}>
                    <span>{momentOf(row.at)}</span>
                    <span>
                      {row.act}
                      {row.outcome === "refused" ? <strong> (refused)</strong> : null}
                      <span className="block quiet small">
                        {[purposeWords[row.purpose], detailWords(row.detail)]
                          .filter(Boolean)
                          .join("; ")}
                      </span>
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
        {acts.hasOlder ? (
          <Button disabled={acts.isLoadingOlder} onClick={acts.loadOlder}>
            Show older
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}
