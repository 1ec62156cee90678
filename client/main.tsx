import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "#client/app/App.tsx";
import { applyTheme } from "#client/state/theme.ts";
import "#client/ui/base.css";

applyTheme();
const root = document.getElementById("root");
if (!root) throw new Error('index.html has no element "root"');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
