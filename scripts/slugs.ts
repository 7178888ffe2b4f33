/**
 * The anchors of the headings of one page, as GitHub makes them: letters, digits, `-` and `_` stay, a blank becomes
 * `-`, and the second heading of a name gets `-1`. One is made for each page, since it counts.
 */
export function slugger(): (heading: string) => string {
  const seen = new Map<string, number>()
  return (heading) => {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${String(times)}`
  }
}
