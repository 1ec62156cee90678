import { createContext, use } from "react";

export type KitKey =
  | ("close" | "zoom-in" | "zoom-out" | "whole-area" | "sources" | "map" | "drawing")
  | ("found" | "nothing" | "choose" | "coordinates" | "more")
  | ("corner" | "station" | "street" | "neighbourhood" | "postcode");

/** What parts of every screen say within a partner's, in the partner's language. */
export const KitWords = createContext<((key: KitKey) => string) | null>(null);

/** In the language around it, else in the English that is given. */
export function useKitWord(): (key: KitKey, english: string) => string {
  const words = use(KitWords);
  return (key, english) => words?.(key) ?? english;
}
