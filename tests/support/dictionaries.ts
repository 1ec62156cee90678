/** Of each message the texts of its forms, by `key` or `key.form`. */
export function textsByKey(words: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, message]): [string, string][] =>
      typeof message === "string"
        ? [[key, message]]
        : Object.entries(message as Record<string, string>).map(([form, text]) => [
            `${key}.${form}`,
            text,
          ]),
    ),
  );
}

/** What the compiler cannot see of a translation: other keys or placeholders than in English, and texts left in English. */
export function faultsOf(
  english: Readonly<Record<string, unknown>>,
  translation: Readonly<Record<string, unknown>>,
  equal: readonly string[],
): string[] {
  const slots = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort().join();
  const source = textsByKey(english);
  return [...textsByKey(translation)].flatMap(([key, text]) => {
    const own = source.get(key) ?? source.get(key.replace(/\.\w+$/, ".other")) ?? null;
    if (own === null) return [`${key}: no such message`];
    const faults = [];
    if (slots(own) !== slots(text)) faults.push(`${key}: ${slots(text)} for ${slots(own)}`);
    if (own === text && !equal.includes(key)) faults.push(`${key}: still "${text}"`);
    if (text.trim() !== text || text === "") faults.push(`${key}: spaces, or nothing`);
    return faults;
  });
}
