import { type DragEvent, useId, useState } from "react";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";

export interface DropZoneProps {
  readonly isBusy: boolean;
  readonly onFile: (file: File) => void;
}

/** Drop a file, or choose one: the whole zone is the label of a file input. */
export function DropZone({ isBusy, onFile }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const id = useId();
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !isBusy) onFile(file);
  };
  return (
    <div className={classNames("drop-zone", isOver && "drop-zone--over")}>
      <input
        id={id}
        type="file"
        className="drop-zone__input"
        accept=".csv,.tsv,.txt,.xlsx,.xlsm,.geojson,.json,.geojsonl,.geojsons,.ndjson,.ndgeojson,text/csv,text/plain"
        disabled={isBusy}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // So that the same file, mended, can be chosen again.
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
      <label
        htmlFor={id}
        className="drop-zone__face"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Icon name="file" />
        <span>
          <strong>Drop a file here</strong> or choose one
        </span>
        <span className="quiet small">
          CSV, XLSX or GeoJSON: data.police.uk street crime or stop and search, DfT collisions, or
          any table with a date and a place
        </span>
      </label>
    </div>
  );
}
