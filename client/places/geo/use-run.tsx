import { type ReactNode, useEffect, useRef, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Progress, type ProgressProps } from "#client/ui/Progress.tsx";

type Step = Pick<ProgressProps, "label" | "share" | "detail">;

export type Run<Made> =
  | { readonly status: "idle" | "cancelled" }
  | { readonly status: "running"; readonly step: Step }
  | { readonly status: "refused"; readonly title: string; readonly detail: string }
  | { readonly status: "done"; readonly made: Made };

interface Work<Made> {
  readonly first: Step;
  readonly work: (signal: AbortSignal, show: (step: Step) => void) => Promise<Made>;
  readonly refusalOf?: (cause: unknown) => { readonly title: string; readonly detail: string };
}

/** Aborted with the component. */
export function useRun<Made>() {
  const [run, setRun] = useState<Run<Made>>({ status: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async ({ first, work, refusalOf = errorFromFailure }: Work<Made>) => {
    const mine = new AbortController();
    running.current = mine;
    const show = (step: Step) => setRun({ status: "running", step });
    show(first);
    try {
      setRun({ status: "done", made: await work(mine.signal, show) });
    } catch (cause) {
      const { title, detail } = refusalOf(cause);
      setRun(mine.signal.aborted ? { status: "cancelled" } : { status: "refused", title, detail });
    }
  };
  return { run, setRun, start, cancel: () => running.current?.abort() };
}

export interface RunStateProps<Made> {
  readonly run: Run<Made>;
  readonly onCancel: () => void;
  readonly cancelled?: string;
  readonly children: (made: Made) => ReactNode;
}

export function RunState<Made>({ run, onCancel, cancelled, children }: RunStateProps<Made>) {
  switch (run.status) {
    case "idle":
      return null;
    case "running":
      return <Progress {...run.step} onCancel={onCancel} />;
    case "cancelled":
      return cancelled ? <Banner kind="note">{cancelled}</Banner> : null;
    case "refused":
      return <ErrorNote title={run.title} detail={run.detail} />;
    case "done":
      return children(run.made);
  }
}
