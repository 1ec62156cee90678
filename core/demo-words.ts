export function demoWords(hasImports: boolean): string {
  return hasImports ? "MADE-UP AND IMPORTED DATA" : "MADE-UP DATA";
}

/** What the name of such a file ends with: "-made-up-data". */
export function demoSuffix(mark: string | null): string {
  return mark === null ? "" : `-${mark.toLowerCase().replaceAll(" ", "-")}`;
}
