/* `npm run bench`: measures the programs of bench/programs and prints tables. See `--help`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { planText } from '../vm/index.ts'
import { loadProgram } from './load.ts'
import { measure } from './measure/measure.ts'
import type { Measurement } from './measure/measure.ts'
import { helpText, optionsOf, UsageError } from './options.ts'
import type { BenchOptions } from './options.ts'
import { Comparing } from './peers/compare.ts'
import type { Comparison } from './peers/compare.ts'
import { peers as allPeers } from './peers/index.ts'
import { ourSide } from './peers/installed.ts'
import type { Peer } from './peers/peer.ts'
import { chart } from './report/chart.ts'
import { resultsPage, tables } from './report/markdown.ts'
import { thisMachine } from './report/results.ts'
import type { Results } from './report/results.ts'
import { notAhead, quotedText } from './report/sections.ts'
import { tableText } from './report/table.ts'
import type { Workload } from './workload.ts'

try {
  const options = optionsOf(process.argv.slice(2))
  switch (options.task) {
    case 'help':
      console.log(helpText())
      break
    case 'plans':
      printPlans(options.workloads)
      break
    case 'measure':
      report(await results(options), options)
      break
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`${error.message}\n  = \`npm run bench -- --help\` lists the flags`)
  process.exitCode = 2
}

function printPlans(workloads: readonly Workload[]): void {
  const files = new Map(workloads.map((workload) => [workload.file, workload]))
  for (const workload of files.values())
    for (const form of ['program', 'variant'] as const) {
      const { program } = loadProgram(workload, form)
      console.log(`── ${program.source.name}\n\n${planText(program)}`)
    }
}

async function results(options: BenchOptions): Promise<Results> {
  const { rounds, budget, cutOff } = options
  const measurements = await measured(options)
  const present = allPeers.flatMap((peer) => {
    const version = options.hasPeers ? peer.version() : undefined
    return version === undefined ? [] : [{ peer, version }]
  })
  for (const { title, installation } of options.hasPeers ? allPeers : [])
    if (!present.some(({ peer }) => peer.title === title))
      console.error(`${title} is not installed: ${installation}`)
  const { starts, comparisons } = options.hasPeers
    ? await compared(
        options,
        present.map(({ peer }) => peer),
      )
    : { starts: {}, comparisons: [] }
  tellProgress('')
  return {
    when: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    effort: { rounds, budget, cutOff },
    measurements,
    versions: Object.fromEntries(present.map(({ peer, version }) => [peer.name, version])),
    starts,
    comparisons,
  }
}

/** Every program that peers have, at the sizes for them. */
async function compared(
  options: BenchOptions,
  peers: readonly Peer[],
): Promise<Pick<Results, 'starts' | 'comparisons'>> {
  const { rounds, cutOff } = options
  const comparing = new Comparing(await ourSide(), peers, { rounds: Math.min(rounds, 3), cutOff })
  const starts = await comparing.starts()
  const comparisons: Comparison[] = []
  for (const workload of options.workloads) {
    const sizes = options.sizes ?? fewer(workload.peerSizes, options)
    if (workload.peerSizes.length > 0)
      comparisons.push(...(await comparing.sizes(workload, sizes, tellProgress)))
  }
  return { starts, comparisons }
}

/** Every program at its sizes, and its variant at the one in the middle. */
async function measured(options: BenchOptions): Promise<readonly Measurement[]> {
  const found: Measurement[] = []
  for (const workload of options.workloads) {
    const sizes = options.sizes ?? fewer(workload.sizes, options)
    for (const size of sizes) {
      tellProgress(`${workload.name} ${size}`)
      found.push(await measure(workload, 'program', size, options))
    }
    const middle = sizes[options.isQuick ? 0 : Math.floor((sizes.length - 1) / 2)]
    if (middle === undefined) continue
    tellProgress(`${workload.name} ${middle}, written differently`)
    found.push(await measure(workload, 'variant', middle, options))
  }
  return found
}

function fewer(sizes: readonly number[], { isQuick }: BenchOptions): readonly number[] {
  return isQuick ? sizes.slice(0, 2) : sizes
}

function report(found: Results, { workloads, json, svg, writes }: BenchOptions): void {
  console.log(tables(found, workloads, allPeers).map(tableText).join('\n'))
  if (found.comparisons.length > 0) {
    console.log(`${quotedText(found)}\n`)
    const open = notAhead(found, allPeers)
    console.log(
      open.length === 0
        ? 'Not ahead yet: nothing, by these figures.'
        : `Not ahead yet:\n  ${open.join('\n  ')}`,
    )
  }
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(found, undefined, 2)}\n`)
  const drawing = chart(found, workloads, allPeers)
  if (svg !== undefined) writeFileSync(svg, drawing)
  if (writes) {
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), resultsPage(found, workloads))
    writeFileSync(join(import.meta.dirname, 'RESULTS.svg'), drawing)
  }
  const wrong = [
    ...found.measurements.flatMap(({ workload, size, form, wrong: text }) =>
      text === undefined ? [] : [`${workload} ${size} ${form}: ${text}`],
    ),
    ...found.comparisons.flatMap(({ workload, size, ours, others }) =>
      Object.entries({ ours, ...others }).flatMap(([name, { ending, text = '' }]) =>
        ending === 'wrong' || (ending === 'failed' && name === 'ours')
          ? [`${workload} ${size} ${name}: ${text}`]
          : [],
      ),
    ),
  ]
  if (wrong.length === 0) return
  console.error(`Wrong results:\n  ${wrong.join('\n  ')}`)
  process.exitCode = 1
}

/** On a terminal, one line that changes. */
function tellProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
}
