import { type ReactNode, useEffect, useRef } from "react";
import { namePage } from "#client/state/page-name.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { notePrintsHere } from "#client/ui/print-notes.ts";

interface PapersProps {
  /** What a PDF of them is called, and the file that the print dialog offers; null while that is not known. */
  readonly name: string | null;
  /** Tells the log that they are being printed, in place of the line that says the screen alone. */
  readonly note?: () => Promise<unknown>;
  /** Before the button that prints. */
  readonly back?: ReactNode;
  readonly printLabel?: string;
  readonly isReady?: boolean;
  /** The other ways in which they leave. */
  readonly acts?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** The desk on which pages lie as they will be printed. Their common look is in client/app/paper.css. */
export function Papers(props: PapersProps) {
  const { name, note, back, printLabel, isReady = true, acts, className, children } = props;
  usePageName(name);
  usePrintNote(note);
  return (
    <div className={classNames("papers", className)}>
      <header className="papers__bar no-print row wrap middle gap-2-3 full">
        {back}
        <Button look="filled" icon="print" disabled={!isReady} onClick={() => window.print()}>
          {printLabel ?? "Print or save as PDF"}
        </Button>
        {acts}
      </header>
      {children}
    </div>
  );
}

function usePageName(name: string | null): void {
  useEffect(() => {
    if (name === null) return undefined;
    const { title } = document;
    namePage(name);
    return () => namePage(title);
  }, [name]);
}

/** Printed by button, by key or by the browser's menu: noted before the dialog opens. */
function usePrintNote(note: PapersProps["note"]): void {
  const latest = useRef(note);
  latest.current = note;
  const isNoted = note !== undefined;
  useEffect(
    () => (isNoted ? notePrintsHere(async () => latest.current?.()) : undefined),
    [isNoted],
  );
}

interface PaperProps {
  readonly className: string;
  readonly label: string;
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  /** "MADE-UP DATA", of the demonstration. */
  readonly mark: string | null;
  /** Which paper it is, a line each. */
  readonly about: readonly ReactNode[];
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/** One page, or as many as its content needs. */
export function Paper(props: PaperProps) {
  const { className, label, title, subtitle, mark, about, foot, children } = props;
  return (
    <article className={classNames("paper", className)} aria-label={label}>
      <header className="paper__head row between">
        <div>
          <h2>{title}</h2>
          {subtitle}
        </div>
        <div className="paper__about stack still end">
          {mark === null ? null : <strong className="paper__mark">{mark}</strong>}
          {about.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a head has few lines, which never change their order.
            <p key={at}>{line}</p>
          ))}
        </div>
      </header>
      {children}
      {foot === undefined ? null : <footer className="paper__foot">{foot}</footer>}
    </article>
  );
}
