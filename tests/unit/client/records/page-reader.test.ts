import { describe, expect, test } from "vitest";
import { readHead } from "#client/records/read-head.ts";
import { columnPlan, stripColumns } from "#client/records/strip-columns.ts";
import { previewImport } from "#core/records/preview.ts";
import { FileFault, faultText } from "#core/table/file-fault.ts";
import { badFiles, unusualFiles } from "#tests/support/all-bad-files.ts";
import { autoChoices, readBytes, testSetting } from "#tests/support/import.ts";

/** As much of an import as happens in the browser: what the page says, or what it would send. */
async function inBrowser(bytes: Uint8Array) {
  const head = await readHead(new File([new Uint8Array(bytes)], "file"));
  if (!head.ok) return { refusal: head.reason };
  const { text, isWhole, unit } = head.value;
  const preview = previewImport(text, isWhole, autoChoices, testSetting, 20, unit);
  if (!preview.ok) return { refusal: faultText(preview.reason, "page") };
  const { openDate, rows } = preview.value;
  const never = { signal: new AbortController().signal, onShare: () => undefined };
  try {
    const plan = columnPlan(head.value, autoChoices);
    const sent = await stripColumns(head.value, plan, never);
    return { unit, openDate, rows, sent: new Uint8Array(await sent.arrayBuffer()) };
  } catch (error) {
    if (error instanceof FileFault) return { refusal: faultText(error, "page") };
    throw error;
  }
}

describe("a bad file is refused by the page before anything is sent", () => {
  for (const { title, bytes, fault, row } of badFiles) {
    test(title, async () => {
      const { refusal, rows, openDate } = await inBrowser(bytes);
      if (row) {
        const { reason, ...where } = row;
        expect(rows?.[0]?.read).toMatchObject({
          ok: false,
          reason: { ...where, reason: expect.stringMatching(reason) as unknown },
        });
      } else if (openDate) {
        // The page asks, and does not let the file through without an answer.
        expect(fault?.source).toContain("05");
      } else {
        expect(refusal).toMatch(/^[A-Z"“].*\.$/);
        expect(refusal).not.toMatch(/--|undefined|\[object| at .*:\d+/);
        const said = fault?.source.replace(/^\^/, "").replace(/give --kind/, "choose") ?? "^$";
        expect(refusal).toMatch(new RegExp(said, "i"));
      }
    });
  }
});

describe("an unusual file is sent as a table that says the same", () => {
  for (const { title, bytes } of unusualFiles) {
    test(title, async () => {
      const { sent, unit, refusal } = await inBrowser(bytes);
      expect(refusal).toBeUndefined();
      const here = await readBytes(bytes);
      expect(here.table.unit).toBe(unit);
      const there = await readBytes(sent ?? new Uint8Array(0));
      const points = (read: typeof here) => read.drafts.map(({ line: _, ...draft }) => draft);
      expect(points(there)).toEqual(points(here));
    });
  }
});
