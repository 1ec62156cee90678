import { lazy, Suspense, useState } from "react";
import { DemoMark } from "#client/accounts/DemoMark.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { PersonMenu } from "#client/app/PersonMenu.tsx";
import type { ScreenEntry } from "#client/app/screens.ts";
import { UndoButtons } from "#client/app/UndoButtons.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatDate } from "#client/ui/format.ts";
import { QuickExit } from "#client/ui/QuickExit.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/app/top-bar.css";

const HelpText = lazy(() =>
  import("#client/app/HelpText.tsx").then(
    ({ HelpText: text }) => ({ default: text }),
    () => ({ default: NoHelp }),
  ),
);

function NoHelp() {
  return (
    <p>The help could not be loaded: there is no connection. Load the page again to read it.</p>
  );
}

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
          <Suspense fallback={<Skeleton />}>
            <HelpText screenId={screen.id} role={role} />
          </Suspense>
        </Dialog>
      ) : null}
    </header>
  );
}
