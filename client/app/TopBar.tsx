import { lazy, Suspense, useEffect, useState } from "react";
import { DemoMark } from "#client/accounts/DemoMark.tsx";
import { roleNames } from "#client/accounts/role-names.ts";
import { signOut } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { lockScreen } from "#client/accounts/sign-in/lock-store.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import type { ScreenEntry } from "#client/app/screens.ts";
import { chooseTheme, theme } from "#client/state/theme.ts";
import { undoHistory } from "#client/state/undo.ts";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import { QuickExit } from "#client/ui/QuickExit.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { formatDate } from "#core/time/words.ts";
import "#client/app/top-bar.css";

const OwnAccount = lazily(async () => (await import("#client/accounts/OwnAccount.tsx")).OwnAccount);
const OwnActs = lazily(async () => (await import("#client/accounts/audit/OwnActs.tsx")).OwnActs);

const HelpText = lazy(() =>
  import("#client/app/HelpText.tsx").then(
    ({ HelpText: text }) => ({ default: text }),
    () => ({ default: NoHelp }),
  ),
);

function NoHelp() {
  return <p>Help could not be loaded: no connection. Reload the page to read it.</p>;
}

export interface TopBarProps {
  readonly screen: ScreenEntry | undefined;
  readonly onSlot: (slot: HTMLElement | null) => void;
}

export function TopBar({ screen, onSlot }: TopBarProps) {
  const { asAt, demo, role } = useSession();
  const [isHelpOpen, setHelpOpen] = useState(false);
  return (
    <header className="top-bar row wrap middle">
      <h1 className="top-bar__title lead strong">{screen?.label ?? "Boxster"}</h1>
      <div className="top-bar__slot row middle gap-1 shrinks" ref={onSlot} />
      <p className="top-bar__as-at nowrap" title="Data up to this date">
        <span className="quiet">As at</span> {formatDate(asAt)}
      </p>
      <div className="top-bar__end row middle gap-1">
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

function PersonMenu() {
  const { role, partnerName, person, shownName, hasAccount } = useSession();
  const [isAccountOpen, setAccountOpen] = useState(false);
  const chosen = useStore(theme, (state) => state);
  const name = partnerName && partnerName.length === 1 ? partnerName.toUpperCase() : partnerName;
  const words = name ? `${roleNames[role]} ${name}` : roleNames[role];
  const [isListed, setListed] = useState(false);
  return (
    <>
      <Popover
        name={`Signed in as ${words}`}
        icon="person"
        align="end"
        label={<span className="top-bar__person">{words}</span>}
      >
        {(close) => (
          <>
            <p>
              Signed in as <strong>{words}</strong>
              {hasAccount ? <span className="quiet"> · {shownName ?? person}</span> : null}
            </p>
            <Segmented
              label="Theme"
              value={chosen}
              options={[
                { value: "system", label: "Match device" },
                { value: "light", label: "Light" },
                { value: "dark", label: "Dark" },
              ]}
              onChange={chooseTheme}
            />
            {hasAccount ? (
              <>
                <Button
                  onClick={() => {
                    close();
                    setAccountOpen(true);
                  }}
                >
                  Your account
                </Button>
                <Button onClick={lockScreen}>Lock the screen</Button>
              </>
            ) : null}
            <Button
              onClick={() => {
                close();
                setListed(true);
              }}
            >
              Your activity
            </Button>
            <Button onClick={signOut}>Sign out</Button>
          </>
        )}
      </Popover>
      {isAccountOpen ? (
        <Suspense>
          <OwnAccount onClose={() => setAccountOpen(false)} />
        </Suspense>
      ) : null}
      {isListed ? (
        <Suspense>
          <OwnActs onClose={() => setListed(false)} />
        </Suspense>
      ) : null}
    </>
  );
}

/** Each button names its step. Outside text fields Ctrl+Z undoes; Ctrl+Shift+Z or Ctrl+Y redoes. */
function UndoButtons() {
  // Undo is per screen.
  useStore(address, ({ screen }) => screen);
  const last = useStore(undoHistory.steps, undoHistory.lastHere);
  const next = useStore(undoHistory.undone, undoHistory.lastHere);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const act = actOf(event);
      if (act === null || isTyping(event.target)) return;
      event.preventDefault();
      void acts[act]();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <Button
        look="quiet"
        icon="undo"
        label={last ? `Undo: ${last.name}` : "Nothing to undo"}
        disabled={!last}
        onClick={() => void acts.undo()}
      />
      <Button
        look="quiet"
        icon="redo"
        label={next ? `Redo: ${next.name}` : "Nothing to redo"}
        disabled={!next}
        onClick={() => void acts.redo()}
      />
    </>
  );
}

async function say(word: string, act: () => Promise<string | null>): Promise<void> {
  try {
    const name = await act();
    if (name) showToast(`${word}: ${name}`);
  } catch (cause) {
    const { title, detail } = errorFromFailure(cause);
    showToast(`${title}. ${detail}`);
  }
}

function actOf(event: KeyboardEvent): keyof typeof acts | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === "z") return event.shiftKey ? "redo" : "undo";
  return key === "y" && !event.shiftKey ? "redo" : null;
}

/** A checkbox has no typing of its own to undo. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !["checkbox", "radio"].includes(target.type);
  return target instanceof Element && target.matches("textarea, [contenteditable]");
}

const acts = {
  undo: () => say("Undone", undoHistory.undoLast),
  redo: () => say("Redone", undoHistory.redoLast),
};
