import { enableCompileCache } from 'node:module'
import { cannotStart } from './cannot-start.ts'

/*
 * The entry of `hocl` in a checkout; `installed.ts` is that of the installed command. Everything else is
 * loaded from here, after Node's cache of compiled code is switched on.
 */
enableCompileCache()
const { start } = await import('./start.ts').catch(cannotStart)
await start(process.argv.slice(2))
