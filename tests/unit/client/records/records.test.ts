import { expect, test } from "vitest";
import { outcomeSentence } from "#client/records/ImportOutcome.tsx";
import { autoChoices, uploadPath } from "#client/records/import-choices.ts";
import { createLineReader } from "#client/records/import-run.ts";
import { formatSpan } from "#client/records/PreviewRows.tsx";
import { errorFile } from "#client/records/RowErrors.tsx";
import { headerNames, readHead } from "#client/records/read-head.ts";
import { columnPlan, stripColumns } from "#client/records/strip-columns.ts";
import { timeLeft } from "#client/ui/format.ts";
import { previewImport } from "#core/records/preview.ts";
import { faultText } from "#core/table/file-fault.ts";
import { defuse } from "#core/table/write-csv.ts";
import { createZone } from "#core/time/zone.ts";
import { faultOf, readText, testSetting } from "#tests/support/import.ts";

const zone = createZone("Europe/London");
const never = { signal: new AbortController().signal, onShare: () => undefined };

function fileOf(bytes: string | Uint8Array<ArrayBuffer>, name = "events.csv"): File {
  return new File([bytes], name);
}

async function headOf(file: File) {
  const head = await readHead(file);
  if (!head.ok) throw new Error(head.reason);
  return head.value;
}

test("a formula in a refused row cannot run in the spreadsheet that opens the download", () => {
  for (const value of ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1"]) {
    expect(defuse(value)).toBe(`'${value}`);
  }
  expect(defuse("31/02/2021")).toBe("31/02/2021");
  const file = errorFile([{ row: 4, column: "Date", value: '=HYPERLINK("x")', reason: "a, b" }]);
  expect(file).toBe('line,column,value,reason\r\n4,Date,"\'=HYPERLINK(""x"")","a, b"\r\n');
});

const found = { ...autoChoices, kind: "complaint" } as const;

test("only columns that are read are sent, personal ones not, and rows keep their lines", async () => {
  const text =
    'Date,Caller name,Lat,Lng,Beat\n1/1/2021,"Jo\nSecret",51.6,-0.06,QK1\n2/1/2021,Al Secret,51.7,-0.06,QK2\n';
  const head = await headOf(fileOf(text));
  expect(headerNames(head)).toEqual({
    open: ["Date", "Lat", "Lng", "Beat"],
    personal: [{ column: "Caller name", reason: "heading suggests a person" }],
  });
  const sent = await (await stripColumns(head, columnPlan(head, found), never)).text();
  expect(sent).toBe("Date,Lat,Lng\n1/1/2021,51.6,-0.06\n\n2/1/2021,51.7,-0.06\n");
});

test("a value that looks personal does not leave within a column that is read", async () => {
  const rows = ["AB/1", "07700 900123", "AB/3", "QQ12CDE", "AB/5"].map(
    (reference) => `1/1/2021,51.6,-0.06,"${reference}",zq@example.org`,
  );
  const head = await headOf(
    fileOf(`Date,Lat,Lng,Reference,Category\n${rows[0]}\n${rows.join("\n")}\n`),
  );
  const plan = columnPlan(head, { ...found, map: { reference: "Reference" } });
  const sent = await (await stripColumns(head, plan, never)).text();
  expect(sent).not.toMatch(/07700|QQ12CDE|example/);
  expect(sent.split("\n")).toHaveLength(8);
  expect(sent).toContain("AB/5");
});

test("a UTF-16 file is read and sent as UTF-8 without its personal columns", async () => {
  const text = "Date,Phone,Lat,Lng,Category\n1/1/2021,07700 900000,51.6,-0.06,Süd\n";
  for (const mark of ["\uFEFF", ""]) {
    const bytes = new Uint8Array(Buffer.from(mark + text, "utf16le"));
    const head = await headOf(fileOf(bytes));
    const sent = await (await stripColumns(head, columnPlan(head, found), never)).text();
    expect(sent).toBe("Date,Lat,Lng,Category\n1/1/2021,51.6,-0.06,Süd\n");
  }
});

test("cancelling stops the reading of a file at once", async () => {
  const controller = new AbortController();
  controller.abort();
  const head = await headOf(fileOf("Date,Lat,Lng\n1/1/2021,51.6,-0.06\n"));
  const stripped = stripColumns(head, columnPlan(head, found), {
    ...never,
    signal: controller.signal,
  });
  await expect(stripped).rejects.toThrow();
});

