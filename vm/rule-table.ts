import { isSymbol, shapeOf } from '../interpreter/index.ts'
import type { Rule, RuleShape } from '../interpreter/index.ts'
import { Arrivals } from './arrivals.ts'
import type { Opening } from './code/inside.ts'
import { reactCode } from './code/react.ts'
import type { Reacting } from './code/react.ts'
import { Dispatch } from './dispatch.ts'
import { RuleCode } from './rule-code.ts'
import type { CodeContext } from './rule-code.ts'
import type { Reactor } from './generate/react.ts'
import type { MachineOptions } from './machine-options.ts'
import { LiveRules, joinedIn } from './rules.ts'
import type { ClassTable, MoleculeClass } from './store/molecule-class.ts'

/** The rules that one machine has compiled. */
export class RuleTable {
  readonly #codes = new Map<RuleShape, RuleCode>()
  readonly #undispatched = new Dispatch([], new Map<string, Dispatch>())
  /** Patterns that count copies: classes that they take must be counted. */
  readonly #counting: ((moleculeClass: MoleculeClass) => boolean)[] = []
  readonly #reacting: Reacting
  readonly #context: CodeContext

  /** For a machine that looks into its solutions so. */
  static of(machine: Reacting & Reactor, opening: Opening, how: MachineOptions): RuleTable {
    const isFast = how.strategy === 'fast'
    return new RuleTable(machine, {
      opening,
      generation: {
        when: how.codeGeneration ?? 'when-hot',
        classes: opening.classes,
        reactor: machine,
        arrivals: new Arrivals(isFast),
        joined: isFast && how.kernels !== 'never' ? joinedIn : () => undefined,
        mayRepeat: isFast && how.kernels !== 'never',
      },
    })
  }

  private constructor(reacting: Reacting, context: CodeContext) {
    this.#reacting = reacting
    this.#context = context
  }

  /** A new place for the rules of one membrane. */
  rules(): LiveRules {
    return new LiveRules(this.#undispatched, (shape) => this.#codeOf(shape))
  }

  isCounted(moleculeClass: MoleculeClass): boolean {
    return moleculeClass.kind === 'rule' || this.#counting.some((takes) => takes(moleculeClass))
  }

  /** Compiles a rule before it is met: molecules with its tags get classes of their own. */
  expect(shape: RuleShape, classes: ClassTable): void {
    for (const { reactant } of this.#codeOf(shape).anatomy.heads) {
      const { pattern } = reactant
      const tag = pattern.kind === 'tuple' ? pattern.fields[0] : undefined
      if (pattern.kind === 'tuple' && tag?.kind === 'constant' && isSymbol(tag.value))
        classes.tag(tag.value, pattern.fields.length)
    }
  }

  /** In the order of their ids. */
  get codes(): readonly RuleCode[] {
    return [...this.#codes.values()]
  }

  /** Compiles a rule: the next id is its. */
  compile(shape: RuleShape): RuleCode {
    return this.#codeOf(shape)
  }

  /** What rules with these codes, by id, are for. */
  among(codes: readonly RuleCode[]): Dispatch {
    return this.#undispatched.among(codes)
  }

  /** What a solution with these rules tries; undefined where two are instances of one. */
  dispatch(rules: readonly Rule[]): Dispatch | undefined {
    let dispatch = this.#undispatched
    for (const rule of rules) {
      const code = this.#codeOf(shapeOf(rule))
      if (dispatch.codes.includes(code)) return undefined
      dispatch = dispatch.next(code) ?? dispatch.among([...dispatch.codes, code].sort(byId))
    }
    return dispatch
  }

  #codeOf(shape: RuleShape): RuleCode {
    let code = this.#codes.get(shape)
    if (code === undefined) {
      const react = (anatomy: RuleCode['anatomy']): RuleCode['react'] =>
        reactCode(anatomy, this.#reacting, this.#context.generation.arrivals)
      code = new RuleCode(this.#codes.size, shape, react, this.#context)
      this.#codes.set(shape, code)
      this.#counting.push(...code.counting)
    }
    return code
  }
}

function byId(a: RuleCode, b: RuleCode): number {
  return a.id - b.id
}
