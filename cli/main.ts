import { enableCompileCache } from 'node:module'

/*
 * The entry of `hocl`. Everything else is loaded from here on demand, after Node's cache of compiled
 * code is switched on: a start is to cost little.
 */
enableCompileCache()
const { start } = await import('./start.ts').catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `fault: hocl cannot start, its installation is not whole: ${message}\n  = install it anew; if that does not help, report it with this message\n`,
  )
  process.exit(70)
})
await start(process.argv.slice(2))