test("only what a person said goes into the address of the upload", () => {
  expect(uploadPath("a b.csv", autoChoices)).toBe("/api/imports?fileName=a+b.csv");
  const path = uploadPath("x.csv", {
    ...autoChoices,
    kind: "complaint",
    map: { start: "When & where", latitude: "Lat" },
  });
  const query = new URLSearchParams(path.split("?")[1]);
  expect(query.get("kind")).toBe("complaint");
  expect(query.getAll("map")).toEqual(["start=When & where", "latitude=Lat"]);
});

test("a growing reply is read in whole lines, each once", () => {
  const reader = createLineReader();
  const one = '{"progress":{"rows":1,"bytes":10,"totalBytes":null}}\n';
  const two = '{"progress":{"rows":2,"bytes":20,"totalBytes":null}}\n';
  expect(reader.take(one.slice(0, 20))).toEqual([]);
  expect(reader.take(one + two.slice(0, 5))).toHaveLength(1);
  expect(reader.take(one + two)).toEqual([{ progress: { rows: 2, bytes: 20, totalBytes: null } }]);
  expect(reader.take(one + two)).toEqual([]);
});

test("time left is said once there is enough to tell from", () => {
  expect(timeLeft(0, 0.25, 500)).toBe("");
  expect(timeLeft(0, 0.25, 2000)).toBe("about 6 s left");
  expect(timeLeft(0, 1, 2000)).toBe("");
});

test("an import is summed up so that accepted, refused and known rows make all rows", () => {
  const result = {
    batch: 1,
    dryRun: false,
    fileName: "a.csv",
    profile: "plain",
    mapping: {},
    rows: 1200,
    accepted: 1100,
    rejected: 100,
    duplicates: 0,
    places: { placed: {}, refused: {} },
    blockedColumns: [],
    errors: [],
    errorCounts: [],
    unknownWords: [],
    midnightSpike: null,
    fileSha256: "0".repeat(64),
    refused: null,
    notes: [],
    seconds: 0.42,
  };
  expect(outcomeSentence(result)).toBe(
    "1,200 rows of a.csv: 1,100 stored, 100 refused, no duplicates, in 0.4 s.",
  );
  expect(outcomeSentence({ ...result, batch: null, dryRun: true })).toBe(
    "Trial run: nothing was stored. 1,200 rows of a.csv: 1,100 good, 100 refused, no duplicates, in 0.4 s.",
  );
  expect(outcomeSentence({ ...result, batch: null, refused: "100 rows are refused." })).toBe(
    "Nothing was stored. 1,200 rows of a.csv: 1,100 good, 100 refused, no duplicates, in 0.4 s. 100 rows are refused.",
  );
});

test("a span is written in London time, its day once", () => {
  const from = Date.parse("2021-07-01T21:00:00Z");
  expect(formatSpan(zone, from, from)).toBe("1 Jul 2021 22:00");
  expect(formatSpan(zone, from, from + 3_600_000)).toBe("1 Jul 2021 22:00 to 23:00");
  expect(formatSpan(zone, from, from + 7_200_000)).toBe("1 Jul 2021 22:00 to 2 Jul 2021 00:00");
});

test("a time in the hour that comes twice is shown as open, not as one instant", () => {
  const first = Date.parse("2021-10-31T00:30:00Z");
  expect(formatSpan(zone, first, first + 3_600_000)).toBe(
    "31 Oct 2021 01:30, before or after the clocks go back",
  );
  expect(formatSpan(zone, first, first)).toBe("31 Oct 2021 01:30");
});

test("a line without end is refused in the words of the command line, a long row is read", async () => {
  const preview = async (text: string) => {
    const head = await headOf(fileOf(text));
    return previewImport(head.text, head.isWhole, autoChoices, testSetting);
  };
  const endless = await preview("a,".repeat(2_500_000));
  expect(!endless.ok && faultText(endless.reason, "page")).toBe(
    faultText(
      faultOf(() => readText("a,".repeat(2_500_000))),
      "page",
    ),
  );
  const header = "Date,Lat,Lng,Kind,Text";
  const row = "2021-06-05,51.6179,-0.0631,complaint,";
  const bigCell = await preview(`${header}\n${row}${"x".repeat(5_000_000)}\n`);
  expect(!bigCell.ok && bigCell.reason.message).toMatch(/^Line 2: this row is longer than 262,144/);
  const long = await preview(`${header}\n${row}${"x".repeat(260_000)}\n${row}y\n`.repeat(2));
  expect(long.ok && long.value.rows[0]).toMatchObject({ read: { ok: true } });
});
