import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { Button } from "#client/ui/Button.tsx";
import { PictureActs } from "#client/ui/picture/PictureActs.tsx";
import type { PictureSubject, Taken } from "#client/ui/picture/still.ts";
import "#client/map/map-picture.css";

interface MapPictureProps {
  readonly subject: PictureSubject;
  readonly take: () => readonly Taken[];
  readonly onClose: () => void;
}

/** The choices lie in a corner of the window: over the map they would hide what is taken. */
export function MapPicture({ subject, take, onClose }: MapPictureProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => panel.current?.querySelector<HTMLElement>("button")?.focus(), []);
  return createPortal(
    <section
      ref={panel}
      className="map-picture no-print stack gap-2 pad-3 framed raised"
      aria-label="Picture or print"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="row middle between gap-2">
        <span>What is in view. Move or zoom the map to change it.</span>
        <Button look="quiet" icon="close" label="Close" onClick={onClose} />
      </div>
      <PictureActs subject={subject} take={take} isPrinted />
    </section>,
    document.body,
  );
}
