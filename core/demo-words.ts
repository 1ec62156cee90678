/** What stands on everything that shows or leaves the demonstration. */
export function demoWords(hasImports: boolean): string {
  return hasImports ? "MADE-UP AND IMPORTED DATA" : "MADE-UP DATA";
}
