import { useMemo } from "react";
import {
  type GeoChoices,
  type GeoFile,
  type GeoKind,
  type GeoPreview,
  geoKindWords,
  isBoundaryKind,
  previewGeo,
} from "#client/places/geo/geo-file.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { noLabel } from "#core/places/layers/place-factors.ts";
import { boundaryKinds } from "#core/places/wire/imports.ts";
import { factorKinds, longestLicence } from "#core/places/wire/layers.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface GeoFormProps {
  readonly geo: GeoFile;
  readonly choices: GeoChoices;
  readonly onChoices: (choices: GeoChoices) => void;
  readonly onCheck: () => void;
  readonly onImport: () => void;
  readonly onCancel: () => void;
}

export function GeoForm({ geo, choices, onChoices, onCheck, onImport, onCancel }: GeoFormProps) {
  const preview = useMemo(
    () => (choices.kind === null ? null : previewGeo(geo, choices)),
    [geo, choices],
  );
  const change = (part: Partial<GeoChoices>) => onChoices({ ...choices, ...part });
  const licenceIsLong = choices.licence.length > longestLicence;
  const canSend = preview?.ok === true && !licenceIsLong;
  return (
    <div className="preview framed">
      <h3>
        {cleanFileName(geo.file.name)}: {formatQuantity(geo.features.features.length, "feature")}
      </h3>
      <div className="preview__choices">
        <Select
          label="What is in this file?"
          value={choices.kind ?? ""}
          options={kindOptions}
          onChange={(kind) => change({ kind: kind || null, code: "", name: "", label: "" })}
        />
        <Properties
          preview={preview?.ok ? preview.value : null}
          names={geo.features.propertyNames}
          choices={choices}
          onChange={change}
        />
      </div>
      {choices.kind !== null && !isBoundaryKind(choices.kind) ? (
        <TextField
          label="Licence line (shown on the map)"
          value={choices.licence}
          hint="Optional. The attribution the source asks for, such as © OpenStreetMap contributors."
          error={licenceIsLong ? `At most ${longestLicence} characters.` : undefined}
          onChange={(licence) => change({ licence })}
        />
      ) : null}
      {preview && !preview.ok ? (
        <ErrorNote title="It cannot be read with these settings" detail={preview.reason} />
      ) : null}
      {preview?.ok ? <Found preview={preview.value} /> : null}
      <div className="preview__actions wrap">
        <Button onClick={onCancel}>Cancel</Button>
        <Button disabled={!canSend} onClick={onCheck}>
          Check only
        </Button>
        <Button look="filled" disabled={!canSend} onClick={onImport}>
          Import this file
        </Button>
      </div>
    </div>
  );
}

const kindOptions: readonly { value: GeoKind | ""; label: string }[] = [
  { value: "", label: "Choose what it is" },
  ...[...boundaryKinds, ...factorKinds].map((kind) => ({ value: kind, label: geoKindWords[kind] })),
];

function Properties(props: {
  readonly preview: GeoPreview | null;
  readonly names: readonly string[];
  readonly choices: GeoChoices;
  readonly onChange: (part: Partial<GeoChoices>) => void;
}) {
  const { preview, names, choices, onChange } = props;
  if (choices.kind === null) return null;
  const optionsOf = (properties: readonly string[]) =>
    properties.map((name) => ({ value: name, label: name }));
  if (isBoundaryKind(choices.kind)) {
    const options = [{ value: "", label: "Automatic" }, ...optionsOf(names)];
    return (
      <>
        <Select
          label="Code"
          value={choices.code || (preview?.code ?? "")}
          options={options}
          onChange={(code) => onChange({ code })}
        />
        <Select
          label="Name"
          value={choices.name || (preview?.name ?? "")}
          options={options}
          onChange={(name) => onChange({ name })}
        />
      </>
    );
  }
  return (
    <Select
      label="Name of a place"
      value={choices.label || (preview?.name ?? noLabel)}
      options={[{ value: noLabel, label: "No names" }, ...optionsOf(preview?.properties ?? [])]}
      hint="Only short place names are saved, nothing else from the file."
      onChange={(label) => onChange({ label })}
    />
  );
}

const listedNames = 12;

function Found({ preview }: { readonly preview: GeoPreview }) {
  const { count, names, isOnGrid, leftOut } = preview;
  const more = names.length - listedNames;
  return (
    <>
      <p role="status">
        {formatQuantity(count, "feature")} can be read
        {isOnGrid ? ", from British National Grid metres" : ""}.
        {leftOut > 0
          ? ` ${formatQuantity(leftOut, "name")} ${leftOut === 1 ? "is" : "are"} excluded: too long, sentences, or could describe a person.`
          : ""}
      </p>
      {names.length > 0 ? (
        <p className="quiet breaks">
          {names.slice(0, listedNames).join(", ")}
          {more > 0 ? ` and ${formatCount(more)} more` : ""}
        </p>
      ) : null}
    </>
  );
}
