import { functionFrom, Text } from '../generate/text.ts'
import type { Network, NetworkMethod, NetworkReaction } from './network.ts'

const made = new WeakMap<Network, NetworkMethod>()

/** The function for a network, generated once for all its simulations. */
export function generatedDirectMethod(network: Network): NetworkMethod {
  let method = made.get(network)
  if (method === undefined) {
    method = generated(network)
    made.set(network, method)
  }
  return method
}

/**
 * The direct method as a function of its own for a network: numbers and propensities are variables, and a
 * reaction works out again only what depends on it. It draws and rounds just as `directMethod` does.
 */
function generated(network: Network): NetworkMethod {
  const { reactions, dependents } = network
  const text = new Text()
  const touched = touchedSpecies(network)
  const all = reactions.map((_, i) => i)
  const total = all.map((i) => `p${String(i)}`).join(' + ')
  const propensity = (i: number): string => {
    const reaction = reactions[i]
    return reaction === undefined ? '' : `p${String(i)} = ${product(reaction, text, network)};`
  }
  text.line('(function ({ counts, clock }, { until, reactions: most, random }) {')
  for (const species of touched) text.line(`var ${n(species)} = counts[${String(species)}];`)
  text.line('var time = clock[0], next = clock[1], last = clock[2], done = 0, target = 0, sum = 0;')
  for (const i of all) text.line(`var ${propensity(i)}`)
  text.line(`var total = ${total};`)
  text.line('while (done < most && next <= until && total < Infinity) {')
  text.line(
    'target = random.float() * total; while (target >= total) target = random.float() * total;',
  )
  text.line('time = next; sum = p0;')
  for (const [i, { changes }] of reactions.entries()) {
    const head = i === 0 ? 'if (target < sum)' : `else if (target < (sum += p${String(i)}))`
    text.line(`${i > 0 && i === reactions.length - 1 ? 'else' : head} {`)
    for (const { species, by } of changes) text.line(`${n(species)} += ${String(by)};`)
    for (const other of dependents[i] ?? []) text.line(propensity(other))
    text.line(`last = ${String(i)}; }`)
  }
  text.line(`total = ${total};`)
  text.line('next = total > 0 ? time - Math.log(1 - random.float()) / total : Infinity; done++; }')
  for (const species of touched) text.line(`counts[${String(species)}] = ${n(species)};`)
  text.line('clock[0] = time; clock[1] = next; clock[2] = last; return done; })')
  // The text is that of a function of these parameters.
  return functionFrom(text, text.body) as NetworkMethod
}

function n(species: number): string {
  return `n${String(species)}`
}

function touchedSpecies({ reactions }: Network): readonly number[] {
  return [
    ...new Set(
      reactions.flatMap(({ terms, changes }) =>
        [...terms, ...changes].map(({ species }) => species),
      ),
    ),
  ]
}

function product({ factor, terms }: NetworkReaction, text: Text, { isSigned }: Network): string {
  const factors = terms.flatMap(({ species, taken }) => {
    const sign = taken < 0 ? '-' : ''
    const plain = `${sign}${n(species)}`
    const copies = isSigned ? `(${plain} < 0 ? 0 : ${plain})` : plain
    return Array.from({ length: Math.abs(taken) }, (_, i) =>
      i === 0 ? copies : `(${copies} - ${String(i)})`,
    )
  })
  return [text.constant(factor), ...factors].join(' * ')
}
