/*
 * What the page and the session say to each other. A session is a reactor in a web worker: the page sends
 * commands, the session sends events, both as plain data that can be cloned. Everything that a picture
 * needs is in the events; nothing in them is ever HTML.
 */
import type { OutcomeKind, Strategy } from '../../interpreter/index.ts'

/** A file of the program: the first one is what runs, it imports others as `"./name.hocl"`. */
export interface SourceFile {
  readonly name: string
  readonly text: string
}

/** Bounds of a run; one that is absent does not bind. */
export interface RunLimits {
  readonly reactions?: number
  readonly milliseconds?: number
  readonly molecules?: number
  /** Simulated time, of stochastic runs. */
  readonly until?: number
}

/** How a program runs. */
export interface RunSettings {
  readonly seed: number
  readonly strategy: Strategy
  readonly limits: RunLimits
  /** Rules with rates react in simulated time; `strategy` says nothing then. */
  readonly isStochastic: boolean
}

/** What the page wants to be told while a program runs; at rest it is told everything. */
export interface Watch {
  /** The solution with each state: as many entries at most, at all depths; 0 for none. */
  readonly entries: number
  /** Reactions one by one. */
  readonly reactions: boolean
}

/** A run stops before what comes after: by the name of a rule that has reacted, or by patterns that match. */
export type Breakpoint =
  | { readonly kind: 'rule'; readonly name: string }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly when?: string }

/** What the page asks for. */
export type Command =
  /** Reads a program and puts its first solution there. Whatever ran before is over. */
  | {
      readonly kind: 'load'
      /** Comes back with each event, so that those of an earlier program can be told apart. */
      readonly load: number
      readonly files: readonly [SourceFile, ...SourceFile[]]
      readonly settings: RunSettings
    }
  /** Goes on at the chosen speed, until a breakpoint or the end. */
  | { readonly kind: 'run' }
  /** Goes on as fast as possible until nothing can react, breakpoints or not. */
  | { readonly kind: 'finish' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'step'; readonly reactions: number }
  | { readonly kind: 'back'; readonly reactions: number }
  /** Shows how it was after so many reactions, as far as it is recorded. */
  | { readonly kind: 'seek'; readonly reactions: number }
  /** Reactions per second; ∞ for as fast as possible. */
  | { readonly kind: 'speed'; readonly perSecond: number }
  | { readonly kind: 'breakpoints'; readonly breakpoints: readonly Breakpoint[] }
  | { readonly kind: 'watch'; readonly watch: Watch }
  /** Molecules as a text; in the past that is shown, what came after is gone then. */
  | { readonly kind: 'inject' | 'remove'; readonly molecules: string }
  /** More about the molecule of that number: `molecule` answers. */
  | { readonly kind: 'inspect'; readonly id: number }
  /** All that is there as a text: `result` answers. */
  | { readonly kind: 'result' }
  /** What a program that asked on the console is told. */
  | { readonly kind: 'answer'; readonly line: string }

/** What the session tells. Each carries the `load` of the program that it is about. */
export type Event = { readonly load: number } & (
  | { readonly kind: 'loaded'; readonly program: LoadedProgram; readonly state: SessionState }
  | { readonly kind: 'state'; readonly state: SessionState }
  /** In order. `skipped` more happened before these that are not told one by one. */
  | {
      readonly kind: 'reactions'
      readonly reactions: readonly ReactionForm[]
      readonly skipped: number
    }
  /** What the program wrote to the console. */
  | { readonly kind: 'output'; readonly text: string }
  /** The program asks on the console, and waits for an `answer`. */
  | { readonly kind: 'question'; readonly text: string }
  /** A command could not be done, and why. */
  | { readonly kind: 'refused'; readonly command: Command['kind']; readonly message: string }
  | ({ readonly kind: 'molecule' } & MoleculeDetail)
  | { readonly kind: 'result'; readonly text: string; readonly isCut: boolean }
)

/** A program that was read. With an error among the diagnostics it cannot run. */
export interface LoadedProgram {
  readonly canRun: boolean
  readonly diagnostics: readonly DiagnosticForm[]
  /** The named rules, in order of their first mention: for breakpoints, colours and figures. */
  readonly rules: readonly RuleForm[]
  /** The standard modules that it uses, `hocl.workflow`. */
  readonly modules: readonly string[]
  /** Whether some rule has a rate, so that it is meant for stochastic runs. */
  readonly hasRates: boolean
}

/** A diagnostic with places as editors count them: lines and columns from 1. */
export interface DiagnosticForm {
  readonly code: string
  readonly severity: 'error' | 'warning' | 'hint'
  readonly title: string
  readonly hint?: string
  /** The first is the culprit. */
  readonly labels: readonly [LabelForm, ...LabelForm[]]
}

