import type { Later } from "#core/releases/file/public-page.ts";
import type { Database } from "#server/db/database.ts";

declare module "#server/acts/services.ts" {
  interface Services {
    /** For the public page: complaints about data protection of the last year, by the 10-5 rule. */
    readonly complaintsOfYear?: (db: Database) => Promise<Later["complaints"]>;
  }
}
