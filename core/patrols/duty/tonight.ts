/** A patrol that begins within these hours is tonight's: its loss is called off on screens, and phones are told. */
export const tonightHours = 12;
