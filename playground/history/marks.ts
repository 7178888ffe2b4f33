import type { MoleculeForm, ReactionForm } from '../session/messages.ts'

/** How often each rule reacted, piece by piece of a stretch of reactions. */
export interface Lane {
  readonly rule: string
  readonly total: number
  readonly counts: readonly number[]
}

/** The stretch of a timeline: reactions from `first` + 1 to `last`. */
export interface Stretch {
  readonly first: number
  readonly last: number
}

/** A lane for each rule, the busiest first; what does not fit is one lane together. */
export function lanesOf(
  reactions: readonly ReactionForm[],
  { first, last }: Stretch,
  { pieces, most }: { readonly pieces: number; readonly most: number },
): readonly Lane[] {
  const lanes = new Map<string, { total: number; counts: number[] }>()
  const length = Math.max(1, last - first)
  for (const { number, rule } of reactions) {
    if (number <= first || number > last) continue
    const name = nameOf(rule)
    let lane = lanes.get(name)
    if (lane === undefined) {
      lane = { total: 0, counts: new Array<number>(pieces).fill(0) }
      lanes.set(name, lane)
    }
    const piece = Math.min(pieces - 1, Math.floor(((number - first - 1) * pieces) / length))
    lane.total++
    lane.counts[piece] = (lane.counts[piece] ?? 0) + 1
  }
  const all = [...lanes].map(([rule, lane]) => ({ rule, ...lane }))
  all.sort((a, b) => b.total - a.total)
  if (all.length <= most) return all
  const rest = all.slice(most - 1)
  return [
    ...all.slice(0, most - 1),
    {
      rule: `${String(rest.length)} other rules`,
      total: rest.reduce((sum, { total }) => sum + total, 0),
      counts: Array.from({ length: pieces }, (_, i) =>
        rest.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0),
      ),
    },
  ]
}

/** The name of a rule, or its text. */
export function nameOf({ name, text }: ReactionForm['rule']): string {
  return name === '' ? text : name
}

/** A line of what a reaction changed. */
export interface ChangeLine {
  readonly sign: '−' | '+' | '='
  readonly text: string
  readonly copies: number
}

/** What went, what came, and what was needed and is still there. */
export function changeOf({ rule, taken, given }: ReactionForm): readonly ChangeLine[] {
  const after = new Map(given.map((form) => [form.id, form.copies]))
  const kept: MoleculeForm[] = []
  const gone: MoleculeForm[] = []
  for (const form of taken) {
    const back = rule.isCatalytic ? form.copies : Math.min(form.copies, after.get(form.id) ?? 0)
    if (!rule.isCatalytic && back > 0) after.set(form.id, (after.get(form.id) ?? 0) - back)
    if (back > 0) kept.push({ ...form, copies: back })
    if (form.copies - back !== 0) gone.push({ ...form, copies: form.copies - back })
  }
  const come = given.flatMap((form) => {
    const copies = after.get(form.id) ?? 0
    return copies === 0 ? [] : [{ ...form, copies }]
  })
  const used = rule.shots === 'one' ? [line('−', { text: nameOf(rule), copies: 1 })] : []
  return [
    ...used,
    ...gone.map((form) => line('−', form)),
    ...come.map((form) => line('+', form)),
    ...kept.map((form) => line('=', form)),
  ]
}

function line(
  sign: ChangeLine['sign'],
  { text, copies }: Pick<MoleculeForm, 'text' | 'copies'>,
): ChangeLine {
  return { sign, text, copies }
}