export interface LabelForm {
  /** The name of a `SourceFile`, or of a module. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly text: string
}

/** `running` covers waiting for an answer; `ended` has an outcome. */
export type Status = 'empty' | 'ready' | 'running' | 'paused' | 'ended'

/** Where a session stands. */
export interface SessionState {
  readonly status: Status
  /** How it ended, or what a run that went on would say: present when `ended`. */
  readonly outcome?: OutcomeForm
  /** The breakpoint that a run stopped at, as a text. */
  readonly stoppedAt?: string
  /** Of the solution that is shown: so many reactions have happened before it. */
  readonly position: number
  /** So many have happened in all. */
  readonly reactions: number
  /** The positions that can be sought; `first` and `last` are the same where nothing is recorded. */
  readonly recorded: { readonly first: number; readonly last: number }
  /** At every depth, about; the shown solution has exact counts. */
  readonly molecules: number
  /** Simulated time, in stochastic runs. */
  readonly time?: number
  /** Milliseconds that runs have taken so far. */
  readonly elapsed: number
  /** What is shown, where it is wanted. Absent means: as before, or not wanted. */
  readonly solution?: SolutionForm
}

export interface OutcomeForm {
  readonly kind: OutcomeKind
  /** What failed, and with which molecules. */
  readonly failure?: { readonly message: string; readonly at?: LabelForm }
}

/** A solution as data: its entries up to the number that was asked for, and counts by kind for all of them. */
export interface SolutionForm {
  /** Nothing in it can react by itself, as far as is known. */
  readonly isInert: boolean
  /** Of entries, each with its copies. */
  readonly distinct: number
  /** Of molecules here, copies counted, not looking inside; ∞ where there is a supply. */
  readonly molecules: number
  /** The first ones in a fixed order; all, unless `distinct` is larger. */
  readonly entries: readonly MoleculeForm[]
  /** How many there are of each kind, the most first; at most 200, the rest under the name `…`. */
  readonly kinds: readonly KindCount[]
}

export type MoleculeKind =
  | 'int'
  | 'float'
  | 'string'
  | 'boolean'
  | 'symbol'
  | 'tuple'
  | 'list'
  | 'solution'
  | 'rule'
  | 'host'
  | 'pending'

/** A molecule with how many copies of it there are. */
export interface MoleculeForm {
  /** Equal molecules have the same number, in every event of a load. It may be a new one after 100,000 others. */
  readonly id: number
  readonly kind: MoleculeKind
  /** On one line, cut with `…` after 80 characters. */
  readonly text: string
  /** What molecules of its sort have in common, for colours and groups: `Int`, `EDGE:…`, the name of a rule. */
  readonly group: string
  /** Below 0 for anti-molecules, ±∞ for supplies; a number too large for exactness is near. */
  readonly copies: number
  /** The solutions in it, from left to right: itself, if it is one. Absent where there are none. */
  readonly inside?: readonly SolutionForm[]
}

export interface KindCount {
  readonly group: string
  readonly kind: MoleculeKind
  readonly molecules: number
}

/** One reaction. A catalytic rule leaves what it took; a one-shot rule is used up and not among `taken`. */
export interface ReactionForm {
  /** From 1. */
  readonly number: number
  readonly rule: RuleForm
  readonly taken: readonly MoleculeForm[]
  readonly given: readonly MoleculeForm[]
  /** How many solutions are around the one where it happened; 0 for the outermost. */
  readonly level: number
  /** The way there, where it is known: `[]` for the outermost solution. */
  readonly membrane?: readonly MembraneStep[]
  /** What came and went, with what is inside of it. Absent where that is much to look at. */
  readonly change?: readonly ChangeForm[]
  /** In stochastic runs. */
  readonly time?: number
  /**
   * Milliseconds that it took to find and to do it, searches in vain before it among them. A clock of a browser is
   * coarse: only the sum over many reactions says something. Absent for one that is looked at again.
   */
  readonly cost?: number
}

/** So many more molecules of one sort, or fewer. */
export interface ChangeForm {
  readonly group: string
  /** As that of a `MoleculeForm`. */
  readonly text: string
  readonly copies: number
}

/** One membrane inwards: the molecule that holds it, before the reaction and after it. */
export interface MembraneStep {
  readonly before: number
  readonly after: number
  /** Which of the solutions in the molecule. */
  readonly index: number
}

export interface RuleForm {
  /** The number of the rule as a molecule; 0 where it is listed without being one. */
  readonly id: number
  readonly name: string
  /** `replace x, y by x if x >= y`, cut after 200 characters. */
  readonly text: string
  readonly shots: 'one' | 'many'
  readonly isCatalytic: boolean
  /** Where it is written. */
  readonly at?: LabelForm
}

/** All about one molecule, for who clicks on it. */
export interface MoleculeDetail {
  readonly id: number
  /** Up to 20,000 characters. */
  readonly text: string
  /** As patterns name it: `Int`, `(Symbol:Int)`. */
  readonly type: string
  /** Of a rule. */
  readonly rule?: RuleForm
}
