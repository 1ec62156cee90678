// What any run of tests needs first. Plain JavaScript on purpose: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeFault } from "../../server/cli/before-start.mjs";
import { installMissing } from "../../server/cli/install.mjs";

/** Installs what is missing, or ends the process with a word why it cannot. */
export async function prepare({ browser = true } = {}) {
  const fault = nodeFault();
  if (fault) console.error(fault);
  if (fault || (await installMissing()) !== 0) process.exit(1);
  if (browser) installBrowser();
}

/** What one layer or round works out (the demonstration's rows) the next ones read; gone as this process ends. */
export function shareAcrossLayers() {
  const folder = mkdtempSync(join(tmpdir(), "boxster-run-"));
  process.env.BOXSTER_TEST_FOLDER = folder;
  process.env.BOXSTER_TEST_RUN = randomBytes(4).toString("hex");
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}

/**
 * The browser tests need a Chromium, and take the headless one of Debian for what is not paper: it costs half. As root on
 * Debian both are installed here.
 */
function installBrowser() {
  const whole = [
    process.env.BOXSTER_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
  ];
  const hasWhole = whole.some((file) => file && existsSync(file));
  const hasHeadless =
    process.env.BOXSTER_CHROMIUM || existsSync("/usr/bin/chromium-headless-shell");
  if (hasWhole && hasHeadless) return;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    if (!hasWhole) {
      console.error(
        "No Chromium was found: install one, or set BOXSTER_CHROMIUM, for the browser tests.",
      );
    }
    return;
  }
  console.error("Installing Chromium for the browser tests...");
  const missing = [
    ...(hasWhole ? [] : ["chromium"]),
    ...(hasHeadless ? [] : ["chromium-headless-shell"]),
  ];
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing], options);
}
