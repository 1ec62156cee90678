import { createNearest, type Nearest } from "#core/places/streets/nearest.ts";
import { createRouter, type Router } from "#core/places/streets/route.ts";
import { streetSpeeds } from "#core/places/streets/speeds.ts";
import { type KeptStreets, readStreets, stampOf } from "#server/places/streets/keep-streets.ts";

/** Streets ready to be asked. */
export interface OpenStreets extends KeptStreets {
  readonly router: Router;
  readonly nearest: Nearest;
}

export interface Streets {
  /**
   * Null where the data folder has none. Read once, and again when others were brought in; a file that is damaged is a
   * `StreetFileFault` each time.
   */
  readonly now: () => Promise<OpenStreets | null>;
}

declare module "#server/acts/services.ts" {
  interface Services {
    /** Of the data folder. */
    readonly streets: Streets;
  }
}

export function createStreets(dataFolder: string): Streets {
  let known: { readonly stamp: string | null; readonly streets: Promise<OpenStreets | null> } = {
    stamp: null,
    streets: Promise.resolve(null),
  };
  return {
    now: async () => {
      const stamp = await stampOf(dataFolder);
      if (stamp === known.stamp) return known.streets;
      const streets = openStreets(dataFolder);
      known = { stamp, streets };
      return streets;
    },
  };
}

async function openStreets(dataFolder: string): Promise<OpenStreets | null> {
  const kept = await readStreets(dataFolder);
  if (!kept) return null;
  const nearest = createNearest(kept.graph);
  return { ...kept, nearest, router: createRouter(kept.graph, streetSpeeds, { nearest }) };
}
