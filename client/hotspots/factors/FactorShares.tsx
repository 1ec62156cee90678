import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { FactorMark, factorWords } from "#client/hotspots/factors/FactorMark.tsx";
import type { Factors } from "#client/hotspots/factors/FactorSwitches.tsx";
import { answerFactors, type FactorReply } from "#client/hotspots/factors/factor-messages.ts";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatDecimal } from "#client/ui/format.ts";
import { Progress } from "#client/ui/Progress.tsx";
import {
  type FactorShare,
  factorShares,
  type GroupShare,
  nearMetres,
  type PlaceGroup,
} from "#core/places/layers/near.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { FactorKind, LayerFeaturesReply } from "#core/places/wire/layers.ts";
import { percent } from "#core/records/quality/words.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import "#client/hotspots/factors/factor-table.css";

export interface FactorSharesProps {
  readonly factors: Factors;
  readonly ranked: Ranked;
}

export function FactorShares({ factors, ranked }: FactorSharesProps) {
  const { study } = ranked.picture.lens;
  const { counts } = ranked.picture.leading.summary;
  const { hot } = ranked.test;
  const known = useNearCounts(factors.features, study);
  const shares = useMemo(
    () => (known.status === "ready" ? factorShares({ near: known.near, hot, counts }) : null),
    [known, hot, counts],
  );
  const caution = factorCaution(ranked.test.hotCells);
  return (
    <>
      <p className="note">
        <strong>Not a cause.</strong> Main streets have more of everything: lamps, stops, venues,
        people who report. What is common at hotspots may not cause them.
      </p>
      {caution ? <p>{caution}</p> : null}
      {shares ? <ShareTable shares={shares} area={study.name} /> : <Waiting known={known} />}
    </>
  );
}

function Waiting({ known }: { readonly known: NearCounts }): ReactNode {
  if (known.status === "stopped") return <Button onClick={known.again}>Count place factors</Button>;
  if (known.status !== "counting") return null;
  return <Progress label="Counting place factors" share={known.share} onCancel={known.cancel} />;
}

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
        Places in {area} with at least one inside or within {nearMetres} m, and the average number
      </caption>
      <thead>
        <tr>
          <th scope="col">Factor</th>
          {heads.map(({ group, label }) => (
            <th key={group} scope="col" className="number">
              {label}
              <span className="small quiet factor-table__places block normal">
                {formatQuantity(shares[0]?.groups[group].places ?? 0, "place")}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shares.map(({ kind, groups }) => (
          <tr key={kind}>
            <th scope="row" className="factor-table__kind normal">
              <FactorMark kind={kind} /> {factorWords[kind].many}
            </th>
            {heads.map(({ group }) => {
              const { share, each } = describeShare(groups[group]);
              return (
                <td key={group} className="number">
                  {share}
                  <span className="small quiet factor-table__places block normal">{each}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type NearCounts =
  | { readonly status: "counting"; readonly share: number; readonly cancel: () => void }
  | { readonly status: "stopped"; readonly again: () => void }
  | { readonly status: "ready"; readonly near: ReadonlyMap<FactorKind, Uint32Array> };

function useNearCounts(features: LayerFeaturesReply, study: StudySet): NearCounts {
  const [known, setKnown] = useState<{ study: StudySet; reply: FactorReply } | null>(null);
  const [isStopped, setStopped] = useState(false);
  useEffect(() => {
    if (isStopped) return;
    const request = { kinds: features.kinds, cells: study.cells };
    const tell = (reply: FactorReply) => setKnown({ study, reply });
    const worker = new Worker(new URL("./factors.worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<FactorReply>) => tell(data);
    // Without a worker it is slower, but the answer is the same.
    worker.onerror = () => answerFactors(request, tell);
    worker.postMessage(request);
    return () => worker.terminate();
  }, [features, study, isStopped]);
  const cancel = useCallback(() => setStopped(true), []);
  const again = useCallback(() => setStopped(false), []);
  const reply = known?.study === study ? known.reply : null;
  if (reply && "near" in reply) return { status: "ready", near: reply.near };
  if (isStopped) return { status: "stopped", again };
  return { status: "counting", share: reply ? reply.done / Math.max(1, reply.of) : 0, cancel };
}

/** "12 of 14, 86%" and "3.4 each"; words for an empty group, not zero. */
export function describeShare({ places, withAny, factors }: GroupShare): {
  readonly share: string;
  readonly each: string;
} {
  if (places === 0) return { share: "no places", each: "" };
  return {
    share: `${formatCount(withAny)}, ${percent(withAny / places)}`,
    each: `${formatDecimal(factors / places)} each`,
  };
}

export function factorCaution(hotPlaces: number): string | null {
  if (hotPlaces === 0) return "No hotspots here, so there is nothing to compare.";
  if (hotPlaces < fewHot) {
    return `Only ${formatQuantity(hotPlaces, "hotspot")}: one more or fewer would change these shares a lot.`;
  }
  return null;
}

const heads: readonly { readonly group: PlaceGroup; readonly label: string }[] = [
  { group: "hot", label: "Hotspots" },
  { group: "reported", label: "Other places with reports" },
  { group: "empty", label: "Places without reports" },
];

/** With fewer, a single hotspot moves the share by ten points. */
const fewHot = 10;
