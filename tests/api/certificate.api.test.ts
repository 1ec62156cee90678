import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import { afterAll, expect, test } from "vitest";
import { scratchFolders } from "#tests/support/backup.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

const folders = scratchFolders();
afterAll(() => folders.clear());

test("SIGHUP takes the certificate anew, and keeps the old one where the new does not fit", async ({
  skip,
}) => {
  const folder = folders.make();
  const files = { cert: join(folder, "cert.pem"), key: join(folder, "key.pem") };
  const makePair = (name: string) =>
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
        ...["-days", "2", "-subj", `/CN=${name}`, "-keyout", files.key, "-out", files.cert],
      ],
      { stdio: "ignore" },
    );
  try {
    makePair("first");
  } catch {
    return skip("openssl, which makes the certificates of this test, is not installed");
  }
  const data = join(folder, "data");
  await startOnce(data);
  const server = await serveInProcess({
    BOXSTER_DATA: data,
    BOXSTER_TLS_CERT: files.cert,
    BOXSTER_TLS_KEY: files.key,
  });
  try {
    const shown = () => nameShown(Number(new URL(server.url).port));
    expect(await shown()).toBe("first");
    makePair("second");
    server.signal("SIGHUP");
    await expect.poll(shown, { timeout: 20_000 }).toBe("second");
    writeFileSync(files.key, "no key");
    server.signal("SIGHUP");
    await expect
      .poll(() => server.said().at(-1), { timeout: 20_000 })
      .toMatch(/^The certificate was not taken, the one from before stays\. /);
    expect(await shown()).toBe("second");
    expect(server.hasEnded()).toBe(false);
  } finally {
    await server.stop();
  }
});

function nameShown(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
    socket.once("error", reject);
    socket.once("secureConnect", () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    });
  });
}
