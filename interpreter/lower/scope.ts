import type {
  Definition as DefinitionNode,
  Program,
  RuleExpression,
  Source,
  Span,
} from '../../grammar/index.ts'
import type { HostFunction } from '../host.ts'
import type { Molecule } from '../molecule.ts'
import type { RuleShape, Slot } from '../rule.ts'

/*
 * What names mean while a program is lowered. A scope maps names to meanings and hangs below the scope
 * around it; a frame numbers the variables of one rule (or of the program's first solution). A variable
 * of an outer frame is reached by capturing its value.
 */

export type Meaning =
  | Variable
  | { readonly kind: 'constant'; readonly value: Molecule }
  | RuleDefinition
  | Maker
  | { readonly kind: 'function'; readonly function: HostFunction }

/** A molecule, rest or multiplicity that a pattern, a `let` or a parameter binds. */
export interface Variable {
  readonly kind: 'variable'
  readonly name: string
  readonly frame: Frame
  readonly slot: Slot
  readonly isRest: boolean
}

/** `let f = replace …` or `f = replace …`. Lowered when it is first needed. */
export interface RuleDefinition {
  readonly kind: 'rule'
  readonly name: string
  readonly node: RuleExpression
  readonly module: Module
  readonly isRecursive: boolean
  /** Where its body is read: with itself in it when recursive. */
  scope: Scope
  frame: Frame | undefined
  shape: RuleShape | undefined
}

/** `let f(a, b) = …`: expanded at each use. */
export interface Maker {
  readonly kind: 'maker'
  readonly name: string
  readonly node: DefinitionNode
  readonly scope: Scope
  readonly module: Module
  isBeingExpanded: boolean
}

/** One source file with its names: the program itself or a module that it imports. */
export interface Module {
  readonly source: Source
  readonly program: Program
  readonly imports: readonly Imported[]
  /** What other modules can use, by name. */
  readonly exports: Map<string, Declared>
  /** Text that was read after the program: what it defines is not in the program. */
  readonly isLater?: boolean
}

/** A module under the name that qualifies its definitions. */
export interface Imported {
  readonly qualifier: string
  readonly module: Module
}

/** A definition as a user wrote it, for "not used" and "defined twice". */
export interface Declared {
  readonly name: string
  readonly span: Span
  readonly source: Source
  readonly meaning: Meaning
  uses: number
  /** Another rule that the same solution names so. */
  twin?: Declared
  /** A rest or the number of copies: a pattern needs it even where nothing uses it. */
  readonly isNeeded?: boolean
}

/** The variables of one rule, or of the program's first solution. */
export class Frame {
  readonly names: string[] = []
  /** Variables of outer frames whose values an instance carries, in the order of first use. */
  readonly captured: Variable[] = []

  allocate(name: string): Slot {
    this.names.push(name)
    return this.names.length - 1
  }

  /** The index of a captured variable; captures it if need be. */
  capture(variable: Variable): number {
    const index = this.captured.indexOf(variable)
    if (index >= 0) return index
    this.captured.push(variable)
    return this.captured.length - 1
  }
}

/**
 * Names with what they mean, for a stretch of program. Scopes that definitions open one after the other
 * keep their names together, each from its position on: looking one up takes no longer behind thousands.
 */
export class Scope {
  /** The scope around those that follow one another. */
  readonly parent: Scope | undefined
  readonly #position: number
  readonly #shared: Shared

  constructor(parent: Scope | undefined, before?: Scope) {
    this.parent = parent
    this.#shared = before === undefined ? { names: new Map(), last: 0 } : before.#shared
    this.#position = before === undefined ? 0 : ++this.#shared.last
  }

  /** The scope that the next definition opens: it sees all that this one sees, and is not seen here. */
  next(): Scope {
    // Another one follows already: what is declared there is not to be seen in this one.
    if (this.#shared.last !== this.#position) return new Scope(this)
    return new Scope(this.parent, this)
  }

  declare(declared: Declared): void {
    const step = { position: this.#position, declared }
    const steps = this.#shared.names.get(declared.name)
    const last = steps?.at(-1)
    if (steps === undefined) this.#shared.names.set(declared.name, [step])
    else if (last?.position === step.position) steps[steps.length - 1] = step
    else steps.push(step)
  }

  own(name: string): Declared | undefined {
    return this.#lastOf(this.#shared.names.get(name) ?? [])?.declared
  }

  /** A declaration that this scope has and `earlier`, which it follows or lies in, has not. */
  ownSince(earlier: Scope, name: string): Declared | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const step = scope.#lastOf(scope.#shared.names.get(name) ?? [])
      const isWithin = scope.#shared === earlier.#shared
      if (isWithin) return (step?.position ?? 0) > earlier.#position ? step?.declared : undefined
      if (step !== undefined) return step.declared
    }
    return undefined
  }

  *declarations(): Generator<Declared> {
    for (const steps of this.#shared.names.values()) {
      const step = this.#lastOf(steps)
      if (step !== undefined) yield step.declared
    }
  }

  /** The nearest declaration of a name, here or further out. */
  find(name: string): Declared | undefined {
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent) {
      const found = scope.own(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Every name that can be seen from here, for suggestions. */
  visibleNames(): string[] {
    const names: string[] = []
    for (let scope: Scope | undefined = this; scope !== undefined; scope = scope.parent)
      for (const declared of scope.declarations()) names.push(declared.name)
    return names
  }

  #lastOf(steps: readonly Step[]): Step | undefined {
    return steps.findLast(({ position }) => position <= this.#position)
  }
}

/** What scopes that follow one another share. */
interface Shared {
  /** The declarations of each name, by position. */
  readonly names: Map<string, Step[]>
  /** The position of the last scope. */
  last: number
}

interface Step {
  readonly position: number
  readonly declared: Declared
}
