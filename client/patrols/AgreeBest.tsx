import { type FormEvent, useState } from "react";
import { bestCount, expectedOf } from "#client/patrols/plan-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDecimal, formatQuantity } from "#client/ui/format.ts";
import { Popover } from "#client/ui/Popover.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import "#client/patrols/agree-best.css";

/** The best so many of the suggested windows: for a week with fewer officers than it was planned for. */
export function AgreeBest({
  open,
  isHeld,
  onAgree,
}: {
  /** Most worth first. */
  readonly open: readonly WindowReply[];
  readonly isHeld: boolean;
  readonly onAgree: (windowIds: readonly string[]) => void;
}) {
  const [typed, setTyped] = useState(String(Math.min(bestCount, open.length - 1)));
  const count = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  const isCount = count >= 1 && count <= open.length;
  const best = isCount ? open.slice(0, count) : [];
  return (
    <Popover name="Approve top patrols" label="Approve top patrols" align="end">
      {(close) => (
        <form
          className="agree-best"
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (!isCount || isHeld) return;
            close();
            onAgree(best.map(({ id }) => id));
          }}
        >
          <TextField
            label="How many, best first"
            type="number"
            min={1}
            max={open.length}
            value={typed}
            error={isCount ? undefined : `1 to ${open.length}`}
            onChange={setTyped}
          />
          <p>
            {isCount
              ? `They cover ${formatDecimal(expectedOf(best))} of the ${formatDecimal(expectedOf(open))} forecast reports that all ${open.length} cover.`
              : null}
          </p>
          <Button type="submit" disabled={!isCount || isHeld}>
            Approve top {isCount ? formatQuantity(count, "patrol") : ""}
          </Button>
        </form>
      )}
    </Popover>
  );
}
