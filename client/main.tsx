import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { session } from "#client/api/session.ts";
import { App } from "#client/app/App.tsx";
import { takeDeviceLink } from "#client/app/device-link.ts";
import { screens } from "#client/app/screens.ts";
import { applyTheme } from "#client/state/theme.ts";
import { address } from "#client/state/url.ts";
import "#client/ui/base.css";

// Who is signed in and the code of the screen are on their way while the page is made.
takeDeviceLink();
session.ensure();
screens.find(({ id }) => id === address.get().screen)?.preload();
applyTheme();
const root = document.getElementById("root");
if (!root) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
