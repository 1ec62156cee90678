import { useState } from "react";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { harmTables } from "#client/records/harm-tables.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { HarmWeight } from "#core/records/harm.ts";
import { harmCalls, harmSource, harmTableName } from "#core/records/wire/save-harm-weights.ts";

interface SaveWeightsProps {
  /** Null while what is typed cannot be read. */
  readonly weights: readonly HarmWeight[] | null;
  readonly onSaved: (version: number) => void;
}

/** Keeps what is typed above as a new version for the team: never without saying where it was read. */
export function SaveWeights({ weights, onSaved }: SaveWeightsProps) {
  const [name, setName] = useState("");
  const [source, setSource] = useState("");
  const { fault, isPending, run } = useSubmit();
  const readName = harmTableName.safeParse(name);
  const readSource = harmSource.safeParse(source);
  const isReady = readName.success && readSource.success && weights !== null && !isPending;
  const submit = () => {
    if (!isReady) return;
    run(async () => {
      const body = { name: readName.data, source: readSource.data, weights };
      const { version } = await ask(harmCalls.save, { body });
      harmTables.reload();
      setName("");
      setSource("");
      showToast(`Version ${version} saved and in use`);
      onSaved(version);
    });
  };
  return (
    <details className="no-print">
      <summary>Save these weights</summary>
      <p className="quiet">
        Saving makes a new version, used in Hotspots and offered first here. Older versions stay.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Form className="harm-panel__form" onSend={submit}>
        <TextField
          label="Name of the table"
          value={name}
          onChange={setName}
          hint="Such as Cambridge Crime Harm Index 2020."
          error={name === "" ? undefined : reasonOf(readName)}
        />
        <TextField
          label="Source"
          value={source}
          onChange={setSource}
          hint="The publication, its year and where to find it."
          error={source === "" ? undefined : reasonOf(readSource)}
        />
        <div className="harm-panel__acts">
          <Button type="submit" disabled={!isReady}>
            Save weights
          </Button>
        </div>
      </Form>
    </details>
  );
}

function reasonOf(read: ReturnType<typeof harmSource.safeParse>): string | undefined {
  return read.success ? undefined : read.error.issues[0]?.message;
}
