import type { Command } from 'commander'

/** Gives the program with every command filled in, for those commands that speak about others. */
export type WholeProgram = () => Promise<Command>
