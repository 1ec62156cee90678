import { spawnSync } from "node:child_process";

/** A certificate of one's own for two days, under a name; false without openssl, which makes it. */
export function makeCertificate(
  name: string,
  files: { readonly cert: string; readonly key: string },
): boolean {
  const { status } = spawnSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      files.key,
      "-out",
      files.cert,
    ],
    { stdio: "ignore" },
  );
  return status === 0;
}
