import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import {
  type BreakdownName,
  breakdownOf,
  type MeasureName,
  measureNames,
  measureOf,
  type SensitiveBreakdown,
  type TallyGroup,
  tallyGroups,
} from "#core/outcomes/measures.ts";
import { isSensitive } from "#core/outcomes/tally-check.ts";
import { readTallyValue } from "#core/outcomes/tally-value.ts";
import { tallyCalls, type WrittenTally } from "#core/outcomes/wire/tallies.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export function TallyForm({
  bases,
  onSaved,
}: {
  readonly bases: readonly SensitiveBreakdown[];
  readonly onSaved: () => void;
}) {
  const { asAt } = useSession();
  const [measure, setMeasure] = useState<MeasureName>("cautions");
  const [period, setPeriod] = useState({ from: `${asAt.slice(0, 7)}-01`, to: asAt });
  const [breakdown, setBreakdown] = useState<BreakdownName | "none">("none");
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [takenFrom, setTakenFrom] = useState("");
  const { fault, isPending, run } = useSubmit();
  const { breakdowns, definition } = measureOf(measure);
  const known = breakdowns.filter((name) => !isSensitive(name) || bases.includes(name));
  const left = breakdowns.length - known.length;
  const by = breakdown !== "none" && known.includes(breakdown) ? breakdown : null;
  const totals = totalsOf({ measure, ...period, breakdown: by, values, takenFrom });
  const send = () => {
    if (totals.length === 0) return;
    run(async () => {
      const { kept } = await ask(tallyCalls.enter, { body: { totals } });
      setValues({});
      showToast(`${formatQuantity(kept, "total")} saved`);
      onSaved();
    });
  };
  const field = (key: string, label: string) => {
    const text = values[key] ?? "";
    const read = text.trim() === "" ? null : readTallyValue(text);
    return (
      <TextField
        key={key}
        label={label}
        value={text}
        onChange={(value) => setValues((before) => ({ ...before, [key]: value }))}
        error={read?.ok === false ? read.reason : undefined}
      />
    );
  };
  return (
    <section className="no-print" aria-label="Enter totals">
      <h2>Enter totals</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {fault && fault.errors.length > 1 ? (
        <ul className="stack gap-1">
          {fault.errors.map(({ row, reason }) => (
            <li key={`${row} ${reason}`}>{reason}</li>
          ))}
        </ul>
      ) : null}
      <Form className="outcomes__form tiles" onSend={send}>
        <Select
          label="What was counted"
          value={measure}
          options={measureOptions}
          onChange={(next) => {
            setMeasure(next);
            setBreakdown("none");
            setValues({});
          }}
          hint={definition}
        />
        <TextField
          label="First day"
          type="date"
          value={period.from}
          max={asAt}
          onChange={(from) => setPeriod({ ...period, from })}
        />
        <TextField
          label="Last day"
          type="date"
          value={period.to}
          max={asAt}
          onChange={(to) => setPeriod({ ...period, to })}
          error={
            period.to < period.from
              ? "This is before the first day. Change one of them."
              : undefined
          }
        />
        {field("", "Total")}
        {breakdowns.length === 0 ? null : (
          <Select
            label="Broken down by"
            value={by ?? "none"}
            options={[
              { value: "none" as const, label: "No breakdown" },
              ...known.map((name) => ({ value: name, label: breakdownOf(name).label })),
            ]}
            onChange={setBreakdown}
            hint={
              left > 0
                ? "Nationality and drug use need a lawful basis recorded by an administrator."
                : undefined
            }
          />
        )}
        {by === null
          ? null
          : Object.entries(breakdownOf(by).parts).map(([part, label]) =>
              field(`${by} ${part}`, label),
            )}
        <TextField
          label="Source"
          value={takenFrom}
          onChange={setTakenFrom}
          hint="The record or return, such as “Custody return, week 47”. Do not include personal details."
        />
        <div className="row wrap middle gap-3 across">
          <Button look="filled" type="submit" disabled={isPending || totals.length === 0}>
            Save
          </Button>
          <p className="quiet small">
            All totals are saved together, or none. Empty fields are skipped.
          </p>
        </div>
      </Form>
    </section>
  );
}

interface TallyDraft {
  readonly measure: MeasureName;
  readonly from: string;
  readonly to: string;
  readonly breakdown: BreakdownName | null;
  /** As typed: the whole under "", a part under "breakdown part". */
  readonly values: Readonly<Record<string, string>>;
  readonly takenFrom: string;
}

function totalsOf(draft: TallyDraft): WrittenTally[] {
  const { measure, from, to, breakdown, values, takenFrom } = draft;
  const parts = breakdown === null ? [] : Object.keys(breakdownOf(breakdown).parts);
  const lines = [
    { breakdown: null, part: null, value: values[""] ?? "" },
    ...parts.map((part) => ({ breakdown, part, value: values[`${breakdown} ${part}`] ?? "" })),
  ];
  return lines
    .filter(({ value }) => value.trim() !== "")
    .map((line) => ({
      measure,
      from,
      to,
      ...line,
      ...(takenFrom.trim() === "" ? {} : { takenFrom }),
    }));
}

const groupWords: Readonly<Record<TallyGroup, string>> = {
  outreach: "Outreach and safety",
  diversion: "Diversion",
  enforcement: "Enforcement",
};

const measureOptions = tallyGroups.flatMap((group) =>
  measureNames
    .filter((name) => measureOf(name).group === group)
    .map((value) => ({ value, label: measureOf(value).label, group: groupWords[group] })),
);
