import { resultAsPeer } from './result-as-peer.ts'

/**
 * What a peer does, with our machine: reads and checks a program, makes the data, lets it react and prints
 * the result. Made into a script that starts as the installed `hocl` does.
 */
export async function start([name = '', size = '']: readonly string[]): Promise<void> {
  console.log(`RESULT ${await resultAsPeer(name, Number(size))}`)
}
