/*
 * `node ours.ts PROGRAM N`: what a peer does, with our machine: reads and checks the program, makes the
 * data, lets it react and prints the result. It starts as `hocl` does, with Node's cache of compiled code.
 */
import { enableCompileCache } from 'node:module'

enableCompileCache()
const { resultAsPeer } = await import('./result-as-peer.ts')
const [name = '', size = ''] = process.argv.slice(2)
console.log(`RESULT ${await resultAsPeer(name, Number(size))}`)
