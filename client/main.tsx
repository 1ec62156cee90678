import "#client/ui/layout.css";
import "#client/ui/looks.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { followLeaving, session } from "#client/accounts/session.ts";
import { takeDeviceLink } from "#client/accounts/sign-in/device-link.ts";
import { hasValue } from "#client/api/resource.ts";
import { App } from "#client/app/App.tsx";
import { screens } from "#client/app/screens.ts";
import { goElsewhere, wasLeft } from "#client/state/quick-exit.ts";
import { applyTheme } from "#client/state/theme.ts";
import { address } from "#client/state/url.ts";
import { Boundary } from "#client/ui/Boundary.tsx";
import "#client/ui/base.css";
import "#client/app/paper.css";

if (wasLeft()) goElsewhere();
else start();

function start(): void {
  // Load the session and the screen's code while the page is rendered.
  takeDeviceLink();
  followLeaving();
  session.ensure();
  const opened = screens.find(({ id }) => id === address.get().screen);
  opened?.preload();
  const stopWaiting = session.store.subscribe(() => {
    const known = session.store.get();
    if (!hasValue(known)) return;
    stopWaiting();
    const { role, locked } = known.value;
    if (role && !locked && opened?.roles.includes(role)) opened.preloadRecords?.(role);
  });
  applyTheme();
  const root = document.getElementById("root");
  if (!root) throw new Error('index.html has no element "root"');
  createRoot(root).render(
    <StrictMode>
      <Boundary
        title="The page has stopped"
        detail="Nothing that was saved is lost. Retry loads it again."
        onRetry={() => window.location.reload()}
      >
        <App />
      </Boundary>
    </StrictMode>,
  );
}
