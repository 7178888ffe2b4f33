/*
 * What every run needs of the machine, in a file of its own: of a door that is loaded as it runs, a bundler
 * keeps everything.
 */
export { Machine } from '../vm/index.ts'
