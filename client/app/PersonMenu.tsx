import { lazy, Suspense, useState } from "react";
import { roleWords } from "#client/accounts/role-words.ts";
import { signOut } from "#client/accounts/session.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { lockScreen } from "#client/accounts/sign-in/lock-store.ts";
import { errorFromFailure } from "#client/api/api-error.ts";
import { chooseTheme, theme } from "#client/state/theme.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { showToast } from "#client/ui/toast-store.ts";

const OwnAccount = lazy(async () => ({
  default: (await import("#client/accounts/OwnAccount.tsx")).OwnAccount,
}));
const OwnActs = lazy(async () => ({
  default: (await import("#client/accounts/audit/OwnActs.tsx")).OwnActs,
}));

/** Who is signed in, the theme, the own acts, and the way out. */
export function PersonMenu() {
  const { role, partnerName, person, shownName, hasAccount } = useSession();
  const [isAccountOpen, setAccountOpen] = useState(false);
  const chosen = useStore(theme, (state) => state);
  const name = partnerName && partnerName.length === 1 ? partnerName.toUpperCase() : partnerName;
  const words = name ? `${roleWords[role].name} ${name}` : roleWords[role].name;
  const [isListed, setListed] = useState(false);
  const leave = async () => {
    try {
      await signOut();
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
  };
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
                { value: "system", label: "As this device" },
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
              Your own acts
            </Button>
            <Button onClick={() => void leave()}>Sign out</Button>
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
