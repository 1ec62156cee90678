/** "640 kB", "28 MB", "28.4 MB": decimal units, as for downloads. */
export function sizeWords(octets: number): string {
  if (octets < 1_000_000) return `${Math.max(1, Math.round(octets / 1_000))} kB`;
  const megabytes = octets / 1_000_000;
  return `${megabytes < 10 ? Number(megabytes.toFixed(1)) : Math.round(megabytes)} MB`;
}
