import { useState } from "react";
import { formatMoment } from "#client/ui/moment.ts";
import { QrCode } from "#client/ui/QrCode.tsx";
import { Question } from "#client/ui/Question.tsx";
import type { DeviceLinkReply } from "#core/accounts/wire/devices.ts";
import "#client/accounts/device-link-note.css";

export interface DeviceLinkNoteProps {
  readonly made: DeviceLinkReply;
  readonly onClose: () => void;
}

/** Shown once, to open on the phone being set up; the link is stored nowhere. */
export function DeviceLinkNote({ made, onClose }: DeviceLinkNoteProps) {
  const [isCopied, setCopied] = useState(false);
  const words = made.link ?? made.secret;
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    setCopied(true);
  };
  return (
    <Question
      title="Link to set up a phone"
      yes="Done"
      no={isCopied ? "Copied" : "Copy the link"}
      onYes={onClose}
      onNo={() => void copy().catch(() => setCopied(false))}
      onClose={onClose}
    >
      {made.link === null ? null : (
        <QrCode text={made.link} label="QR code of the link, to scan with that phone" />
      )}
      <p className="device-link-note strong breaks surface pad-3 framed">{words}</p>
      <p>
        {made.link === null
          ? "Open it on that phone"
          : "Point that phone's camera at it, or open the link there"}
        . It will ask for a new PIN. The link works once,{" "}
        {made.waits
          ? "for a day after the partner or the coordinator confirms it,"
          : `until ${formatMoment(made.until)},`}{" "}
        and is shown only now. Earlier links no longer work.
      </p>
      <p className="quiet">
        The first phone to open it is the one set up. Show it to nobody else. Hand it over yourself,
        or send it privately.
      </p>
    </Question>
  );
}
