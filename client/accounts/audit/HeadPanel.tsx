import { groupedHash, momentOf } from "#client/accounts/audit/audit-words.ts";
import type { Verification } from "#client/accounts/audit/ChainPanel.tsx";
import { DemoMark } from "#client/accounts/DemoMark.tsx";
import { ensureFresh } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { localTimeWords } from "#client/state/command.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { mostRowsWithoutProof } from "#core/accounts/second-factor.ts";
import { type AuditHead, auditCalls } from "#core/accounts/wire/audit.ts";

/** The last row, to be kept elsewhere: on paper or in a file. */
export function HeadPanel({ verification }: { readonly verification: Verification }) {
  // After a verification the head is another: the verification is in the log too.
  const key = verification.status === "done" ? String(verification.at) : "first";
  const { resource, reload } = useFetched(key, (signal) => ask(auditCalls.head, {}, { signal }));
  const rows = hasValue(resource) ? Number(resource.value.head?.id ?? 0) : 0;
  return (
    <section className="chain" aria-labelledby="audit-head">
      <h2 id="audit-head">Head of the log</h2>
      <Loaded resource={resource} onRetry={reload}>
        {({ head, readAt }) =>
          head === null ? (
            <EmptyState title="Nothing recorded yet" />
          ) : (
            <>
              <HeadFacts head={head} />
              <HeadSheet head={head} readAt={readAt} verification={verification} />
            </>
          )
        }
      </Loaded>
      <div className="chain__acts">
        <Button icon="print" onClick={() => window.print()}>
          Print the head
        </Button>
        <Download format="ndjson" rows={rows}>
          All rows, with the head (JSON)
        </Download>
        <Download format="csv" rows={rows}>
          All rows (CSV)
        </Download>
      </div>
    </section>
  );
}

/** A link, so that a long chain goes straight to the disk; for a long one its person proves to be there first. */
function Download({
  format,
  rows,
  children,
}: {
  readonly format: "ndjson" | "csv";
  readonly rows: number;
  readonly children: string;
}) {
  const { fault, isPending, run } = useSubmit();
  const link = `/api/audit/export?format=${format}`;
  if (rows <= mostRowsWithoutProof) {
    return (
      <a className="button button--plain" href={link} download>
        <Icon name="download" />
        {children}
      </a>
    );
  }
  return (
    <>
      <Button
        icon="download"
        disabled={isPending}
        onClick={() => run(() => ensureFresh().then(() => follow(link)))}
      >
        {children}
      </Button>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </>
  );
}

function follow(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}

interface HeadSheetProps {
  readonly head: AuditHead;
  readonly readAt: string;
  readonly verification: Verification;
}

/** One A4 page to be signed and kept where nobody who runs the server can change it. */
function HeadSheet({ head, readAt, verification }: HeadSheetProps) {
  const { person, demo } = useSession();
  return (
    <article className="head-sheet own-head" aria-label="Head of the audit log, on paper">
      <header className="head-sheet__head">
        <h2>Boxster: head of the audit log</h2>
        {demo ? <DemoMark /> : null}
      </header>
      <HeadFacts head={head} />
      <dl className="head-facts">
        <dt>Read</dt>
        <dd>
          {momentOf(readAt)} ({localTimeWords()}) by {person}
        </dd>
        {verification.status === "done" ? (
          <>
            <dt>Checked earlier</dt>
            <dd>{verification.verdict.sentence}</dd>
          </>
        ) : null}
      </dl>
      <p>
        Keep this page away from the server. Anyone who checks the log later types in this hash. It
        shows whether rows are missing or the log was rewritten.
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
function HeadFacts({ head }: { readonly head: AuditHead }) {
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
