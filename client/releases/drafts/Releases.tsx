import { useSession } from "#client/accounts/session-context.ts";
import { CheckLine } from "#client/releases/drafts/CheckLine.tsx";
import { DraftForm } from "#client/releases/drafts/DraftForm.tsx";
import { ReleaseTable } from "#client/releases/drafts/ReleaseTable.tsx";
import { releases } from "#client/releases/drafts/releases-api.ts";
import { useWaiting } from "#client/releases/drafts/use-waiting.ts";
import { WaitingDrafts } from "#client/releases/drafts/WaitingDrafts.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { ReleasesReply } from "#core/releases/wire/releases.ts";
import "#client/releases/drafts/releases.css";

/** What is public, what is about to be, and for each role the part that it has in it. */
export function Releases() {
  const { role } = useSession();
  const shown = useWaiting();
  return (
    <Loaded resource={shown} onRetry={releases.reload} skeleton={<Skeleton lines={8} />}>
      {(reply) => (
        <div className="releases">
          <p className="releases__sentence">{sentenceOf(reply)}</p>
          <WaitingDrafts drafts={reply.drafts} reader={role} />
          {role === "analyst" ? <DraftForm /> : null}
          <ReleaseTable
            lines={reply.releases}
            mayWithdraw={role === "analyst" || role === "auditor"}
          />
          {role === "analyst" || role === "auditor" ? <CheckLine /> : null}
        </div>
      )}
    </Loaded>
  );
}

function sentenceOf({ releases: all, drafts }: ReleasesReply): string {
  const standing = all.find(({ withdrawn }) => withdrawn === null);
  const is = standing ? `Release ${standing.number} is public` : "Nothing is public";
  if (drafts.length === 0) return `${is}; no draft waits.`;
  return `${is}; ${drafts.length === 1 ? "1 draft waits" : `${drafts.length} drafts wait`}.`;
}
