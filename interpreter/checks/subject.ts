import type { Diagnostic, Pattern as PatternNode, RuleExpression } from '../../grammar/index.ts'
import type { LoweredProgram } from '../lower/program.ts'
import type { Pattern, Place, RuleShape } from '../rule.ts'
import { worldOf } from './make-world.ts'
import { ruleNodes } from './rule-nodes.ts'
import { sitesOf } from './sites.ts'
import type { SolutionSite } from './sites.ts'
import type { World } from './world.ts'

/** What a check looks at: a program without errors, and what several checks want to know of it. */
export class Subject {
  readonly program: LoweredProgram
  /** Whether molecules can come from outside, so that what the program makes is not all there is. */
  readonly isOpen: boolean
  #world: World | undefined
  #sites: readonly SolutionSite[] | undefined
  #taking: readonly string[] | undefined
  #nodes: ReadonlyMap<number, RuleExpression> | undefined

  constructor(program: LoweredProgram, { isOpen }: { readonly isOpen: boolean }) {
    this.program = program
    this.isOpen = isOpen || saysThatItIsFed(program)
  }

  /** All that can ever be in the program's solutions; undefined for a library, which others fill. */
  get world(): World | undefined {
    if (this.program.solution === undefined) return undefined
    this.#world ??= worldOf(this.program.solution)
    return this.#world
  }

  /** The world as if each rule found what it takes: what is not even there then is at the root. */
  get worldIfAllReact(): World | undefined {
    const { solution } = this.program
    return solution && worldOf(solution, { isHopeful: true })
  }

  /** The solutions that are written in the program, with the rules in them. */
  get sites(): readonly SolutionSite[] {
    this.#sites ??= sitesOf(this.program, this.ownRules())
    return this.#sites
  }

  /** The rules that stand in the program's own text, each text once. */
  ownRules(): readonly RuleShape[] {
    const byStart = new Map<number, RuleShape>()
    for (const shape of this.program.shapes) {
      if (shape.place.source !== this.program.source) continue
      const { start } = shape.place.span
      const known = byStart.get(start)
      // A definition with parameters is read once for each use: one that can be there goes first.
      if (
        known === undefined ||
        (this.world?.rules.has(shape) === true && !this.world.rules.has(known))
      )
        byStart.set(start, shape)
    }
    return [...byStart.values()]
  }

  /** Whether some rule takes this one for what it is, by its name or as a `Rule`: then it need not react. */
  isData(shape: RuleShape): boolean {
    this.#taking ??= this.program.shapes.flatMap(({ patterns }) =>
      patterns.flatMap(({ pattern }) => rulesTaken(pattern)),
    )
    return this.#taking.some((name) => name === anyRule || name === shape.name)
  }

  /** The text of a rule as a tree. */
  node({ place }: RuleShape): RuleExpression | undefined {
    if (place.source !== this.program.source) return undefined
    this.#nodes ??= ruleNodes(this.program.syntax)
    return this.#nodes.get(place.span.start)
  }

  /** Where the pattern at that position of a rule stands. */
  patternNode(shape: RuleShape, position: number): PatternNode | undefined {
    return this.node(shape)?.patterns.filter(takesMolecules)[position]
  }

  /** The first word or two of a rule. */
  keyword(shape: RuleShape): Place {
    return { source: shape.place.source, span: this.node(shape)?.keyword ?? shape.place.span }
  }
}

/** One thing that can be wrong with a program: gives a diagnostic for each place where it is. */
export type Check = (subject: Subject) => Iterable<Diagnostic>

/** `` the rule `max` `` or `this rule`. */
export function ruleTitle({ name }: RuleShape): string {
  return name === undefined ? 'this rule' : `\`${name}\``
}

/** Whether a comment shows how the program gets molecules from outside: `// hocl run count.hocl --in LINE=book.txt`. */
function saysThatItIsFed({ syntax }: LoweredProgram): boolean {
  return syntax.comments.some(({ text }) => /--in\b|--inject\b|<< inject\b/.test(text))
}

/** Stands for rules of every name. */
const anyRule = '*'

function rulesTaken(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'rule':
      return [pattern.name]
    case 'variable':
    case 'wildcard':
      return pattern.type?.kind === 'rule' || pattern.type?.kind === 'any' ? [anyRule] : []
    case 'tuple':
      return pattern.fields.flatMap(rulesTaken)
    case 'list':
      return pattern.items.flatMap((item) => (item.kind === 'item' ? rulesTaken(item.pattern) : []))
    case 'solution':
      return pattern.patterns.flatMap((inner) => rulesTaken(inner.pattern))
    case 'constant':
      return []
  }
}

function takesMolecules({ kind }: PatternNode): boolean {
  return kind !== 'nothing-pattern' && kind !== 'rest-pattern' && kind !== 'error'
}
