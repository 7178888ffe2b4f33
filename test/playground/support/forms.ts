import type { Random } from '../../../interpreter/index.ts'
import type { MoleculeForm, SolutionForm } from '../../../playground/session/messages.ts'

/** A small notation for solutions as data: `4`, `'x'`, `['CELL:', [1, 2]]` for a molecule with a solution. */
export type Sketch = number | string | readonly [shell: string, inside: readonly Sketch[]]

const numbers = new Map<string, number>()

function numberOf(text: string): number {
  const known = numbers.get(text) ?? numbers.size + 1
  numbers.set(text, known)
  return known
}

export function solutionOf(sketches: readonly Sketch[], { isInert = false } = {}): SolutionForm {
  const byText = new Map<string, MoleculeForm>()
  for (const sketch of sketches) {
    const molecule = moleculeOf(sketch)
    const known = byText.get(molecule.text)
    byText.set(molecule.text, { ...molecule, copies: (known?.copies ?? 0) + 1 })
  }
  return solutionWith([...byText.values()], { isInert })
}

export function solutionWith(
  entries: readonly MoleculeForm[],
  { isInert = false, most = Infinity } = {},
): SolutionForm {
  const kinds = new Map<string, { kind: MoleculeForm['kind']; molecules: number }>()
  for (const { group, kind, copies } of entries) {
    const known = kinds.get(group) ?? { kind, molecules: 0 }
    known.molecules += copies
    kinds.set(group, known)
  }
  return {
    isInert,
    distinct: entries.length,
    molecules: entries.reduce((sum, { copies }) => sum + copies, 0),
    entries: entries.slice(0, most),
    kinds: [...kinds].map(([group, each]) => ({ group, ...each })),
  }
}

export function moleculeOf(sketch: Sketch, copies = 1): MoleculeForm {
  if (typeof sketch === 'number') {
    const text = String(sketch)
    return { id: numberOf(text), kind: 'int', text, group: 'Int', copies }
  }
  if (typeof sketch === 'string') {
    const isRule = /^[a-z]/.test(sketch)
    const group = isRule ? sketch : sketch.replace(/:.*/, ':…')
    return {
      ...{
        id: numberOf(sketch),
        kind: isRule ? 'rule' : sketch.includes(':') ? 'tuple' : 'symbol',
      },
      ...{ text: sketch, group, copies },
    }
  }
  const [shell, inside] = sketch
  const solution = solutionOf(inside)
  const text = `${shell}<${solution.entries.map((each) => each.text).join(', ')}>`
  const group = shell === '' ? '<…>' : `${shell}…`
  const kind = shell === '' ? 'solution' : 'tuple'
  return { id: numberOf(text), kind, text, group, copies, inside: [solution] }
}

/** Any solution, the same for a seed. */
export function someSolution(random: Random, size: number, depth = 2): readonly Sketch[] {
  return Array.from({ length: size }, (): Sketch => {
    const draw = random.float()
    if (draw < 0.15 && depth > 0) {
      const shell = draw < 0.07 ? '' : `CELL:${String(Math.floor(draw * 40))}:`
      return [shell, someSolution(random, Math.floor(random.float() * 12), depth - 1)]
    }
    if (draw < 0.6) return Math.floor(random.float() * 40)
    if (draw < 0.9) return `EDGE:${String(Math.floor(random.float() * 9_999))}`
    return ['max', 'min', 'aVeryLongNameOfARule'][Math.floor(random.float() * 3)] ?? 'max'
  })
}
