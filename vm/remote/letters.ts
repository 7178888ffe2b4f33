import { Source } from '../../grammar/index.ts'
import {
  BugError,
  HostCallError,
  SolutionValue,
  exchangeContext,
  fromJson,
  isRule,
  jsonText,
} from '../../interpreter/index.ts'
import type {
  Entry,
  Failure,
  JsonContext,
  Molecule,
  Outcome,
  Reaction,
  Rule,
  Step,
} from '../../interpreter/index.ts'
import type { Past } from '../reactor/history.ts'
import type { Program } from '../reactor/program.ts'
import type { SentFailure, SentOutcome, SentPast, SentReaction, SentStep } from './messages.ts'

/** Writes and reads what is sent: both sides have the same program, and rules that it does not have come as texts. */
export class Letters {
  readonly #program: Program
  readonly #context: JsonContext
  readonly #sources = new Map<string, Source>()

  constructor(program: Program) {
    this.#program = program
    this.#context = exchangeContext(program.lowered, program.host)
  }

  write(molecule: Molecule): string {
    return jsonText(molecule)
  }

  read(text: string): Molecule {
    return fromJson(JSON.parse(text), this.#context)
  }

  writeEntries(entries: Iterable<Entry>): string {
    return jsonText(SolutionValue.of(entries))
  }

  readSolution(text: string): SolutionValue {
    const solution = this.read(text)
    if (solution instanceof SolutionValue) return solution
    throw new BugError('what came from another thread is no solution')
  }

  readEntries(text: string): readonly Entry[] {
    return this.readSolution(text).contents().sorted()
  }

  writeReaction({ number, rule, reactants, products, level }: Reaction): SentReaction {
    return {
      number,
      rule: this.write(rule),
      reactants: this.writeEntries(reactants),
      products: this.writeEntries(products),
      level,
    }
  }

  readReaction({ number, rule, reactants, products, level }: SentReaction): Reaction {
    return {
      number,
      rule: this.#rule(rule),
      reactants: this.readEntries(reactants),
      products: this.readEntries(products),
      level,
    }
  }

  writePast({ reaction, before }: Past): SentPast {
    return { reaction: this.writeReaction(reaction), before: this.write(before) }
  }

  readPast({ reaction, before }: SentPast): Past {
    return { reaction: this.readReaction(reaction), before: this.readSolution(before) }
  }

  writeOutcome({ kind, solution, reactions, pending, failure }: Outcome): SentOutcome {
    const sent = { kind, solution: this.write(solution), reactions, pending }
    return failure === undefined ? sent : { ...sent, failure: this.#writeFailure(failure) }
  }

  readOutcome({ kind, solution, reactions, pending, failure }: SentOutcome): Outcome {
    const read = { kind, solution: this.readSolution(solution), reactions, pending }
    return failure === undefined ? read : { ...read, failure: this.#readFailure(failure) }
  }

  writeStep(step: Step): SentStep {
    switch (step.kind) {
      case 'reacted':
        return { kind: 'reacted', reaction: this.writeReaction(step.reaction) }
      case 'stopped':
        return { kind: 'stopped', outcome: this.writeOutcome(step.outcome) }
      case 'inert':
      case 'waiting':
        return { kind: step.kind }
    }
  }

  readStep(step: SentStep): Step {
    switch (step.kind) {
      case 'reacted':
        return { kind: 'reacted', reaction: this.readReaction(step.reaction) }
      case 'stopped':
        return { kind: 'stopped', outcome: this.readOutcome(step.outcome) }
      case 'inert':
      case 'waiting':
        return { kind: step.kind }
    }
  }

  #writeFailure({ message, place, rule, reactants, call }: Failure): SentFailure {
    const { source, span } = place
    const sent = {
      message,
      place: { name: source.name, text: source.text, ...span },
      rule: this.write(rule),
      reactants: this.writeEntries(reactants),
    }
    if (call === undefined) return sent
    const { functionName, reason } = call
    return { ...sent, call: { functionName, reason, message: call.message } }
  }

  #readFailure({ message, place, rule, reactants, call }: SentFailure): Failure {
    const { start, end } = place
    const read = {
      message,
      place: { source: this.#source(place), span: { start, end } },
      rule: this.#rule(rule),
      reactants: this.readEntries(reactants),
    }
    return call === undefined
      ? read
      : { ...read, call: new HostCallError(call.functionName, call.reason, call.message) }
  }

  #source({ name, text }: SentFailure['place']): Source {
    const own = this.#program.lowered.source
    if (own.name === name && own.text === text) return own
    const known = this.#sources.get(name)
    if (known?.text === text) return known
    const source = new Source(name, text)
    this.#sources.set(name, source)
    return source
  }

  #rule(text: string): Rule {
    const rule = this.read(text)
    if (isRule(rule)) return rule
    throw new BugError('what came from another thread is no rule')
  }
}
