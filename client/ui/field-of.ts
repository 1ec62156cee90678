/** Binds controls to the fields of a draft: `<TextField {...field("name")} label="Name" />`. */
export function fieldOf<Draft extends object>(
  draft: Draft,
  change: (part: Partial<Draft>) => void,
  faults: { readonly [Name in keyof Draft]?: string | undefined } = {},
) {
  return <Name extends keyof Draft>(name: Name) => ({
    value: draft[name],
    error: faults[name],
    onChange: (value: Draft[Name]) => change({ [name]: value } as unknown as Partial<Draft>),
  });
}
