import { useState } from "react";
import type { Patrol } from "#client/patrols/living-week.ts";
import { bestCount, byWorth, expectedOf } from "#client/patrols/plan-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { formatDecimal } from "#client/ui/format.ts";
import { Popover } from "#client/ui/Popover.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/patrols/agree-best.css";

/** Approves only the best n, for a week with fewer officers than planned. */
export function AgreeBest({
  open,
  weak,
  isHeld,
  onAgree,
}: {
  readonly open: readonly Patrol[];
  /** How many add almost nothing. */
  readonly weak: number;
  readonly isHeld: boolean;
  readonly onAgree: (patrols: readonly Patrol[]) => void;
}) {
  const usual = weak > 0 && weak < open.length ? open.length - weak : bestCount;
  const [typed, setTyped] = useState(String(Math.min(usual, open.length - 1)));
  const count = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  const isCount = count >= 1 && count <= open.length;
  const windows = byWorth(open.map(({ window }) => window));
  const best = isCount ? windows.slice(0, count) : [];
  return (
    <Popover name="Approve top patrols" label="Approve top patrols" align="end">
      {(close) => (
        <Form
          className="agree-best stack start gap-2"
          noValidate
          onSend={() => {
            if (!isCount || isHeld) return;
            close();
            onAgree(open.filter(({ window }) => best.includes(window)));
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
              ? `They cover ${formatDecimal(expectedOf(best))} forecast reports. All ${open.length} cover ${formatDecimal(expectedOf(windows))}.`
              : null}
          </p>
          <Button type="submit" disabled={!isCount || isHeld}>
            Approve top {isCount ? formatQuantity(count, "patrol") : ""}
          </Button>
        </Form>
      )}
    </Popover>
  );
}
