import { type ReactNode, useMemo } from "react";
import { FactorMark } from "#client/hotspots/factors/FactorMark.tsx";
import { describeShare, factorCaution } from "#client/hotspots/factors/factor-share-words.ts";
import { factorWords } from "#client/hotspots/factors/factor-words.ts";
import type { Factors } from "#client/hotspots/factors/use-factors.ts";
import { type NearCounts, useNearCounts } from "#client/hotspots/factors/use-near-counts.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#client/ui/format.ts";
import { Progress } from "#client/ui/Progress.tsx";
import {
  type FactorShare,
  factorShares,
  type PlaceGroup,
} from "#core/places/layers/factor-shares.ts";
import { nearMetres } from "#core/places/layers/near.ts";
import "#client/hotspots/factors/factor-table.css";

export interface FactorSharesProps {
  readonly factors: Factors;
  readonly ranked: Ranked;
}

/** Counted once it is opened; each place stands in one of three groups. */
export function FactorShares({ factors, ranked }: FactorSharesProps) {
  const { study } = ranked.picture.lens;
  const { counts } = ranked.picture.leading.summary;
  const { hot } = ranked.test;
  const known = useNearCounts(factors.features, study, true);
  const shares = useMemo(
    () => (known.status === "ready" ? factorShares({ near: known.near, hot, counts }) : null),
    [known, hot, counts],
  );
  const caution = factorCaution(ranked.test.hotCells);
  return (
    <>
      <p className="factor-table__caution">
        <strong>This is no cause.</strong> Main streets have more of everything: lamps, stops,
        venues, people, and people who report. What is common at hotspots may draw nothing there,
        and taking it away may change nothing.
      </p>
      {caution ? <p>{caution}</p> : null}
      {shares ? <ShareTable shares={shares} area={study.name} /> : <Waiting known={known} />}
    </>
  );
}

function Waiting({ known }: { readonly known: NearCounts }): ReactNode {
  if (known.status === "stopped") return <Button onClick={known.again}>Count them</Button>;
  if (known.status !== "counting") return null;
  return <Progress label="Counting place factors" share={known.share} onCancel={known.cancel} />;
}

const heads: readonly { readonly group: PlaceGroup; readonly label: string }[] = [
  { group: "hot", label: "Hotspots" },
  { group: "reported", label: "Others with any" },
  { group: "empty", label: "Others without" },
];

function ShareTable({
  shares,
  area,
}: {
  readonly shares: readonly FactorShare[];
  readonly area: string;
}) {
  return (
    <table className="table factor-table__table">
      <caption className="small quiet">
        Places of {area} with at least one in them or within {nearMetres} m, and how many a place
      </caption>
      <thead>
        <tr>
          <th scope="col">Factor</th>
          {heads.map(({ group, label }) => (
            <th key={group} scope="col" className="number">
              {label}
              <span className="small quiet factor-table__places">
                {formatQuantity(shares[0]?.groups[group].places ?? 0, "place")}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shares.map(({ kind, groups }) => (
          <tr key={kind}>
            <th scope="row" className="factor-table__kind">
              <FactorMark kind={kind} /> {factorWords[kind].many}
            </th>
            {heads.map(({ group }) => {
              const { share, each } = describeShare(groups[group]);
              return (
                <td key={group} className="number">
                  {share}
                  <span className="small quiet factor-table__places">{each}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
