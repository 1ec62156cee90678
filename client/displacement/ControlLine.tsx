import { formatDecimal } from "#client/ui/format.ts";
import { SortableTable } from "#client/ui/SortableTable.tsx";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatMonth } from "#core/time/words.ts";

type Check = AssessmentReply["controlCheck"];

export function ControlLine({ check }: { readonly check: Check }) {
  const busy = check.heavy.length;
  return (
    <p>
      {check.result === "fails"
        ? "The comparison area is weak: it moved differently before the start."
        : check.sentence}
      {busy > 0 ? ` It has ${busy === 1 ? "one busy part" : `${busy} busy parts`}.` : null}
    </p>
  );
}

export function ControlNumbers({ check }: { readonly check: Check }) {
  const which = check.chosenByHand ? "your choice" : "the rest of the area";
  return (
    <>
      <p>
        {check.sentence} It is {which}, {formatQuantity(check.cells, "cell")}.
      </p>
      {check.checks.length > 0 ? <Checks check={check} /> : null}
      {check.heavy.length > 0 ? <Heavy heavy={check.heavy} /> : null}
    </>
  );
}

function Checks({ check }: { readonly check: Check }) {
  return (
    <div className="control-line__table">
      <SortableTable
        caption="Checks of the comparison area"
        columns={[
          {
            label: `${formatMonth(check.firstMonth ?? "")} to ${formatMonth(check.lastMonth ?? "")}`,
            isHead: true,
            cell: ({ label }) => label,
          },
          { label: "Difference", isNumber: true, cell: ({ value }) => formatDecimal(value) },
          { label: "Limit", isNumber: true, cell: ({ limit }) => formatDecimal(limit) },
          { label: "Answer", cell: ({ passes }) => (passes ? "passes" : "fails") },
        ]}
        rows={check.checks}
        rowKey={({ name }) => name}
      />
    </div>
  );
}

function Heavy({ heavy }: Pick<Check, "heavy">) {
  return (
    <>
      <p className="quiet">
        Busy parts of the comparison area, each with over a fifth of the treated area’s reports
        before the start. They are not excluded.
      </p>
      <ul className="control-line__heavy bullets">
        {heavy.map(({ cell, place, reports, share }) => (
          <li key={cell}>
            {place}: {formatCount(reports)} reports, {formatCount(100 * share)}% of the treated
            area's
          </li>
        ))}
      </ul>
    </>
  );
}
