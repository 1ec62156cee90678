import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const longRun = { testTimeout: 120_000, hookTimeout: 180_000 };

export default defineConfig({
  root: "client",
  plugins: [react()],
  worker: { format: "es" },
  // MapLibre 6 loads its worker from a file beside the module; pre-bundling would move the module away.
  optimizeDeps: { exclude: ["maplibre-gl"] },
  server: { proxy: { "/api": "http://127.0.0.1:4173" } },
  build: { outDir: "../dist/client", emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  test: {
    root: ".",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/unit/**/*.test.ts", "tests/unit/**/*.test.tsx"],
          isolate: false,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "property",
          include: ["tests/property/**/*.prop.test.ts"],
          isolate: false,
          ...longRun,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["tests/database/**/*.db.test.ts", "tests/api/**/*.api.test.ts"],
          pool: "forks",
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 1 },
          ...longRun,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.browser.ts"],
          pool: "forks",
          maxWorkers: 1,
          isolate: false,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          ...longRun,
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: ["tests/slow/**/*.slow.ts"],
          pool: "forks",
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          testTimeout: 3_600_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
