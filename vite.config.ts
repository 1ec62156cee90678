import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { LayerByLayer } from "./tests/run/layer-by-layer.ts";

/** Presses each file of the page once, as the page is built: the server sends those as they are. */
const pressed: Plugin = {
  name: "pressed",
  apply: "build",
  async writeBundle({ dir = "" }, bundle) {
    const texts = Object.keys(bundle).filter((name) => /\.(?:m?js|css|html|svg)$/.test(name));
    await Promise.all(
      texts.map(async (name) => {
        const file = join(dir, name);
        const octets = await readFile(file);
        if (octets.length < leastPressed) return;
        await writeFile(`${file}.gz`, await promisify(gzip)(octets, { level: 9 }));
        await writeFile(
          `${file}.br`,
          await promisify(brotliCompress)(octets, brotliOptions(octets)),
        );
      }),
    );
  },
};

/** Screens that open where there is no signal, and what signs their people in. */
const onPhones = [
  "client/main.tsx",
  "client/app/OutreachScreen.tsx",
  "client/protected-time/outreach/MoreInside.tsx",
  "client/protected-time/session-form/SessionForm.tsx",
  "client/patrols/Plan.tsx",
  "client/patrols/PlanPages.tsx",
  "client/patrols/briefing/Briefing.tsx",
  "client/accounts/unsent/keep-unsent.ts",
  "client/accounts/sign-in/SignIn.tsx",
  "client/accounts/sign-in/PinSignIn.tsx",
  "client/app/shell/keep-shell.ts",
];
/** A phone reads in its own font, and whoever has a wide screen fetches ours once. */
const fonts = /\.woff2?$/;
/** Of these screens, the code is asked for beside what every page begins with (client/public/no-eval.js). */
const askedAhead = { plan: "client/patrols/Plan.tsx" };

/** Tells the service worker (client/app/shell/worker.ts) what the shell of the page is made of. */
const shellList: Plugin = {
  name: "shell-list",
  apply: "build",
  enforce: "post",
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
    const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
    const isFirst = (chunk: (typeof chunks)[number]) =>
      chunk.moduleIds.some((id) => onPhones.some((path) => id.endsWith(`/${path}`)));
    const files = new Set(chunks.filter(isFirst).map(({ fileName }) => fileName));
    for (const name of files) {
      const { imports = [], viteMetadata } = byName.get(name) ?? {};
      const beside = [
        ...(viteMetadata?.importedCss ?? []),
        ...(viteMetadata?.importedAssets ?? []),
      ];
      for (const file of [...imports, ...beside]) files.add(file);
    }
    const worker = byName.get("sw.js");
    const page = Object.values(bundle).find(({ fileName }) => fileName === "index.html");
    if (!worker || page?.type !== "asset")
      throw new Error("There is no page, or no service worker");
    const lasting = [...files].filter((name) => !fonts.test(name)).map((name) => `/${name}`);
    const filesOf = (path: string) => {
      const of = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(`/${path}`)));
      if (!of) throw new Error(`No chunk holds ${path}`);
      const imported = of.imports.flatMap((name) => byName.get(name) ?? []);
      const own = [of, ...imported.filter(({ isEntry }) => !isEntry)];
      const styles = own.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
      return [...own.map(({ fileName }) => fileName), ...styles].map((name) => `/${name}`);
    };
    const ahead = Object.entries(askedAhead).map(
      ([screen, path]) => `data-ahead-${screen}="${filesOf(path).join(" ")}" `,
    );
    const html = String(page.source).replace("<html ", `<html ${ahead.join("")}`);
    const version = createHash("sha256").update(html).update(lasting.join()).digest("hex");
    const shell = { version: version.slice(0, 16), lasting, changing: ["/", "/no-eval.js"] };
    // By which a page that is open knows whether it is the one that the server has by now.
    page.source = html.replace("<html ", `<html data-version="${shell.version}" `);
    worker.code = worker.code.replaceAll("__SHELL__", JSON.stringify(shell));
  },
};

/**
 * Only the server writes JSON Schemas, of its interface: what zod carries for them, 18 kB of code before
 * the map, is left out of the page. Whatever were to ask for one there is told so.
 */
const withoutJsonSchema: Plugin = {
  name: "without-json-schema",
  apply: "build",
  enforce: "pre",
  async load(id) {
    if (!/zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/.test(id)) return null;
    const code = await readFile(id, "utf8");
    const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
    const unused = 'const unused = () => { throw new Error("The page writes no JSON Schema"); };';
    // Called as each schema is made; what they return is called by nobody.
    const stand = (name = "") => (name.startsWith("create") ? "() => unused" : "unused");
    const exported = names.map((name) => `export const ${name} = ${stand(name)};`);
    return [unused, ...exported, "export { unused as process };"].join("\n");
  },
};

/** Shorter ones fit into one packet as they are. */
const leastPressed = 1024;
/** The last two steps take ten times as long for a twelfth less: not on the map, which is as large as all else. */
const brotliOptions = ({ length }: Uint8Array) => ({
  params: { [constants.BROTLI_PARAM_QUALITY]: length < 500_000 ? 11 : 9 },
});

