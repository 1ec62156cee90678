import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { answerColumns } from "#client/displacement/VerdictMark.tsx";
import { harmTables } from "#client/records/harm-tables.ts";
import { categoryWords } from "#client/records/kind-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { AssessmentReply } from "#core/displacement/wire/displacement.ts";
import {
  type HarmName,
  type HarmWeight,
  harmNames,
  harmSourceLine,
  tableName,
} from "#core/records/harm.ts";
import { kinds } from "#core/records/kinds.ts";
import { type HarmTable, harmVersion, readWeight } from "#core/records/wire/harm-weights.ts";
import { harmCalls, harmTableBody } from "#core/records/wire/save-harm-weights.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/displacement/harm-panel.css";

type Harm = NonNullable<AssessmentReply["harm"]>;

interface HarmPanelProps {
  /** As the address says it: `v3`, a saved version. */
  readonly asked: string | null;
  readonly harm: Harm | null;
  readonly onAsk: (version: string | null) => void;
}

/** Why the version in the address is not asked for; null where it can be, or where there is none. */
export function harmFault(asked: string | null): string | null {
  return asked === null || harmVersion.safeParse(asked).success
    ? null
    : "Choose the saved weights instead.";
}

/** The same assessment by the team's harm weights, which an analyst keeps here with their source. */
export function HarmPanel({ asked, harm, onAsk }: HarmPanelProps) {
  const { role } = useSession();
  const saved = useShared(harmTables);
  const fault = harmFault(asked);
  return (
    <details className="harm-panel" open={asked !== null || undefined}>
      <summary>Weighted by harm</summary>
      <p className="quiet">
        Each report counts for its weight in the team’s table. There are no built-in weights; kinds
        without one are left out, and a category overrides its kind. Each kind is compared
        separately and needs ten reports in each of its four counts.
      </p>
      {fault === null ? null : (
        <ErrorNote title="The weights in this link cannot be read" detail={fault} />
      )}
      <Loaded resource={saved} onRetry={harmTables.reload}>
        {({ versions: [inUse = null] }) => (
          <div className="stack gap-2">
            <p>{inUse === null ? "No harm weights are saved yet." : savedWords(inUse)}</p>
            <div className="row wrap gap-2 no-print end">
              {inUse === null ? null : (
                <Button look="filled" onClick={() => onAsk(`v${inUse.version}`)}>
                  Calculate
                </Button>
              )}
              {asked === null ? null : <Button onClick={() => onAsk(null)}>Without weights</Button>}
            </div>
            {role === "analyst" ? <SaveWeights inUse={inUse} onAsk={onAsk} /> : null}
          </div>
        )}
      </Loaded>
      {harm === null ? null : <InHarm harm={harm} />}
    </details>
  );
}

/** "Cambridge Crime Harm Index 2020, version 3. Source: ... Saved 3 December 2021 by ..." */
function savedWords(table: HarmTable): string {
  const { source, savedAt, savedBy } = table;
  const saved = `Saved ${formatDate(savedAt.slice(0, 10))} by ${savedBy}.`;
  return `${tableName(table)}. Source: ${source.replace(/\.$/u, "")}. ${saved}`;
}

interface Typed {
  readonly name: string;
  readonly source: string;
  readonly weights: Partial<Record<HarmName, string>>;
}

/** A new version of the table: begun from the one in use, and never kept without saying where it was read. */
function SaveWeights({
  inUse,
  onAsk,
}: {
  readonly inUse: HarmTable | null;
  readonly onAsk: HarmPanelProps["onAsk"];
}) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const { fault, isPending, run } = useSubmit();
  const now = typed ?? typedOf(inUse);
  const read = harmTableBody.safeParse(bodyOf(now));
  const change = (part: Partial<Typed>) => setTyped({ ...now, ...part });
  const reasonOf = (field: "name" | "source") =>
    now[field] === ""
      ? undefined
      : read.error?.issues.find(({ path: [at] }) => at === field)?.message;
  const send = () => {
    if (!read.success || isPending) return;
    run(async () => {
      const { version } = await ask(harmCalls.save, { body: read.data });
      harmTables.reload();
      setTyped(null);
      showToast(`Version ${version} saved and in use`);
      onAsk(`v${version}`);
    });
  };
  return (
    <details className="no-print">
      <summary>Change the weights</summary>
      <p className="quiet">
        How much one report of each kind counts. Saving makes a new version, used here and in
        Hotspots from then on. Links keep the version they name.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Form className="harm-panel__form tiles tiles--small" onSend={send}>
        {harmNames.map((name) => (
          <TextField
            key={name}
            label={harmNameWords[name]}
            value={now.weights[name] ?? ""}
            onChange={(text) => change({ weights: { ...now.weights, [name]: text } })}
            error={weightFault(now.weights[name] ?? "")}
          />
        ))}
        <TextField
          label="Name of the table"
          value={now.name}
          onChange={(name) => change({ name })}
          hint="Such as Cambridge Crime Harm Index 2020."
          error={reasonOf("name")}
        />
        <TextField
          label="Source"
          value={now.source}
          onChange={(source) => change({ source })}
          hint="The publication, its year and where to find it."
          error={reasonOf("source")}
        />
        <div className="row wrap gap-2 end">
          <Button type="submit" disabled={!read.success || isPending}>
            Save weights
          </Button>
        </div>
      </Form>
    </details>
  );
}

function typedOf(table: HarmTable | null): Typed {
  const weights = Object.fromEntries(
    (table?.weights ?? []).map(({ name, weight }) => [name, String(weight)]),
  );
  return { name: "", source: "", weights };
}

/** A weight that cannot be read stands as null, which the body refuses. */
function bodyOf({ name, source, weights }: Typed) {
  const written = harmNames.filter((each) => (weights[each] ?? "").trim() !== "");
  return {
    name,
    source,
    weights: written.map((each) => ({ name: each, weight: readWeight(weights[each] ?? "") })),
  };
}

function weightFault(text: string): string | undefined {
  return text.trim() === "" || readWeight(text) !== null
    ? undefined
    : "A number above 0 and up to 1,000,000, such as 2 or 0.5.";
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
      <p className="quiet">{harmSourceLine(harm.table)}</p>
    </>
  );
}

type HarmRow = Harm["rows"][number];

const columns: readonly TableColumn<HarmRow>[] = [
  { label: "Where", cell: ({ name }) => name },
  ...answerColumns<HarmRow>(whyNot, {
    interval: "Harm units vs expected, 95% interval",
    fewer: "less",
    none: "no difference",
    answers: {
      rise: "More harm",
      fall: "Less harm",
      no_clear_change: "No significant change",
      cannot_tell: "Not enough reports to tell",
    },
  }),
];

function whyNot({ tooFew }: HarmRow): string {
  if (tooFew.length === 0) return "not enough reports to tell";
  return `not enough of: ${tooFew.map((name) => harmNameWords[name].toLowerCase()).join("; ")}`;
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
