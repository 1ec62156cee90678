import { groupedHash, momentOf } from "#client/accounts/audit/audit-words.ts";
import type { Verification } from "#client/accounts/audit/use-verification.ts";
import { DemoMark } from "#client/accounts/DemoMark.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import type { AuditHead } from "#core/accounts/wire/audit.ts";

export interface HeadSheetProps {
  readonly head: AuditHead;
  readonly readAt: string;
  readonly verification: Verification;
}

/** One A4 page to be signed and kept where nobody who runs the server can change it. */
export function HeadSheet({ head, readAt, verification }: HeadSheetProps) {
  const { person, demo } = useSession();
  return (
    <article className="head-sheet" aria-label="Head of the audit chain, on paper">
      <header className="head-sheet__head">
        <h2>Boxster: head of the audit chain</h2>
        {demo ? <DemoMark /> : null}
      </header>
      <HeadFacts head={head} />
      <dl className="head-facts">
        <dt>Read</dt>
        <dd>
          {momentOf(readAt)} (London) by {person}
        </dd>
        {verification.status === "done" ? (
          <>
            <dt>Verified before</dt>
            <dd>{verification.verdict.sentence}</dd>
          </>
        ) : null}
      </dl>
      <p>
        Keep this page away from the server. Whoever verifies the log later types the hash in: rows
        that are gone, or a chain that was written anew, then show.
      </p>
      <dl className="head-facts head-facts--sign">
        <dt>Name</dt>
        <dd />
        <dt>Signature</dt>
        <dd />
        <dt>Date</dt>
        <dd />
      </dl>
    </article>
  );
}

/** Number, time and hash of the last row. */
export function HeadFacts({ head }: { readonly head: AuditHead }) {
  return (
    <dl className="head-facts">
      <dt>Row</dt>
      <dd>{head.id}</dd>
      <dt>Written</dt>
      <dd>{head.at.replace("T", " ").replace("Z", " UTC")}</dd>
      <dt>Hash</dt>
      <dd className="head-facts__hash">{groupedHash(head.hash)}</dd>
    </dl>
  );
}
