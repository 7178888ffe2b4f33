/** The slider goes over so many places; the last one means as fast as possible. */
export const PLACES = 100
const SLOWEST = 0.5
const FASTEST = 100_000

/** Reactions per second at a place of the slider: each step is so many times the one before. */
export function perSecondAt(place: number): number {
  if (place >= PLACES) return Infinity
  return SLOWEST * (FASTEST / SLOWEST) ** (Math.max(0, place) / (PLACES - 1))
}

/** The nearest place of a speed. */
export function placeOf(perSecond: number): number {
  if (!(perSecond < Infinity)) return PLACES
  const place = Math.log(perSecond / SLOWEST) / Math.log(FASTEST / SLOWEST)
  return Math.min(PLACES - 1, Math.max(0, Math.round(place * (PLACES - 1))))
}

/** `2 a second`, `as fast as possible`. */
export function speedText(perSecond: number): string {
  if (perSecond === Infinity) return 'as fast as possible'
  const digits = Number(perSecond.toPrecision(perSecond < 10 ? 2 : 1))
  return `${digits.toLocaleString('en')} a second`
}
