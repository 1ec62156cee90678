import { useId, useState } from "react";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";

export interface GeoDropZoneProps {
  readonly isBusy: boolean;
  readonly onFile: (file: File) => void;
}

/** Drop a GeoJSON file, or choose one. */
export function GeoDropZone({ isBusy, onFile }: GeoDropZoneProps) {
  const [isOver, setOver] = useState(false);
  const id = useId();
  return (
    <div className={classNames("drop-zone", isOver && "drop-zone--over")}>
      <input
        id={id}
        type="file"
        className="drop-zone__input"
        accept=".geojson,.json,application/geo+json,application/json"
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
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file && !isBusy) onFile(file);
        }}
      >
        <Icon name="file" />
        <span>
          <strong>Drop a GeoJSON file here</strong> or choose one
        </span>
        <span className="quiet small">
          Wards, LSOAs, beats or boroughs; lighting, alleys, stops or venues open late. WGS84 or the
          British National Grid
        </span>
      </label>
    </div>
  );
}
