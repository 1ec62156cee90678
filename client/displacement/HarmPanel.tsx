import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { SaveWeights } from "#client/displacement/SaveWeights.tsx";
import { intervalWords, VerdictMark } from "#client/displacement/VerdictMark.tsx";
import { harmTables } from "#client/records/harm-tables.ts";
import { categoryWords } from "#client/records/kind-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Select } from "#client/ui/Select.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import {
  type HarmName,
  type HarmWeight,
  harmNames,
  harmSourceLine,
  tableName,
  versionText,
} from "#core/records/harm.ts";
import { kinds } from "#core/records/kinds.ts";
import {
  type HarmAsked,
  type HarmTable,
  harmAsked,
  harmWeights,
} from "#core/records/wire/harm-weights.ts";
import { formatCount } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/displacement/harm-panel.css";

type Harm = NonNullable<AssessmentReply["harm"]>;

interface HarmPanelProps {
  /** As the address says it: `v3`, a saved version, or `complaint:1,sighting:2`. */
  readonly asked: string | null;
  readonly harm: Harm | null;
  readonly onAsk: (weights: string | null) => void;
}

/** The same assessment in harm: by the team's saved weights, or by some that are typed here and kept in the address. */
export function HarmPanel({ asked, harm, onAsk }: HarmPanelProps) {
  const { role } = useSession();
  const chosen = useChosenWeights(asked);
  const { saved, versions, choice, table, typed, weights } = chosen;
  const fault = harmFault(asked);
  const submit = () => {
    if (weights) onAsk(table === null ? weightsText(weights) : versionText(table.version));
  };
  return (
    <details className="harm-panel" open={asked !== null || undefined}>
      <summary>Weighted by harm</summary>
      <p className="quiet">
        Set how much one report of each kind counts, or choose saved weights. There are no built-in
        weights; leave out kinds you do not weigh. A category overrides its kind. Each kind is
        compared separately and needs ten reports in each of its four counts.
      </p>
      {fault === null ? null : (
        <ErrorNote title="The weights in this link cannot be read" detail={fault} />
      )}
      {saved.status === "failed" ? (
        <ErrorNote
          title="Saved weights could not be loaded"
          detail="You can still type weights."
          onRetry={harmTables.reload}
        />
      ) : null}
      <Form className="harm-panel__form no-print" onSend={submit}>
        {versions.length === 0 ? null : (
          <Select
            label="Weights"
            value={choice}
            options={[...versions.map(optionOf), { value: ownChoice, label: "Type your own" }]}
            hint={table === null ? undefined : savedWords(table)}
            onChange={chosen.choose}
          />
        )}
        {harmNames.map((name) => (
          <TextField
            key={name}
            label={harmNameWords[name]}
            value={typed[name] ?? ""}
            onChange={(value) => chosen.type({ ...typed, [name]: value })}
            error={faultOf(name, typed[name] ?? "")}
          />
        ))}
        <div className="harm-panel__acts">
          <Button look="filled" type="submit" disabled={weights === null}>
            Calculate
          </Button>
          {asked === null ? null : (
            <Button
              onClick={() => {
                chosen.type({});
                onAsk(null);
              }}
            >
              Without weights
            </Button>
          )}
        </div>
      </Form>
      {role === "analyst" ? (
        <SaveWeights
          weights={weights}
          onSaved={(version) => {
            chosen.choose(versionText(version));
            onAsk(versionText(version));
          }}
        />
      ) : null}
      {harm === null ? null : <InHarm harm={harm} />}
    </details>
  );
}

function InHarm({ harm }: { readonly harm: Harm }) {
  return (
    <>
      <p>{harm.rows[0]?.sentence}</p>
      <SortableTable
        caption={`In harm: ${weightWords(harm.weights)}`}
        columns={columns}
        rows={harm.rows}
        rowKey={({ name }) => name}
      />
      <p className="quiet">
        {harm.table === null
          ? "Harm weights: typed for this link, without a source."
          : harmSourceLine(harm.table)}
      </p>
    </>
  );
}

