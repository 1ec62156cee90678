import type { Reading } from "#core/records/detect.ts";
import { mustNotBeKept } from "#core/records/judge-values.ts";
import { leftOut } from "#core/records/keep-columns.ts";
import { longestWord, mostTypes } from "#core/records/types.ts";
import { canBeListWord } from "#core/records/word-choices.ts";
import { failure, type Result, success } from "#core/result.ts";
import { type Header, nameOfColumn } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { normaliseWords } from "#core/text/normalise.ts";

/** The source's own word for what happened; null where the row or the closed list has none. */
export type TypeReader = (text: string, line: number) => Result<string | null>;

/**
 * By a ready-made profile's closed list, where unknown words give none; by the words themselves
 * where a person named the column (DEFINITIONS, Events, Type). Throws where those are too many for
 * a list.
 */
export function createTypeReader({ profile, columns }: Reading, header: Header): TypeReader {
  const at = columns.get("type");
  if (at === undefined) return () => success(null);
  const { types } = profile;
  if (!types) return withMemory(readOwn(nameOfColumn(header, at)));
  return withMemory((text) => success(types.get(normaliseWords(text)) ?? null));
}

const notList = `not a type: each word of this column must be a short list entry of at most ${longestWord} letters, and not like a name`;

function readOwn(column: string): TypeReader {
  const words = new Map<string, string>();
  return (text, line) => {
    if (text === leftOut || !canBeListWord(text) || mustNotBeKept(text)) return failure(notList);
    const key = normaliseWords(text);
    const known = words.get(key);
    if (known !== undefined) return success(known);
    if (words.size === mostTypes) {
      throw new FileFault(
        `the column mapped to type holds more than ${mostTypes} different words, so it is no closed list`,
        { line, column, value: text, remedy: otherColumn },
      );
    }
    words.set(key, text);
    return success(text);
  };
}

const otherColumn = {
  command: "leave --map type=... out, or name a column that is one",
  page: 'choose another column for "Type", or none',
};

/** Memoised: such a column has few distinct values. */
function withMemory(read: TypeReader): TypeReader {
  const known = new Map<string, Result<string | null>>();
  return (text, line) => {
    if (text === "") return success(null);
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = read(text, line);
    if (known.size < mostRemembered) known.set(text, made);
    return made;
  };
}
const mostRemembered = 1_000;
