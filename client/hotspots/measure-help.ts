import type { Measure } from "#client/hotspots/view.ts";
import { fewestMinutes } from "#core/hotspots/effort.ts";
import { fewestAround } from "#core/hotspots/emerging-group.ts";
import { fewestSteps } from "#core/hotspots/steps.ts";

export interface MeasureHelp {
  /** In the row of choices. */
  readonly name: string;
  /** One paragraph: what it shows, and what it does not. */
  readonly help: string;
}

export const measureHelp: Readonly<Record<Measure, MeasureHelp>> = {
  count: {
    name: "Count",
    help: "How many reports lie in each place in the chosen dates and hours; one with an uncertain time is spread over the hours in which it may have happened. It shows where most was reported. It does not show whether that is significantly more, whether it is getting better or worse, or what nobody reported: places where people complain readily look worse than places where they do not.",
  },
  hot: {
    name: "Significance",
    help: "Which places have, alone or with their neighbouring cells, significantly more reports than an even spread over the study area would give. The test is exact and adjusted for multiple testing. Reports follow streets and homes, so most hotspots are where people live and pass. It does not show why, nor that a place is worse than last month, and a place without an outline may still matter. In another study area the same place may come out differently.",
  },
  change: {
    name: "Change",
    help: "Reports in the chosen dates against those of a baseline, place by place, with an exact test of whether the two rates differ, adjusted for multiple testing. It shows where reporting rose or fell significantly. It does not show what caused it: a fall after a patrol may be chance, weather, or a problem that moved over the line. Where both periods together have only a handful, there are not enough reports to tell.",
  },
  emerging: {
    name: "Pattern",
    help: `The dates are cut into equal months or weeks (at least ${fewestSteps}), and each is tested for hotspots by itself: a place that came lately, one that is always there, one that comes and goes and one that is over need different answers. It shows the kind of history. It does not forecast, and with other dates, hours or cells a place may fall into another group; under ${fewestAround} reports with those around it, there are not enough reports to tell. The exact name of the category stands in the story of a place and in the file.`,
  },
  effort: {
    name: "Patrol time",
    help: `What police found by themselves (arrests, stops, sightings) for each hour that they were logged in a place. Finds alone show where police were; set against hours they come nearer to what was there. It does not rank places for patrol, which follow what people report, and it knows nothing of patrols that nobody logged: those places read "no patrol logged", and under ${fewestMinutes} minutes there is not enough patrol time to tell. Patrol time is logged by day: an hour filter is not used. Rates are on screen only.`,
  },
};
