import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { uploadSource } from "#server/files/import-source.ts";

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += Buffer.from(chunk).toString("utf8");
  return text;
}

test("an upload that falls silent ends in words, and does not wait for ever", async () => {
  const body = new PassThrough();
  body.write("a,b\n");
  const reading = readAll(uploadSource(body, "a.csv", null, 50).open());
  await expect(reading).rejects.toThrow("the upload was interrupted; send it again");
});

test("a slow upload that goes on is read whole", async () => {
  const body = new PassThrough();
  const reading = readAll(uploadSource(body, "a.csv", null, 200).open());
  const lines = ["a,b\n", "1,2\n", "3,4\n"];
  for (const line of lines) {
    await new Promise((resolve) => setTimeout(resolve, 80));
    body.write(line);
  }
  body.end();
  expect(await reading).toBe(lines.join(""));
});
