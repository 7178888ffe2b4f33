/** What is sent to the session to put a molecule into a membrane. */
export interface Drop {
  /** The molecule around, as it was; absent for the outermost solution. */
  readonly remove?: string
  readonly inject: string
}

/**
 * A molecule put into the innermost of these membranes, the outermost of which is left out. Solutions are values: the
 * molecule that the outermost membrane is goes, and comes back with one molecule more in it. Undefined where a text
 * was cut off, and where the innermost holds several solutions.
 */
export function droppedInto(way: readonly string[], molecule: string): Drop | undefined {
  if (way.length === 0) return { inject: molecule }
  const [outermost] = way
  if (outermost === undefined || way.some((text) => text.endsWith('…'))) return undefined
  let now = withMore(way.at(-1) ?? '', molecule)
  for (let i = way.length - 2; i >= 0 && now !== undefined; i--) {
    const [around, inner] = [way[i] ?? '', way[i + 1] ?? '']
    const at = around.indexOf(inner)
    now = at < 0 ? undefined : around.slice(0, at) + now + around.slice(at + inner.length)
  }
  return now === undefined ? undefined : { remove: outermost, inject: now }
}

/** The text of a molecule that ends with its only solution, with a molecule more in it. */
function withMore(text: string, molecule: string): string | undefined {
  const start = text.indexOf('<')
  if (start < 0 || !text.endsWith('>') || text.slice(0, start).includes('"')) return undefined
  if (endOf(text, start) !== text.length - 1) return undefined
  const content = text.slice(start + 1, -1)
  return `${text.slice(0, start)}<${molecule}${content === '' ? '' : `, ${content}`}>`
}

/** Where a solution ends that begins there. As it is printed, `<` and `>` between spaces compare. */
function endOf(text: string, start: number): number {
  let [depth, isString] = [0, false]
  for (let i = start; i < text.length; i++) {
    const letter = text[i]
    if (letter === '\\' && isString) i++
    else if (letter === '"') isString = !isString
    else if (isString) continue
    else if (letter === '<' && text[i + 1] !== ' ' && text[i + 1] !== '=') depth++
    else if (letter === '>' && text[i - 1] !== ' ' && text[i + 1] !== '=' && --depth === 0) return i
  }
  return -1
}
