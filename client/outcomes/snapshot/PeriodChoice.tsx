import { type FormEvent, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { changeParams } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDateRange } from "#client/ui/format.ts";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";

const other = "other";

/** A period for which something was typed, or any two days where figures are exact. */
export function PeriodChoice({ reply }: { readonly reply: OutcomesReply }) {
  const { asAt } = useSession();
  const [from, setFrom] = useState(reply.from);
  const [to, setTo] = useState(reply.to);
  const choose = (period: { readonly from: string; readonly to: string }) =>
    changeParams("outcomes", { from: period.from, to: period.to });
  const own = `${reply.from} ${reply.to}`;
  const typed = reply.periods.map((period) => ({
    value: `${period.from} ${period.to}`,
    label: formatDateRange(period.from, period.to),
  }));
  const isTyped = typed.some(({ value }) => value === own);
  const isBackwards = to < from;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBackwards) choose({ from, to });
  };
  return (
    <form className="outcomes__period" onSubmit={submit}>
      <Select
        label="Period with typed totals"
        value={isTyped ? own : other}
        options={[
          ...(isTyped ? [] : [{ value: other, label: formatDateRange(reply.from, reply.to) }]),
          ...typed,
        ]}
        onChange={(value) => {
          const [first = "", last = ""] = value.split(" ");
          if (value !== other) choose({ from: first, to: last });
        }}
      />
      {reply.isExact ? (
        <>
          <TextField
            label="From"
            type="date"
            value={from}
            max={asAt.slice(0, 10)}
            onChange={setFrom}
          />
          <TextField
            label="To"
            type="date"
            value={to}
            max={asAt.slice(0, 10)}
            onChange={setTo}
            error={
              isBackwards ? "This lies before the first day: change one of the two." : undefined
            }
          />
          <Button type="submit" disabled={from === reply.from && to === reply.to}>
            Show
          </Button>
        </>
      ) : null}
    </form>
  );
}
