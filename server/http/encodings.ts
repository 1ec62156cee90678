/** Best first. */
export type Encoding = "br" | "gzip";

export function encodingFor(accepted: string | string[] | undefined): Encoding | null {
  const taken = String(accepted ?? "")
    .toLowerCase()
    .split(",")
    .map((one) => one.trim().split(/\s*;\s*q=/))
    .filter(([, quality = "1"]) => Number(quality) > 0)
    .map(([name]) => name);
  return (["br", "gzip"] as const).find((one) => taken.includes(one)) ?? null;
}
