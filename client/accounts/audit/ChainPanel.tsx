import { useEffect, useRef, useState } from "react";
import { verifyChain } from "#client/accounts/audit/audit-api.ts";
import { faultWords } from "#client/accounts/audit/audit-words.ts";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { type AuditVerdict, auditHash } from "#core/accounts/wire/audit.ts";
import { formatCount } from "#core/text/numbers.ts";

export type Verification =
  | { readonly status: "idle" }
  | { readonly status: "running"; readonly rows: number; readonly of: number }
  | { readonly status: "done"; readonly verdict: AuditVerdict; readonly at: number }
  | { readonly status: "failed"; readonly error: ApiError };

interface Verifier {
  readonly state: Verification;
  readonly start: (hash: string | null) => void;
  readonly cancel: () => void;
  /** Forgets what came of the last one; one that runs ends. */
  readonly clear: () => void;
}

/** Whether the log is whole: the one thing to do here, its progress and what came of it. */
export function ChainPanel({ verifier }: { readonly verifier: Verifier }) {
  const { state, start, cancel, clear } = verifier;
  const [typed, setTyped] = useState("");
  // On paper it stands in groups of eight.
  const hash = typed.replace(/\s/g, "").toLowerCase();
  const isWrong = hash !== "" && !auditHash.safeParse(hash).success;
  return (
    <section className="chain" aria-labelledby="audit-chain">
      <h2 id="audit-chain">Check the log for tampering</h2>
      <p className="quiet">
        Each row holds the hash of the row before it. This check recalculates every hash and names
        the first row that was changed. To find rows missing at the end, enter a head that was kept
        elsewhere.
      </p>
      <form
        className="chain__form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWrong) start(hash === "" ? null : hash);
        }}
      >
        <TextField
          label="Hash of a printed head (optional)"
          value={typed}
          onChange={(value) => {
            // What was found of another hash says nothing of this one.
            clear();
            setTyped(value);
          }}
          error={isWrong ? "A hash has 64 characters: 0 to 9 and a to f." : undefined}
        />
        <Button look="filled" icon="check" type="submit" disabled={state.status === "running"}>
          Check the log
        </Button>
      </form>
      <div aria-live="polite">
        <Outcome state={state} onCancel={cancel} onRetry={() => start(hash === "" ? null : hash)} />
      </div>
    </section>
  );
}

function Outcome({
  state,
  onCancel,
  onRetry,
}: {
  readonly state: Verification;
  readonly onCancel: () => void;
  readonly onRetry: () => void;
}) {
  switch (state.status) {
    case "idle":
      return null;
    case "running": {
      const { rows, of } = state;
      return (
        <Progress
          label="Checking"
          share={of > 0 ? rows / of : null}
          detail={`${formatCount(rows)} of ${formatCount(of)} rows`}
          onCancel={onCancel}
        />
      );
    }
    case "failed":
      return <ErrorNote title={state.error.title} detail={state.error.detail} onRetry={onRetry} />;
    case "done": {
      const { verdict, at } = state;
      const when = `Checked at ${formatTimeOfDay(at)}.`;
      if (verdict.broken === null) {
        return (
          <p className="chain__holds">
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

/** One verification at a time; leaving the screen ends it. */
export function useVerification(): Verifier {
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
    try {
      const verdict = await verifyChain(
        hash,
        (progress) => show({ status: "running", ...progress }),
        mine.signal,
      );
      show({ status: "done", verdict, at: Date.now() });
    } catch (cause) {
      if (mine.signal.aborted) show({ status: "idle" });
      else show({ status: "failed", error: errorFromFailure(cause, "read") });
    }
  };
  return {
    state,
    start: (hash) => void run(hash),
    cancel: () => running.current?.abort(),
    clear: () => {
      running.current?.abort();
      running.current = null;
      setState({ status: "idle" });
    },
  };
}
