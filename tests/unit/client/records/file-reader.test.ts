import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { ReadingSetting } from "#client/records/file-jobs.ts";
import { createFileAnswerer } from "#client/records/file-jobs.ts";
import { createFileReader, type OpenThread } from "#client/records/file-reader.ts";
import type { GazetteerReply } from "#core/places/wire/gazetteer.ts";
import { keptEvents } from "#core/records/retention.ts";
import { autoChoices, plainTable, testSetting } from "#tests/support/import.ts";

/** The worker's own code, with messages copied as a browser copies them: what cannot be sent fails here. */
const beside: OpenThread = (onMessage) => {
  const answer = createFileAnswerer((message) => onMessage(structuredClone(message)));
  return { post: (message) => void answer(structuredClone(message)), end: () => undefined };
};

const { zone, shown, latest, region } = testSetting;
const setting: ReadingSetting = {
  shown,
  latest,
  region,
  timeZone: zone.name,
  names: null,
  kept: keptEvents(zone, Date.UTC(2026, 3, 1, 12), 6),
};
const withoutKind = "When,Lat,Lng,Category\n04-Sep-21 1232,51.6179,-0.0631,litter\n";

async function opened(text: string) {
  const reader = createFileReader(beside);
  const file = new File([text], "file.csv");
  const answer = await reader.ask({ do: "open", file, sheet: null });
  if (!answer.ok) throw new Error(answer.reason);
  return { reader, file, ...answer.value };
}

test("a plain table shows what its headings were understood as before a kind is chosen", async () => {
  const { reader, head, headings } = await opened(withoutKind);
  expect(headings.open).toEqual(["When", "Lat", "Lng", "Category"]);
  const look = await reader.ask({ do: "look", head, choices: autoChoices, setting });
  expect(look.preview).toMatchObject({ ok: false, reason: { remedy: {} } });
  expect(look.withKind?.outline.mapping).toEqual({
    date: "When",
    latitude: "Lat",
    longitude: "Lng",
    category: "Category",
  });
  const chosen = { ...autoChoices, kind: "complaint" } as const;
  const again = await reader.ask({ do: "look", head, choices: chosen, setting });
  expect(again.withKind).toBeNull();
  expect(again.preview).toMatchObject({ ok: true, value: { rows: [{ read: { ok: true } }] } });
});

test("a fault is told in words that the page can show, and an outcomes file by name", async () => {
  const { reader, head } = await opened(
    "Crime ID,Month,Longitude,Latitude,Outcome type\nab12,2021-10,-0.0631,51.6179,Local resolution\n",
  );
  const look = await reader.ask({ do: "look", head, choices: autoChoices, setting });
  expect(look).toMatchObject({
    preview: { ok: false, reason: { line: 1, unit: "line", remedy: null } },
    withKind: null,
  });
});

test("what is sent is made and hashed there, and a job that is stopped answers no more", async () => {
  const text = "Date,Lat,Lng,Kind,Name\n2021-06-05,51.6179,-0.0631,complaint,Jo Bloggs\n";
  const { reader, head } = await opened(text);
  const job = { do: "prepare", head, choices: autoChoices } as const;
  const prepared = await reader.ask(job);
  if (!prepared.ok) throw new Error(prepared.reason.reason);
  const { body, blocked, sha256 } = prepared.value;
  expect(await body.text()).not.toContain("Bloggs");
  expect(blocked.map(({ column }) => column)).toEqual(["Name"]);
  expect(sha256).toBe(createHash("sha256").update(text).digest("hex"));
  const stop = new AbortController();
  const stopped = reader.ask(job, { signal: stop.signal });
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
});

test("a file that breaks further down says where, and that it is no fault of the server", async () => {
  const { reader, head } = await opened(`${plainTable(["2021-06-05"])}\n"never closed`);
  const prepared = await reader.ask({ do: "prepare", head, choices: autoChoices });
  expect(prepared).toMatchObject({ ok: false, reason: { line: 3 } });
});

test("names are sent once and go with the questions after them", async () => {
  const posted: string[] = [];
  const reader = createFileReader((onMessage) => ({
    post: (message) => {
      posted.push("names" in message ? "names" : "job" in message ? message.job.do : "stop");
      if ("key" in message)
        queueMicrotask(() => onMessage({ key: message.key, fault: "not read" }));
      if ("job" in message && "setting" in message.job) {
        expect(message.job.setting.names).toBeNull();
      }
    },
    end: () => undefined,
  }));
  const { head } = await opened(withoutKind);
  const names = { names: {} } as unknown as GazetteerReply;
  const job = { do: "look", head, choices: autoChoices } as const;
  for (const asked of [setting, { ...setting, names }, { ...setting, names }]) {
    await expect(reader.ask({ ...job, setting: asked })).rejects.toThrow("not read");
  }
  expect(posted).toEqual(["look", "names", "look", "look"]);
});

test("where no worker starts, whoever waits is told", async () => {
  const reader = createFileReader((_, onBroken) => {
    queueMicrotask(onBroken);
    return { post: () => undefined, end: () => undefined };
  });
  const asked = reader.ask({ do: "open", file: new File(["a"], "a.csv"), sheet: null });
  await expect(asked).rejects.toThrow("This browser could not start reading the file.");
});
