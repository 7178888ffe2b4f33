import type { Molecule, Pending, Rule } from '../interpreter/index.ts'
import type { MoleculeClass } from './store/molecule-class.ts'

/** What a membrane needs from the machine that it is part of. */
export interface World<Membrane> {
  classOf(molecule: Molecule): MoleculeClass
  /** The membrane has something to activate. */
  schedule(membrane: Membrane): void
  /** A new place for the rules of one membrane. */
  rulesOf(): MembraneRules
  /** Whether some rule of the program counts copies of this class, so that equal molecules must share a slot. */
  isCounted(moleculeClass: MoleculeClass): boolean
  /** The molecule as it can be put into a membrane, with solutions inside that are nobody else's; the active ones among them are added to the list. */
  settle(molecule: Molecule, active: Membrane[], claimant: Membrane): Molecule
  /** Puts a molecule that came as values into a membrane to wait for its turn as it is; false where it cannot. */
  leaves(molecule: Molecule, claimant: Membrane): boolean
  /** What is inside a molecule is known to be inert. */
  noteInert(molecule: Molecule): void
  /** An element is there that waits for answers: its calls are to be made. */
  awaited(element: Pending, membrane: Membrane): void
  /** Molecules came or, with a negative number, went. */
  counted(molecules: number): void
  /** So many times what is inside a molecule came or went: in membranes that are awake it counts by itself. */
  countedInside(molecule: Molecule, times: number): void
  /** Whether solutions that a product makes sleep until their turn comes. */
  readonly makesAsleep: boolean
  /** For membranes that are asleep. */
  readonly noRules: MembraneRules
}

/** The rules that can react in one membrane. */
export interface MembraneRules {
  /** A rule molecule is there. */
  add(rule: Rule, slot: number): void
  /** It is gone, or only anti-rules are left. */
  remove(slot: number): void
  /** It has been tried with all that is there. */
  rest(slot: number): void
}
