import { Button } from "#client/ui/Button.tsx";
import "#client/ui/progress.css";

export interface ProgressProps {
  /** What is being done: "Reading rows". */
  readonly label: string;
  /** Null while the end is not known. */
  readonly share: number | null;
  /** "12,000 rows, about 3 s left". */
  readonly detail?: string | undefined;
  readonly onCancel?: (() => void) | undefined;
}

export function Progress({ label, share, detail, onCancel }: ProgressProps) {
  return (
    <div className="progress">
      <div className="progress__words row between gap-3">
        <span>{label}</span>
        <span className="quiet">{detail}</span>
      </div>
      <progress
        className="progress__bar"
        aria-label={label}
        max={1}
        {...(share === null ? {} : { value: share })}
      />
      {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
    </div>
  );
}
