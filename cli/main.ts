import { enableCompileCache } from 'node:module'

/*
 * The entry of `hocl`. Everything else is loaded from here on demand, after Node's cache of compiled
 * code is switched on: a start is to cost little.
 */
enableCompileCache()
const { start } = await import('./start.ts')
await start(process.argv.slice(2))
