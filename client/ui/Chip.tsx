import type { ReactNode } from "react";
import "#client/ui/choice.css";

export interface ChipProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly title?: string;
}

/** A checkbox: several can be on. */
export function Chip({ checked, onChange, children, disabled = false, title }: ChipProps) {
  return (
    <label className="chip inline-row relative" title={title}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className="chip__face inline-row middle gap-2 raised quiet target">{children}</span>
    </label>
  );
}
