/*
 * `npm run faults [NAME…]`: what happens to nodes, servers and networks while words are counted, and what comes of
 * it, as a table. Needs nats-server; takes some minutes.
 */
import { scenes } from '../test/support/fault-scenes.ts'

const wanted = process.argv.slice(2)
const head = [
  'what happens',
  'acknowledged',
  'counted',
  'result',
  'records',
  'claims',
  'refused',
  'no answer',
  'repeated',
  'early',
  'longest pause',
]
console.log(`| ${head.join(' | ')} |`)
console.log(`| ${head.map(() => '---').join(' | ')} |`)
for (const { name, run } of scenes) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue
  const { acknowledged, counted, isExact, fault, status, records, nodes, gap } = await run()
  const sum = (of: 'claims' | 'fenced' | 'unknown' | 'repeated' | 'early'): number =>
    nodes.reduce((total, each) => total + each[of], 0)
  const isRight = isExact && fault === undefined && status.state === 'inert'
  const result = isRight ? 'exact, log replayed' : (fault ?? `${status.state}, not exact`)
  const counts = [sum('claims'), sum('fenced'), sum('unknown'), sum('repeated'), sum('early')]
  const cells = [name, acknowledged, counted, result, records, ...counts, `${Math.round(gap)} ms`]
  console.log(`| ${cells.map(String).join(' | ')} |`)
  if (!isRight) process.exitCode = 1
}
process.exit()
