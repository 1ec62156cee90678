import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ReadingSetting } from "#client/records/file-jobs.ts";
import { type FileReader, useFileAge } from "#client/records/file-reader.ts";
import type { FileHead } from "#client/records/read-head.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";

const reader = {} as FileReader;
const choices = {} as ImportChoices;

interface SaidProps {
  readonly head: Partial<FileHead>;
  readonly setting: Partial<ReadingSetting>;
  readonly isReadable?: boolean;
}

function Said({ head, setting, isReadable = true }: SaidProps) {
  const [file, how] = [head as FileHead, setting as ReadingSetting];
  return useFileAge(reader, file, choices, how, isReadable).status;
}

/** What is said of a file's age the moment that it is understood, before anything has come back. */
const atOnce = (props: SaidProps) => renderToStaticMarkup(<Said {...props} />);

const kept = { kept: { from: 0, years: 6 } as unknown as NonNullable<ReadingSetting["kept"]> };

test("a large file counts as not counted from the first moment, so that no import starts before it is said", () => {
  expect(atOnce({ head: { isWhole: false }, setting: kept })).toBe("counting");
});

test("nothing is waited for where there is nothing to count", () => {
  expect(atOnce({ head: { isWhole: true }, setting: kept })).toBe("none");
  expect(atOnce({ head: { isWhole: false }, setting: { kept: null } })).toBe("none");
  expect(atOnce({ head: { isWhole: false }, setting: kept, isReadable: false })).toBe("none");
});
