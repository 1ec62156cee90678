import { type DragEvent, type ReactNode, useId, useState } from "react";
import { classNames } from "#client/ui/class-names.ts";
import { Icon } from "#client/ui/Icon.tsx";

export interface DropZoneProps {
  readonly what: string;
  readonly accept: string;
  readonly children: ReactNode;
  readonly isBusy: boolean;
  readonly onFile: (file: File) => void;
}

export function DropZone({ what, accept, children, isBusy, onFile }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const id = useId();
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file && !isBusy) onFile(file);
  };
  return (
    <div className={classNames("drop-zone relative", isOver && "drop-zone--over")}>
      <input
        id={id}
        type="file"
        className="drop-zone__input cover"
        accept={accept}
        disabled={isBusy}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // Lets the same file be chosen again once fixed.
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
      <label
        htmlFor={id}
        className="drop-zone__face centred surface rounded stack middle gap-1"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <Icon name="file" />
        <span>
          <strong>Drop {what} here</strong> or choose one
        </span>
        <span className="quiet small">{children}</span>
      </label>
    </div>
  );
}
