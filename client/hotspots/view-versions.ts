import type { Result } from "#core/result.ts";

/** Names and values as an address writes them. */
export type WrittenView = Readonly<Record<string, string>>;

/** Leads the words of one version to those of the next. */
export type Migration = (written: WrittenView) => WrittenView;

/**
 * One for each version but the newest, the first of them leading from 1 to 2. A field that is added
 * needs none: a view that does not name it means the usual. Needed is one when a name or a value is
 * called something else, or when the usual changes, which every saved view leaves out:
 * then it writes down what was meant. An example of each version is in tests/golden/saved-views.
 */
const migrations: readonly Migration[] = [];

/** The version that is saved now. */
export const viewVersion = migrations.length + 1;

/** A view of any version in the words of the newest; one from a newer page than this is refused. */
export function broughtUp(
  written: WrittenView,
  version: number,
  known: readonly Migration[] = migrations,
): Result<WrittenView, string> {
  if (version > known.length + 1) {
    return {
      ok: false,
      reason: "It was saved by a newer page than this one. Load the page again, then open it.",
    };
  }
  const value = known.slice(version - 1).reduce((words, migrate) => migrate(words), written);
  return { ok: true, value };
}
