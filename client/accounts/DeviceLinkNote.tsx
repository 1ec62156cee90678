import { useState } from "react";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { QrCode } from "#client/ui/QrCode.tsx";
import type { DeviceLinkReply } from "#core/accounts/wire/devices.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/accounts/device-link-note.css";

export interface DeviceLinkNoteProps {
  readonly made: DeviceLinkReply;
  readonly onClose: () => void;
}

/** Shown once, to be opened on the phone that is set up; it is stored nowhere, here neither. */
export function DeviceLinkNote({ made, onClose }: DeviceLinkNoteProps) {
  const [isCopied, setCopied] = useState(false);
  const words = made.link ?? made.secret;
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    setCopied(true);
  };
  return (
    <Dialog
      title="Link to set up a phone"
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => void copy().catch(() => setCopied(false))}>
            {isCopied ? "Copied" : "Copy the link"}
          </Button>
          <Button look="filled" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      {made.link === null ? null : (
        <QrCode text={made.link} label="QR code of the link, to scan with that phone" />
      )}
      <p className="device-link-note">{words}</p>
      <p>
        {made.link === null
          ? "Open it on that phone"
          : "Point that phone's camera at it, or open the link there"}
        . It will ask for a new PIN. The link works once,{" "}
        {made.waits
          ? "for a day after the partner or the coordinator confirms it,"
          : `until ${formatDay(made.until.slice(0, 10))} ${made.until.slice(11, 16)},`}{" "}
        and is shown only now. Earlier links no longer work.
      </p>
      <p className="quiet">
        The first phone to open it is the one set up. Show it to nobody else. Hand it over yourself,
        or send it privately.
      </p>
    </Dialog>
  );
}
