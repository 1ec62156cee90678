import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { readCoordinates } from "#client/places/coordinates.ts";
import { Field } from "#client/ui/Field.tsx";
import { useKitWord } from "#client/ui/kit-words.ts";
import { useMedia } from "#client/ui/use-media.ts";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import type { Position } from "#core/geo/cell.ts";
import type { ListedKind } from "#core/places/finding/list.ts";
import { type Findable, placeNamed, searchPlaces } from "#core/places/finding/search.ts";
import { formatCount } from "#core/text/numbers.ts";
import "#client/places/place-box.css";

export interface BoxPlace extends Findable {
  readonly kind: ListedKind | "postcode";
  readonly at: Position;
}

export interface BoxChoice<Place extends BoxPlace> {
  readonly name: string;
  readonly at: Position;
  readonly place: Place | null;
}

export interface PlaceBoxProps<Place extends BoxPlace> {
  readonly places: readonly Place[];
  /** Text of the choice; null where nothing is chosen, whatever is typed. */
  readonly chosen: string | null;
  /** Shown until something is chosen. */
  readonly error?: string | undefined;
  /** Text without a choice is no error, since there is another way to choose. */
  readonly isOneWay?: boolean;
  readonly label?: string;
  readonly hint?: string;
  /** Why nothing is found, other than the text. */
  readonly missing?: string | undefined;
  readonly onChoose: (choice: BoxChoice<Place>) => void;
  /** Typing something else drops the choice. */
  readonly onDrop: (typed: string) => void;
}

/** More than anybody reads: the next letter says which. All can be found. */
const mostShown = 100;

/**
 * The one place field: typing finds places in the list, and only one chosen from it counts. Runs
 * entirely in the browser. An ARIA combobox, as `datalist` would allow free text
 * (docs/adr/0028-native-controls.md).
 */
export function PlaceBox<Place extends BoxPlace>(props: PlaceBoxProps<Place>) {
  const { places, chosen, error, label = "Street, station or coordinates", hint } = props;
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [isLeft, setLeft] = useState(false);
  const listId = useId();
  const word = useKitWord();
  const isTouch = useMedia("(pointer: coarse)");
  // Chosen on the map: earlier typing must not return.
  if (chosen !== null && typed !== "") setTyped("");
  const text = chosen ?? typed;
  const found = useMemo(
    () => (chosen === null ? choicesFor(places, typed) : []),
    [places, typed, chosen],
  );
  const shown = found.slice(0, mostShown);
  const isListed = isOpen && shown.length > 0;
  const isStray = chosen === null && typed.trim() !== "";
  const stray = isStray
    ? strayFault(found.length, word, {
        isMissed: isLeft && !props.isOneWay,
        missing: props.missing,
      })
    : null;
  const current = isListed ? (shown[active] ?? null) : null;
  const choose = (choice: BoxChoice<Place>) => {
    setTyped("");
    setOpen(false);
    setActive(-1);
    props.onChoose(choice);
  };
  const take = (next: string) => {
    setTyped(next);
    setOpen(next.trim() !== "");
    setActive(-1);
    setLeft(false);
    props.onDrop(next);
  };
  const move = (step: number) => {
    setOpen(true);
    const count = shown.length;
    if (count === 0) return;
    setActive(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && chosen === null) {
      event.preventDefault();
      move(step);
    }
    if (event.key === "Escape") setOpen(false);
    if (event.key !== "Enter") return;
    event.preventDefault();
    const meant = current ?? (chosen === null ? surelyMeant(places, typed, found) : null);
    if (meant) choose(meant);
    else if (chosen === null) setOpen(true);
  };
  return (
    <search className="place-box full reading">
      <Field
        label={label}
        hint={hint ?? `Or ${isTouch ? "tap" : "click"} the map.`}
        error={stray ?? error}
      >
        {(control) => (
          <input
            {...control}
            type="text"
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={isListed}
            aria-controls={isListed ? listId : undefined}
            aria-activedescendant={current ? `${listId}-${active}` : undefined}
            // Outside every form, so it is never submitted.
            form=""
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            className="input"
            value={text}
            onChange={(event) => take(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            onClick={() => setOpen(true)}
            onBlur={() => {
              setOpen(false);
              setLeft(true);
            }}
          />
        )}
      </Field>
      {isListed ? (
        <PlaceList
          id={listId}
          choices={shown}
          more={found.length - shown.length}
          active={active}
          onChoose={choose}
        />
      ) : null}
      <VisuallyHidden>
        <span role="status">
          {isListed ? `${word("found", "Places found")}: ${formatCount(found.length)}` : ""}
        </span>
      </VisuallyHidden>
    </search>
  );
}

function strayFault(
  found: number,
  word: ReturnType<typeof useKitWord>,
  { isMissed, missing }: { readonly isMissed: boolean; readonly missing: string | undefined },
): string | null {
  if (found === 0) return missing ?? word("nothing", "Nothing found: try one street’s name.");
  return isMissed ? word("choose", "Not chosen yet: choose one from the list.") : null;
}

function choicesFor<Place extends BoxPlace>(places: readonly Place[], typed: string) {
  const at = readCoordinates(typed);
  if (at) return [{ name: typed.trim(), at, place: null }];
  return searchPlaces(places, typed).map(choiceOf);
}

function choiceOf<Place extends BoxPlace>(place: Place): BoxChoice<Place> {
  return { name: place.name, at: place.at, place };
}

/** Taken by Enter without an arrow key: the exact name, or the only match. */
function surelyMeant<Place extends BoxPlace>(
  places: readonly Place[],
  typed: string,
  found: readonly BoxChoice<Place>[],
): BoxChoice<Place> | null {
  const named = typed.trim() === "" ? null : placeNamed(places, typed);
  if (named) return choiceOf(named);
  return found.length === 1 ? (found[0] ?? null) : null;
}

interface PlaceListProps<Place extends BoxPlace> {
  readonly id: string;
  readonly choices: readonly BoxChoice<Place>[];
  readonly more: number;
  readonly active: number;
  readonly onChoose: (choice: BoxChoice<Place>) => void;
}

function PlaceList<Place extends BoxPlace>(props: PlaceListProps<Place>) {
  const { id, choices, more, active, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  const word = useKitWord();
  useEffect(() => {
    if (active < 0) return;
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    // A press keeps the focus in the field, so the list stays open for the click.
    // biome-ignore lint/a11y/noStaticElementInteractions: it holds the list and the line after it.
    <div
      ref={list}
      className="place-box__list full raised"
      onMouseDown={(event) => event.preventDefault()}
    >
      <div role="listbox" id={id} aria-label={word("found", "Places found")}>
        {choices.map((choice, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: chosen by the keys of the field.
          // biome-ignore lint/a11y/useKeyWithClickEvents: chosen by the keys of the field.
          <div
            key={choice.name}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            className="place-box__option row middle between gap-3"
            onClick={() => onChoose(choice)}
          >
            {choice.place === null ? word("coordinates", "These coordinates") : choice.name}
            {choice.place === null ? null : (
              <span className="place-box__kind">
                {word(choice.place.kind, kindWords[choice.place.kind])}
              </span>
            )}
          </div>
        ))}
      </div>
      {more > 0 ? (
        <p className="place-box__more pad-2">
          {formatCount(more)} {word("more", "more: keep typing.")}
        </p>
      ) : null}
    </div>
  );
}

const kindWords: Readonly<Record<BoxPlace["kind"], string>> = {
  corner: "corner",
  station: "station",
  street: "street",
  neighbourhood: "area",
  postcode: "postcode",
};
