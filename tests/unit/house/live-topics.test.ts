import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { liveTopics, liveTopicsOf } from "#core/live.ts";
import { announcedTables } from "#server/live/announced.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

function written(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), "utf8"))
    .join("\n");
}

test("every live topic is somebody's, is sent by the server and heard by the page", () => {
  const client = written("client");
  const server = written("server/live");
  const readers = new Set(Object.values(liveTopicsOf).flat());
  expect(liveTopics.filter((topic) => !readers.has(topic))).toEqual([]);
  expect(
    liveTopics.filter((topic) => !new RegExp(`["\`]${topic}\\b|\\b${topic}: \\[`).test(server)),
  ).toEqual([]);
  const isHeard = (topic: string) =>
    new RegExp(`\\b(?:(?:on|use)Look\\(\\s*|kept(?:Reply|Call)?\\([^;]*)"${topic}"`).test(client);
  expect(liveTopics.filter((topic) => !isHeard(topic))).toEqual([]);
});

test("every table that the server listens for is announced by a trigger, and no other", () => {
  const migrations = join(root, "sql/migrations");
  const schema = readdirSync(migrations)
    .map((name) => readFileSync(join(migrations, name), "utf8"))
    .join("\n");
  expect(announcedTables.size).toBeGreaterThanOrEqual(10);
  // Streets are files beside the database: the act itself announces them.
  const isAnnounced = (name: string) =>
    name === "streets" || schema.includes(`create trigger ${name}_announced `);
  const silent = [...announcedTables].filter((name) => !isAnnounced(name));
  expect(silent).toEqual([]);
  const triggers = schema.matchAll(/create trigger \w+_announced\b.*?\bon (\w+)/gs);
  const unheard = [...triggers]
    .map(([, table = ""]) => table)
    .filter((table) => !announcedTables.has(table));
  expect(unheard).toEqual([]);
});
