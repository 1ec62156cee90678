import { useEffect, useRef, useState } from "react";
import { verifyChain } from "#client/accounts/audit/audit-api.ts";
import { faultWords, groupedHash, momentOf } from "#client/accounts/audit/audit-words.ts";
import { ensureFresh } from "#client/accounts/session.ts";
import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { localTimeWords } from "#client/state/command.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Paper } from "#client/ui/Papers.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { mostRowsWithoutProof } from "#core/accounts/second-factor.ts";
import {
  type AuditHead,
  type AuditVerdict,
  auditCalls,
  auditHash,
  type ExportFormat,
} from "#core/accounts/wire/audit.ts";
import { formatCount } from "#core/text/numbers.ts";

type Verification =
  | { readonly status: "idle" }
  | { readonly status: "running"; readonly rows: number; readonly of: number }
  | { readonly status: "done"; readonly verdict: AuditVerdict; readonly at: number }
  | { readonly status: "failed"; readonly error: ApiError };

export function ChainPanel({
  verifier,
}: {
  readonly verifier: ReturnType<typeof useVerification>;
}) {
  const { state, start, cancel, clear } = verifier;
  const [typed, setTyped] = useState("");
  // Printed in groups of eight.
  const hash = typed.replace(/\s/g, "").toLowerCase();
  const isWrong = hash !== "" && !auditHash.safeParse(hash).success;
  return (
    <section className="chain stack gap-3 shrinks" aria-labelledby="audit-chain">
      <h2 id="audit-chain">Check the log for tampering</h2>
      <p className="quiet">
        Each row holds the hash of the row before it. This check recalculates every hash and names
        the first row that was changed. To find rows missing at the end, enter a head that was kept
        elsewhere.
      </p>
      <Form
        className="chain__form fields"
        onSend={() => {
          if (!isWrong) start(hash === "" ? null : hash);
        }}
      >
        <TextField
          label="Hash of a printed head (optional)"
          value={typed}
          onChange={(value) => {
            // A result for another hash does not apply to this one.
            clear();
            setTyped(value);
          }}
          error={isWrong ? "A hash has 64 characters: 0 to 9 and a to f." : undefined}
        />
        <Button look="filled" icon="check" type="submit" disabled={state.status === "running"}>
          Check the log
        </Button>
      </Form>
      <div aria-live="polite">
        <Outcome state={state} onCancel={cancel} onRetry={() => start(hash === "" ? null : hash)} />
      </div>
    </section>
  );
}

interface OutcomeProps {
  readonly state: Verification;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
}

function Outcome({ state, onCancel, onRetry }: OutcomeProps) {
  switch (state.status) {
    case "idle":
      return null;
    case "running":
      return (
        <Progress
          label="Checking"
          share={state.of > 0 ? state.rows / state.of : null}
          detail={`${formatCount(state.rows)} of ${formatCount(state.of)} rows`}
          onCancel={onCancel}
        />
      );
    case "failed":
      return <ErrorNote title={state.error.title} detail={state.error.detail} onRetry={onRetry} />;
    case "done": {
      const { verdict, at } = state;
      const when = `Checked at ${formatTimeOfDay(at)}.`;
      if (verdict.broken === null) {
        return (
          <p className="chain__holds row middle gap-2">
            <Icon name="check" /> {verdict.sentence} {when}
          </p>
        );
      }
      return (
        <Banner kind="warning">
          {verdict.broken.what === "head"
            ? null
            : `Row ${verdict.broken.row}: ${faultWords[verdict.broken.what]}. `}
          {verdict.sentence} {when}
        </Banner>
      );
    }
  }
}

export function useVerification() {
  const [state, setState] = useState<Verification>({ status: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (hash: string | null) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ status: "running", rows: 0, of: 0 });
    const show = (next: Verification) => {
      if (running.current === mine) setState(next);
    };
    const onProgress = (progress: { readonly rows: number; readonly of: number }) =>
      show({ status: "running", ...progress });
    try {
      const verdict = await verifyChain(hash, onProgress, mine.signal);
      show({ status: "done", verdict, at: Date.now() });
    } catch (cause) {
      if (mine.signal.aborted) show({ status: "idle" });
      else show({ status: "failed", error: errorFromFailure(cause, "read") });
    }
  };
  return {
    state,
    start: (hash: string | null) => void run(hash),
    cancel: () => running.current?.abort(),
    /** Clears the last result; a running verification ends. */
    clear: () => {
      running.current?.abort();
      running.current = null;
      setState({ status: "idle" });
    },
  };
}

export function HeadPanel({ verification }: { readonly verification: Verification }) {
  // A verification is itself logged, so the head changes after it.
  const key = verification.status === "done" ? String(verification.at) : "first";
  const { resource, reload } = useFetched(key, (signal) => ask(auditCalls.head, {}, { signal }));
  const rows = hasValue(resource) ? Number(resource.value.head?.id ?? 0) : 0;
  return (
    <section className="chain stack gap-3 shrinks" aria-labelledby="audit-head">
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
      <div className="chain__acts row wrap middle gap-2">
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

interface DownloadProps {
  readonly format: ExportFormat;
  readonly rows: number;
  readonly children: string;
}

/** A link, so that a long chain goes straight to the disk; for a long one its person proves to be there first. */
function Download({ format, rows, children }: DownloadProps) {
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

/** One A4 page to sign and keep where people who run the server cannot change it. */
function HeadSheet({ head, readAt, verification }: HeadSheetProps) {
  const { person } = useSession();
  return (
    <Paper
      className="head-sheet own-head print-only"
      label="Head of the audit log, on paper"
      title="Boxster: head of the audit log"
      mark={useDemoMark()}
      about={[]}
    >
      <HeadFacts head={head} />
      <dl className="facts">
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
      <dl className="facts head-facts--sign">
        <dt>Name</dt>
        <dd />
        <dt>Signature</dt>
        <dd />
        <dt>Date</dt>
        <dd />
      </dl>
    </Paper>
  );
}

function HeadFacts({ head }: { readonly head: AuditHead }) {
  return (
    <dl className="facts">
      <dt>Row</dt>
      <dd>{head.id}</dd>
      <dt>Written</dt>
      <dd>{head.at.replace("T", " ").replace("Z", " UTC")}</dd>
      <dt>Hash</dt>
      <dd className="head-facts__hash breaks">{groupedHash(head.hash)}</dd>
    </dl>
  );
}
