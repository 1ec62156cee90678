import { tenFiveRule } from "#core/disclosure/rule.ts";
import { edgeZoneMetres } from "#core/places/edge-zone.ts";
import { formatCount } from "#core/text/numbers.ts";

/** What stands beside the figures, on either side of the line. */
export const edgeFigureNotes: readonly string[] = [
  `Reports by residents in the zone within ${formatCount(edgeZoneMetres)} m of the line, on the side of the command that shows them, by whole quarters. What partners report stays home, and so does what police find.`,
  `“Fewer than ${tenFiveRule.threshold}” can be none. Every other figure is rounded to the nearest ${tenFiveRule.base}. There are no totals over quarters.`,
  "A quarter is shown once a whole month has passed since it ended, and its figure stands from the first look on. It is “revised” only where so much has come in since that the difference is 10 or more for certain.",
  "Nothing here is worked out from outreach or from patrols.",
];

export const noAgreement =
  "There is no agreement in force with your command, so nothing is shown and nothing can be sent.";
