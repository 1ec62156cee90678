import { type FormEvent, useState } from "react";
import { VerdictMark } from "#client/displacement/VerdictMark.tsx";
import { categoryWords } from "#client/records/kind-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { type HarmName, harmNames } from "#core/displacement/harm.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import { harmWeights } from "#core/displacement/wire/harm-weights.ts";
import { kinds } from "#core/records/kinds.ts";
import { formatCount } from "#core/text/numbers.ts";
import "#client/displacement/harm-panel.css";

type Harm = NonNullable<AssessmentReply["harm"]>;

interface HarmPanelProps {
  /** As the address says it: `complaint:1,sighting:2`. */
  readonly asked: string | null;
  readonly harm: Harm | null;
  readonly onAsk: (weights: string | null) => void;
}

/** The same assessment in harm: what a report of each kind counts for is typed here and kept in the address. */
export function HarmPanel({ asked, harm, onAsk }: HarmPanelProps) {
  const [typed, setTyped] = useState(() => weightsOf(asked));
  const written = harmNames
    .filter((name) => (typed[name] ?? "").trim() !== "")
    .map((name) => `${name}:${(typed[name] ?? "").trim()}`)
    .join(",");
  const read = written === "" ? null : harmWeights.safeParse(written);
  const fault = harmFault(asked);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (read?.success) onAsk(written);
  };
  return (
    <details className="harm-panel" open={asked !== null || undefined}>
      <summary>Weighted by harm</summary>
      <p className="quiet">
        Set how much one report of each kind counts. There are no default weights; leave out kinds
        you do not weigh. A category overrides its kind. Each kind is compared separately and needs
        ten reports in each of its four counts.
      </p>
      {fault === null ? null : (
        <ErrorNote title="The weights in this link cannot be read" detail={fault} />
      )}
      <form className="harm-panel__form no-print" onSubmit={submit}>
        {harmNames.map((name) => (
          <TextField
            key={name}
            label={nameWords[name]}
            value={typed[name] ?? ""}
            onChange={(value) => setTyped((before) => ({ ...before, [name]: value }))}
            error={faultOf(name, typed[name] ?? "")}
          />
        ))}
        <div className="harm-panel__acts">
          <Button look="filled" type="submit" disabled={read?.success !== true}>
            Calculate
          </Button>
          {asked === null ? null : (
            <Button
              onClick={() => {
                setTyped({});
                onAsk(null);
              }}
            >
              Without weights
            </Button>
          )}
        </div>
      </form>
      {harm === null ? null : (
        <>
          <p>{harm.rows[0]?.sentence}</p>
          <SortableTable
            caption={`In harm: ${weightWords(harm)}`}
            columns={columns}
            rows={harm.rows}
            rowKey={({ name }) => name}
          />
        </>
      )}
    </details>
  );
}

function weightsOf(asked: string | null): Partial<Record<HarmName, string>> {
  const read = harmWeights.safeParse(asked ?? "");
  return read.success
    ? Object.fromEntries(read.data.map(({ name, weight }) => [name, String(weight)]))
    : {};
}

const nameWords: Readonly<Record<HarmName, string>> = {
  complaint: `${kinds.complaint.label}, any subject`,
  sighting: `${kinds.sighting.label}, any category`,
  ...categoryWords,
};

function faultOf(name: HarmName, text: string): string | undefined {
  if (text.trim() === "") return undefined;
  const read = harmWeights.safeParse(`${name}:${text.trim()}`);
  return read.success ? undefined : "A number above 0 and up to 1,000,000, such as 2 or 0.5.";
}

function weightWords({ weights }: Harm): string {
  return weights.map(({ name, weight }) => `${nameWords[name]} ${weight}`).join("; ");
}

type HarmRow = Harm["rows"][number];

const columns: readonly TableColumn<HarmRow>[] = [
  { key: "name", label: "Where", cell: ({ name }) => name },
  {
    key: "interval",
    label: "Harm units vs expected, 95% interval",
    cell: (row) => intervalOf(row) ?? <span className="quiet">{whyNot(row)}</span>,
  },
  {
    key: "estimate",
    label: "Best estimate",
    cell: (row) => (intervalOf(row) === null ? "" : amount(row.wdd ?? 0)),
  },
  {
    key: "verdict",
    label: "Answer",
    cell: ({ verdict }) => (
      <span className="edge-table__answer">
        <VerdictMark verdict={verdict} /> {answerWords[verdict]}
      </span>
    ),
  },
];

/** In units of the weights: "12 to 30 more", "3 less to 9 more"; null where there is nothing to say. */
function intervalOf({ low, high, verdict }: HarmRow): string | null {
  if (low === null || high === null || verdict === "cannot_tell") return null;
  const [from, to] = [Math.round(low), Math.round(high)];
  if (from >= 0) return `${formatCount(from)} to ${formatCount(to)} more`;
  if (to <= 0) return `${formatCount(-to)} to ${formatCount(-from)} less`;
  return `${formatCount(-from)} less to ${formatCount(to)} more`;
}

function whyNot({ tooFew }: HarmRow): string {
  if (tooFew.length === 0) return "not enough reports to tell";
  return `not enough of: ${tooFew.map((name) => nameWords[name].toLowerCase()).join("; ")}`;
}

function amount(wdd: number): string {
  const whole = Math.round(wdd);
  if (whole === 0) return "no difference";
  return whole > 0 ? `${formatCount(whole)} more` : `${formatCount(-whole)} less`;
}

const answerWords: Readonly<Record<HarmRow["verdict"], string>> = {
  rise: "More harm",
  fall: "Less harm",
  no_clear_change: "No significant change",
  cannot_tell: "Not enough reports to tell",
};

/** Why weights in the address are not asked for; null where they can be, or where there are none. */
export function harmFault(asked: string | null): string | null {
  if (asked === null) return null;
  const read = harmWeights.safeParse(asked);
  return read.success ? null : `${read.error.issues[0]?.message ?? "not valid"}.`;
}
