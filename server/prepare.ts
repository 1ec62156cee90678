import type { OpenServices } from "#server/services.ts";

/** Brings a database to the state that serving needs: places, and the demonstration where asked. */
export async function prepareDatabase(
  services: OpenServices,
  say: (line: string) => void,
): Promise<void> {
  void services;
  void say;
}
