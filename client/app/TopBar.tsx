import { useState } from "react";
import { DemoMark } from "#client/app/DemoMark.tsx";
import { PersonMenu } from "#client/app/PersonMenu.tsx";
import { QuickExit } from "#client/app/QuickExit.tsx";
import type { ScreenEntry } from "#client/app/screens.ts";
import { useSession } from "#client/app/session-context.ts";
import { UndoButtons } from "#client/app/UndoButtons.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatDate } from "#client/ui/format.ts";
import "#client/app/top-bar.css";

export interface TopBarProps {
  readonly screen: ScreenEntry | undefined;
  readonly onSlot: (slot: HTMLElement | null) => void;
}

/** Left: what the screen puts there (area, period). Right: as at, demonstration, undo, help, person. */
export function TopBar({ screen, onSlot }: TopBarProps) {
  const { asAt, demo, role } = useSession();
  const [isHelpOpen, setHelpOpen] = useState(false);
  return (
    <header className="top-bar">
      <h1 className="top-bar__title">{screen?.label ?? "Boxster"}</h1>
      <div className="top-bar__slot" ref={onSlot} />
      <p className="top-bar__as-at" title="Nothing after this date is shown">
        <span className="quiet">As at</span> {formatDate(asAt)}
      </p>
      <div className="top-bar__end">
        {demo ? <DemoMark /> : null}
        <QuickExit />
        <UndoButtons />
        {screen ? (
          <Button look="quiet" icon="help" label="Help" onClick={() => setHelpOpen(true)} />
        ) : null}
        <PersonMenu />
      </div>
      {isHelpOpen && screen ? (
        <Dialog title={`Help: ${screen.label}`} onClose={() => setHelpOpen(false)}>
          {(screen.helpOf?.[role] ?? screen.help).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {role === "partner" ? null : (
            <p className="quiet">
              The address bar holds this view: copy it to send the view to a colleague. Escape
              always backs out.
            </p>
          )}
        </Dialog>
      ) : null}
    </header>
  );
}