/** Under `npm run dev`: not what the page itself is made of, which lies in client/api. */
const interfaceOfServer = "^/api/(?![^?]*\\.tsx?(?:\\?|$))";
/** Of the `npm start` beside it. */
const apiPort = process.env["PORT"] || "4173";

/** What is waited for may be a second away on a busy machine, which is Vitest's own limit. */
const longRun = {
  // What is tried in whole (tests/support/runs.ts) took eleven minutes in one test, on a busy machine.
  testTimeout: process.env["BOXSTER_RUNS"] === "whole" ? 3_600_000 : 120_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 20_000, interval: 50 } },
  // Of two plans that differ all lines would be held against each other, which takes minutes.
  diff: { truncateThreshold: 400 },
};

/** Vitest itself leaves one core alone, which of two is half. */
const allCores = Math.max(2, availableParallelism());

/** Where tests sign people in or write backups, a key costs next to nothing; what the server runs on has no such switch. */
const cheapKeys = {
  "#server/accounts/password-cost.ts": fileURLToPath(
    new URL("tests/support/cheap-password-cost.ts", import.meta.url),
  ),
  "#server/upkeep/backup/seal-cost.ts": fileURLToPath(
    new URL("tests/support/cheap-seal-cost.ts", import.meta.url),
  ),
};

/** Without a browser the page runs on React as it is in a built page. */
const reactAsBuilt = {
  "react/jsx-dev-runtime": fileURLToPath(
    new URL("tests/component/light/jsx-as-built.ts", import.meta.url),
  ),
};

const databaseTests = ["tests/database/**/*.db.test.ts", "tests/api/**/*.api.test.ts"];
const componentTests = ["tests/component/**/*.test.ts"];
const browserTests = ["tests/browser/**/*.browser.ts"];

/** Each process starts two databases and reads the whole product, which costs more than it waits: as many as cores. */
const served: TestProjectInlineConfiguration["test"] = {
  ...longRun,
  alias: { ...cheapKeys, ...reactAsBuilt },
  pool: "forks",
  // A document makes much and drops it again: with more room for what is young, far less of it is moved about.
  execArgv: ["--max-semi-space-size=64"],
  maxWorkers: allCores,
  isolate: false,
  // Not London: nothing may follow the clock of the machine. React as it is in a built page.
  env: { TZ: "America/New_York", NODE_ENV: "production" },
};

/** `npm test` runs those three layers in the same processes, one layer after the other. */
const inOne = process.env["BOXSTER_LAYERS"] === "1";

export default defineConfig({
  root: "client",
  plugins: [react(), withoutJsonSchema, shellList, pressed],
  worker: { format: "es" },
  // From the root, as the inputs of the build are not. MapLibre 6 loads its worker from a file beside the module;
  // pre-bundling would move the module away.
  optimizeDeps: { entries: ["index.html"], exclude: ["maplibre-gl"] },
  // As an object, so that the browser's Host goes on as it is: the server answers a page of its own address alone.
  server: { proxy: { [interfaceOfServer]: { target: `http://127.0.0.1:${apiPort}` } } },
  build: {
    outDir: "../dist/client",
    emptyOutDir: true,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      input: { index: "client/index.html", sw: "client/app/shell/worker.ts" },
      // A service worker holds the addresses that lie below its own.
      output: {
        entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
        // What every page begins with, in one file: in twenty, their headers alone weigh 25 kB.
        codeSplitting: {
          groups: [
            {
              name: "base",
              tags: ["$initial"],
              test: /^(?!.*client\/(?:main|app\/shell\/worker)\.ts)/,
            },
            // What nearly every screen has, of which each file is less than its headers.
            {
              name: "kit",
              test: /client\/(?:api\/ask|ui\/(?:Check|moment)|accounts\/unsent\/person)\.|core\/(?:contract\/fields|geo\/plane|group-by|text\/(?:numbers|phone-number|shown-name))\.|zod\/v4\/classic\/coerce/,
            },
            // Tonight on a phone, in one answer of the server.
            { name: "tonight", test: /client\/patrols\/Plan\.tsx$/ },
          ],
        },
      },
    },
  },
  test: {
    root: ".",
    // What was turned into JavaScript once is not turned again, by its content, in the next project or run.
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LayerByLayer },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/{unit,property}/**/*.test.ts", "tests/unit/**/*.test.tsx"],
          isolate: false,
          maxWorkers: allCores,
          ...longRun,
        },
      },
      ...(inOne
        ? [
            {
              extends: true as const,
              test: {
                ...served,
                name: "served",
                include: [...databaseTests, ...componentTests, ...browserTests],
                globalSetup: ["tests/browser/global-setup.ts"],
                setupFiles: ["tests/browser/on-failure.ts"],
              },
            },
          ]
        : []),
      {
        extends: true,
        test: {
          ...served,
          name: "database",
          include: databaseTests,
          globalSetup: ["tests/support/database-setup.ts"],
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...served,
          name: "component",
          include: componentTests,
          globalSetup: ["tests/support/database-setup.ts"],
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          ...served,
          name: "browser",
          include: browserTests,
          globalSetup: ["tests/browser/global-setup.ts"],
          setupFiles: ["tests/browser/on-failure.ts"],
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: ["tests/slow/**/*.slow.ts"],
          pool: "forks",
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