/** Until something is chosen or typed: what the link says, and without one the version in use. */
function useChosenWeights(asked: string | null) {
  const saved = useShared(harmTables);
  const versions = hasValue(saved) ? saved.value.versions : [];
  const [chosen, choose] = useState<string | null>(null);
  const [edited, edit] = useState<Typed | null>(null);
  const [before, setBefore] = useState(asked);
  // Another link, such as by Back: what was chosen and typed for the one before is no longer meant.
  if (asked !== before) {
    setBefore(asked);
    choose(null);
    edit(null);
  }
  const choice = chosen ?? choiceOf(asked, versions);
  const table = versions.find(({ version }) => versionText(version) === choice) ?? null;
  const typed = edited ?? typedOf(table?.weights ?? weightsAsked(asked));
  const written = harmNames
    .filter((name) => (typed[name] ?? "").trim() !== "")
    .map((name) => `${name}:${(typed[name] ?? "").trim()}`)
    .join(",");
  const read = written === "" ? null : harmWeights.safeParse(written);
  return {
    ...{ saved, versions, choice, table, typed },
    /** Null while they cannot be read. */
    weights: read?.success ? read.data : null,
    choose: (next: string) => {
      choose(next);
      edit(null);
    },
    /** Weights that were changed are nobody's version. */
    type: (next: Typed) => {
      choose(ownChoice);
      edit(next);
    },
  };
}

type Typed = Partial<Record<HarmName, string>>;

const ownChoice = "own";

/** What the list of weights stands on: the version of the link, its own weights, or the version in use. */
function choiceOf(asked: string | null, versions: readonly HarmTable[]): string {
  if (asked !== null) return askedVersion(asked) === null ? ownChoice : asked;
  const [inUse] = versions;
  return inUse ? versionText(inUse.version) : ownChoice;
}

function readAsked(asked: string | null): HarmAsked | null {
  const read = harmAsked.safeParse(asked ?? "");
  return read.success ? read.data : null;
}

function askedVersion(asked: string): number | null {
  const read = readAsked(asked);
  return read && "version" in read ? read.version : null;
}

function weightsAsked(asked: string | null): readonly HarmWeight[] {
  const read = readAsked(asked);
  return read && "weights" in read ? read.weights : [];
}

function typedOf(weights: readonly HarmWeight[]): Typed {
  return Object.fromEntries(weights.map(({ name, weight }) => [name, String(weight)]));
}

function optionOf(table: HarmTable, at: number) {
  const label = `${tableName(table)}${at === 0 ? " (in use)" : ""}`;
  return { value: versionText(table.version), label };
}

/** "Source: ... Saved 3 December 2021 by ..." */
function savedWords({ source, savedAt, savedBy }: HarmTable): string {
  return `Source: ${source.replace(/\.$/u, "")}. Saved ${formatDate(savedAt.slice(0, 10))} by ${savedBy}.`;
}

function faultOf(name: HarmName, text: string): string | undefined {
  if (text.trim() === "") return undefined;
  const read = harmWeights.safeParse(`${name}:${text.trim()}`);
  return read.success ? undefined : "A number above 0 and up to 1,000,000, such as 2 or 0.5.";
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

/** In units of the weights. */
const intervalOf = (row: HarmRow) => intervalWords(row, "less");

function whyNot({ tooFew }: HarmRow): string {
  if (tooFew.length === 0) return "not enough reports to tell";
  return `not enough of: ${tooFew.map((name) => harmNameWords[name].toLowerCase()).join("; ")}`;
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
  if (readAsked(asked) !== null) return null;
  const read = harmWeights.safeParse(asked);
  return `${read.error?.issues[0]?.message ?? "not valid"}.`;
}

const harmNameWords: Readonly<Record<HarmName, string>> = {
  complaint: `${kinds.complaint.label}, any subject`,
  sighting: `${kinds.sighting.label}, any category`,
  ...categoryWords,
};

/** "Complaints, any subject 1; Traffic 3" */
function weightWords(weights: readonly HarmWeight[]): string {
  return weights.map(({ name, weight }) => `${harmNameWords[name]} ${weight}`).join("; ");
}

/** As an address writes them: `complaint:1,traffic:3`, in one order whoever typed them. */
function weightsText(weights: readonly HarmWeight[]): string {
  const byName = new Map(weights.map(({ name, weight }) => [name, weight]));
  return harmNames
    .filter((name) => byName.has(name))
    .map((name) => `${name}:${byName.get(name)}`)
    .join(",");
}
