import { Button } from "#client/ui/Button.tsx";
import "#client/ui/progress.css";

export interface ProgressProps {
  readonly label: string;
  /** 0 to 1; null while unknown. */
  readonly share: number | null;
  /** "12,000 rows, about 3 s left". */
  readonly detail?: string | undefined;
  readonly onCancel?: (() => void) | undefined;
}

export function Progress({ label, share, detail, onCancel }: ProgressProps) {
  return (
    <div className="progress grid middle gap-1-3">
      <div className="tabular row between gap-3">
        <span>{label}</span>
        <span className="quiet">{detail}</span>
      </div>
      <progress
        className="progress__bar full"
        aria-label={label}
        max={1}
        {...(share === null ? {} : { value: share })}
      />
      {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
    </div>
  );
}
