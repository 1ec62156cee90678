import { useState } from "react";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { TextField } from "#client/ui/TextField.tsx";

interface DatesFormProps {
  readonly start: DateRange;
  readonly within: DateRange;
  /** Undefined: nothing wrong beyond their order. */
  readonly faultOf?: (range: DateRange) => string | undefined;
  readonly button: { readonly words: string; readonly look: "filled" | "plain" };
  readonly onRange: (range: DateRange) => void;
}

export function DatesForm({ start, within, faultOf, button, onRange }: DatesFormProps) {
  const [range, setRange] = useState(start);
  const fault = orderFault(range) ?? faultOf?.(range);
  const field = fieldOf(range, (part) => setRange((now) => ({ ...now, ...part })), { to: fault });
  const bounds = { type: "date", min: within.from, max: within.to } as const;
  return (
    <Form
      className="fields row wrap start gap-2"
      onSend={() => {
        if (fault === undefined) onRange(range);
      }}
    >
      <TextField {...bounds} label="First day" {...field("from")} />
      <TextField {...bounds} label="Last day" {...field("to")} />
      <Button type="submit" look={button.look}>
        {button.words}
      </Button>
    </Form>
  );
}

function orderFault({ from, to }: DateRange): string | undefined {
  if (!from || !to) return "Enter both dates.";
  return from > to ? "The last day is before the first." : undefined;
}
