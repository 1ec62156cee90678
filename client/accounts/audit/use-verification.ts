import { useEffect, useRef, useState } from "react";
import { verifyChain } from "#client/accounts/audit/audit-api.ts";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import type { AuditVerdict } from "#core/accounts/wire/audit.ts";

export type Verification =
  | { readonly status: "idle" }
  | { readonly status: "running"; readonly rows: number; readonly of: number }
  | { readonly status: "done"; readonly verdict: AuditVerdict; readonly at: number }
  | { readonly status: "failed"; readonly error: ApiError };

export interface Verifier {
  readonly state: Verification;
  readonly start: (hash: string | null) => void;
  readonly cancel: () => void;
  /** Forgets what came of the last one; one that runs ends. */
  readonly clear: () => void;
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
