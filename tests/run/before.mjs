// What any run of tests needs first. Plain JavaScript on purpose: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { nodeFault } from "../../server/cli/before-start.mjs";
import { installMissing } from "../../server/cli/install.mjs";

/** Installs what is missing, or ends the process with a word why it cannot. */
export async function prepare({ browser = true } = {}) {
  const fault = nodeFault();
  if (fault) console.error(fault);
  if (fault || (await installMissing()) !== 0) process.exit(1);
  if (browser) installBrowser();
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
